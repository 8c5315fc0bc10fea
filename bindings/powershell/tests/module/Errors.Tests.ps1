Test-That 'An error of Pinterest is an error record with its JSON and its headers' {
    try {
        Invoke-OauthToken -GrantType refresh_token -RefreshToken pinr.made-up # this line
        throw 'nothing was thrown'
    } catch {
        $record = $_
    }
    Assert-Equal 'invalid_grant,Pinterest.OAuth.Commands.InvokeOauthToken' $record.FullyQualifiedErrorId 'id'
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
        Assert-That ($record.FullyQualifiedErrorId.StartsWith("$($record.Exception.Kind),")) 'id'
        Assert-Equal 'Invoke-OauthToken' $record.CategoryInfo.Activity 'the command'
    }
}

Test-That 'Each function names itself in its errors' {
    foreach ($call in @(
            { Invoke-OauthToken }, { Update-PinterestToken 'x' }, { Revoke-PinterestToken }, { New-PinterestConversionToken },
            { Get-PinterestAuthorizeUrl }, { Resolve-PinterestRedirect }, { ConvertTo-PinterestToken 'x' }
        )) {
        $name = $call.ToString().Trim().Split(' ')[0]
        $record = Get-Failure $call
        Assert-That ($record.FullyQualifiedErrorId.StartsWith('invalid_argument,')) 'id'
        Assert-Equal $name $record.CategoryInfo.Activity 'the command'
        Assert-Equal 'InvalidArgument' $record.CategoryInfo.Category 'category'
        Assert-Equal 'not_sent' $record.Exception.Outcome 'outcome'
    }
    Assert-Equal 0 @(Get-Sent).Count 'requests'
}

Test-That 'What the next command of a pipeline throws is its own' {
    $null = Invoke-OauthToken client_credentials -Scope ads:read | Update-PinterestToken -ErrorVariable failed -ErrorAction SilentlyContinue
    Assert-Equal 'invalid_argument,Pinterest.OAuth.Commands.UpdatePinterestToken' $failed[0].FullyQualifiedErrorId 'id'
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

Test-That 'An error is one entry of -ErrorVariable and one of $Error' {
    $global:Error.Clear()
    try { $null = Invoke-OauthToken refresh_token -RefreshToken pinr.made-up -ErrorVariable mine } catch { $null = $_ }
    Assert-Equal 1 @($mine).Count '-ErrorVariable'
    Assert-Equal 'invalid_grant' $mine[0].Exception.Kind 'the error itself'
    Assert-Equal 1 $global:Error.Count '$Error'
}

Test-That 'An error has the status as .NET names it, and a number to sleep' {
    Set-Answer @{ status = 429 }
    $exception = (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception
    Assert-That ($exception.StatusCode -is [System.Net.HttpStatusCode]) 'StatusCode'
    Assert-Equal 429 ([int]$exception.Response.StatusCode) 'Response.StatusCode'
    Assert-That ($exception.RetryAfter -gt 0) 'RetryAfter'
}

Test-That 'A message has the numbers that a person needs' {
    Set-Answer @{ status = 502; body = '<html>' }
    Assert-That ((Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Message.Contains('502')) '502'
    Assert-Equal '-TimeoutSec must be from 0.001 to 600 seconds' (Get-Failure { Invoke-OauthToken client_credentials -TimeoutSec 601 }).Exception.Message 'one unit'
    $exception = (Get-Failure { Invoke-OauthToken authorization_code }).Exception
    Assert-That ($exception.WhatNow -match '-Code' -and $exception.Message -match '-RedirectUri') "the caller's names: $($exception.Text)"
}

Test-That 'An exception is made for a mock' {
    $exception = [Pinterest.OAuth.OAuthException]::FromJson('{"kind":"invalid_grant","message":"mine"}')
    $caught = ''
    try { throw $exception } catch [Pinterest.OAuth.InvalidGrantException] { $caught = $_.Exception.Message }
    Assert-Equal 'mine' $caught 'its class and its message'
}

Test-That '-Verbose says method, path, status, time and request id' {
    $said = Invoke-OauthToken client_credentials -Scope ads:read -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
    Assert-That ("$said" -match 'POST /v5/oauth/token: status 200 in \d+ ms, request id \S+') "$said"
}

Test-That 'An error nested as deep as Pinterest may nest it is an OAuthException' {
    $deep = '{"code":283,"message":"m","x":' + ('[' * 125) + (']' * 125) + '}'
    Set-Answer @{ status = 401; body = $deep }
    Assert-That ((Get-Failure { Invoke-OauthToken refresh_token -RefreshToken pinr.x }).Exception -is [Pinterest.OAuth.OAuthException]) 'class'
}

Test-That 'What was mistyped is not quoted' {
    $secret = 'pinr.made-up-secret'
    foreach ($call in { Invoke-OauthToken refresh_token $secret }, { Update-PinterestToken -Tokn $secret }, { Invoke-OauthToken refresh_token -RefreshToken $secret -TimeoutSec soon }) {
        $record = Get-Failure $call
        Assert-That ($record.Exception -is [Pinterest.OAuth.InvalidArgumentException]) "$record"
        $shown = ($record | Format-List * -Force | Out-String -Width 500) + ($record | Out-String)
        if (Get-Command Get-Error -ErrorAction SilentlyContinue) { $shown += $record | Get-Error | Out-String -Width 500 }
        Assert-That (-not $shown.Contains($secret)) 'not quoted'
    }
}

Test-That 'Set-PSDebug -Trace 2 shows no code' {
    $said = Invoke-Another "Import-Module '$Manifest'; Set-PSDebug -Trace 2; `$null = Resolve-PinterestRedirect 'http://localhost/?code=made-up-code&state=s' -State s; Set-PSDebug -Off"
    $own = $said -split "`n" | Where-Object { $_ -notmatch 'Resolve-PinterestRedirect' }
    Assert-That (-not ($own -join ' ').Contains('made-up-code')) 'not shown'
}
