Test-That 'An error of Pinterest is an error record with its JSON and its headers' {
    try {
        Invoke-OauthToken -GrantType refresh_token -RefreshToken pinr.made-up # this line
        throw 'nothing was thrown'
    } catch {
        $record = $_
    }
    Assert-Equal 'invalid_grant,Invoke-OauthToken' $record.FullyQualifiedErrorId 'id'
    Assert-Equal 'AuthenticationError' $record.CategoryInfo.Category 'category'
    Assert-Equal 'Pinterest.OAuth.InvalidGrantException' ($record.Exception.GetType().FullName) 'class'
    Assert-That ($null -eq $record.TargetObject) 'no target'
    Assert-That ($record.InvocationInfo.Line.Contains('# this line')) "the user's line"
    $said = $record.ErrorDetails | ConvertFrom-Json
    Assert-Equal 283 $said.code 'code'
    Assert-That $said.message 'message'
    $headers = $record.Exception.Response.Headers | ConvertTo-Json | ConvertFrom-Json
    Assert-Equal $record.Exception.RequestId $headers.'x-pinterest-rid'[0] 'a header'
    Assert-Equal 401 $record.Exception.Answer.Status 'how the call went'
    Assert-That ($record.Exception.Text.Contains($record.Exception.RequestId)) 'all that matters as one text'
    Assert-Equal $record.Exception.WhatNow $record.ErrorDetails.RecommendedAction 'what now'
}

Test-That 'Every error has JSON, headers and an id' {
    $text = @{ status = 502; body = '<html>' }
    foreach ($answer in @{ status = 401; body_json = @{ code = 2; message = 'm' } }, @{ status = 429 }, $text, @{ action = 'reset' }) {
        Set-Answer $answer
        $record = Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }
        Assert-That ($record.Exception -is [Pinterest.OAuth.OAuthException]) 'class'
        Assert-That (($record.ErrorDetails | ConvertFrom-Json).message) 'message'
        Assert-That ($null -ne ($record.Exception.Response.Headers | ConvertTo-Json)) 'headers'
        Assert-Equal "$($record.Exception.Kind),Invoke-OauthToken" $record.FullyQualifiedErrorId 'id'
    }
}

Test-That 'Each function names itself in its errors' {
    foreach ($call in @(
            { Invoke-OauthToken }, { Update-OauthToken 'x' }, { Revoke-OauthToken }, { New-OauthConversionToken },
            { Get-OauthAuthorizeUrl }, { Resolve-OauthRedirect }, { ConvertTo-OauthToken 'x' }
        )) {
        $name = $call.ToString().Trim().Split(' ')[0]
        $record = Get-Failure $call
        Assert-Equal "invalid_argument,$name" $record.FullyQualifiedErrorId 'id'
        Assert-Equal 'InvalidArgument' $record.CategoryInfo.Category 'category'
        Assert-Equal 'not_sent' $record.Exception.Outcome 'outcome'
    }
    Assert-Equal 0 @(Get-Sent).Count 'requests'
}

Test-That 'What the next command of a pipeline throws is its own' {
    $record = Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read | Update-OauthToken }
    Assert-Equal 'invalid_argument,Update-OauthToken' $record.FullyQualifiedErrorId 'id'
    $record = Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read | ForEach-Object { throw 'mine' } }
    Assert-Equal 'mine' $record.FullyQualifiedErrorId 'id'
}

Test-That 'An error is caught by its class' {
    $caught = ''
    try {
        Invoke-OauthToken refresh_token -RefreshToken pinr.made-up
    } catch [Pinterest.OAuth.RateLimitedException] {
        $caught = 'another class'
    } catch [Pinterest.OAuth.InvalidGrantException] {
        $caught = 'its class'
    }
    Assert-Equal 'its class' $caught 'caught by'
}

Test-That 'A wrong value is refused by the name of its parameter' {
    Assert-Equal '-Code' (Get-Failure { Invoke-OauthToken authorization_code -Code 12345 -RedirectUri $RedirectUri }).Exception.Field 'field'
    Assert-Equal '-Extra' (Get-Failure { Invoke-OauthToken client_credentials -Extra 5 }).Exception.Field 'field'
    Assert-Equal '-Extra.a' (Get-Failure { Invoke-OauthToken client_credentials -Extra @{ a = Get-Process -Id $PID } }).Exception.Field 'field'
    Assert-Equal '-GrantType' (Get-Failure { Invoke-OauthToken password }).Exception.Field 'field'
    $record = Get-Failure { Invoke-OauthToken client_credentials -Nonsense 5 }
    Assert-Equal 'Nonsense' $record.Exception.ParameterName 'parameter'
    Assert-Equal 0 @(Get-Sent).Count 'requests'
}

Test-That 'Every kind has a category that PowerShell knows' {
    $table = Join-Path (Split-Path $env:HEADER) 'documents.json'
    $kinds = (Get-Content -Raw -LiteralPath $table | ConvertFrom-Json).kinds | ForEach-Object { $_.name }
    Assert-That (@($kinds).Count -ge 19) 'kinds were found'
    $from = [Pinterest.OAuth.OAuthException].GetMethod('From', [System.Reflection.BindingFlags]'NonPublic, Static')
    foreach ($kind in $kinds) {
        $category = $from.Invoke($null, @("{""kind"":""$kind""}", $null)).Category
        Assert-That ([enum]::IsDefined([System.Management.Automation.ErrorCategory], $category)) "$kind, $category"
    }
}
