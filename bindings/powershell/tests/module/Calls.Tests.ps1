Test-That 'A login ends with a token' {
    $page = Get-PinterestAuthorizeUrl -RedirectUri $RedirectUri -Scope 'pins:read', 'boards:read'
    Assert-That ($page.Url.StartsWith("$($Urls.oauth_url)/oauth/?")) 'the address'
    Assert-That ($page.State.Length -ge 20) 'a state'
    $code = Resolve-PinterestRedirect -Url (Get-Consent $page.State).redirect -State $page.State
    $token = Invoke-OauthToken -GrantType authorization_code -Code $code -RedirectUri $RedirectUri
    Assert-That ($token.access_token -like 'pina_*') 'an access token'
    Assert-Equal 'bearer' $token.token_type 'type'
    Assert-Equal $code (Get-SentForm 0).code 'the code that was sent'
}

Test-That 'A token is refreshed, whichever way it is given' {
    $token = Get-LoginToken
    $given = @(
        ($token | Update-PinterestToken)
        ($token.ToJson() | Update-PinterestToken)
        (Update-PinterestToken -Token $token)
        (Invoke-OauthToken refresh_token -Token $token)
        (Invoke-OauthToken refresh_token -RefreshToken $token.refresh_token)
        (Invoke-OauthToken refresh_token -RefreshToken (ConvertTo-Secret $token.refresh_token))
        ($token | Invoke-OauthToken -GrantType refresh_token)
        ($token.SecureDocument | Update-PinterestToken)
    )
    Assert-Equal 8 $given.Count 'tokens'
    foreach ($number in 1..8) {
        Assert-Equal $token.refresh_token (Get-SentForm $number).refresh_token 'the refresh token that was sent'
    }
}

Test-That 'Objects of a pipeline are bound by name' {
    $rows = [pscustomobject]@{ grant_type = 'client_credentials' }, [pscustomobject]@{ GrantType = 'client_credentials' }
    $tokens = @($rows | Invoke-OauthToken -Scope ads:read)
    Assert-Equal 2 $tokens.Count 'tokens'
    Assert-Equal 2 @(Get-Sent).Count 'requests'
}

Test-That 'Text from a file is taken, which PowerShell decorates' {
    $file = [System.IO.Path]::GetTempFileName()
    try {
        Set-Content -LiteralPath $file -Value 'pinr.made-up'
        $record = Get-Failure { Invoke-OauthToken refresh_token -RefreshToken (Get-Content -LiteralPath $file) }
        Assert-Equal 'invalid_grant' $record.Exception.Kind 'kind'
        Assert-Equal 'pinr.made-up' (Get-SentForm 0).refresh_token 'what was sent'
    } finally {
        Remove-Item -LiteralPath $file
    }
}

Test-That 'Every parameter reaches the wire' {
    $note = [string][char]0xFC
    $null = Get-Failure {
        Invoke-OauthToken refresh_token -RefreshToken 'pinr.made-up' -Scope 'pins:read', 'boards:read' -Extra @{ note = $note }
    }
    $null = Get-Failure {
        Invoke-OauthToken authorization_code -Code 'made-up' -RedirectUri $RedirectUri -ContinuousRefresh
    }
    $null = Get-Failure {
        Invoke-OauthToken authorization_code -Code 'made-up' -RedirectUri $RedirectUri -ContinuousRefresh:$false
    }
    $forms = @((Get-SentForm 0), (Get-SentForm 1), (Get-SentForm 2))
    Assert-Equal 'pins:read,boards:read' $forms[0].scope 'a list of scopes'
    Assert-Equal $note $forms[0].note 'an extra field'
    Assert-Equal 'true' $forms[1].continuous_refresh 'the switch'
    Assert-That ($forms[2].continuous_refresh -ne 'true') 'the switch the other way'
}

Test-That 'A parameter reaches the wire however it is written' {
    $null = Get-Failure { Invoke-OauthToken -granttype refresh_token -refreshtok 'pinr.made-up' }
    Assert-Equal 'pinr.made-up' (Get-SentForm 0).refresh_token 'small letters, and the beginning of a name'
}

Test-That 'A redirect is read whatever the settings are' {
    Set-Configuration -BaseUrl 'ftp://x'
    Assert-Equal 'a-code' (Resolve-PinterestRedirect "${RedirectUri}?code=a-code&state=s" -State 's') 'the code'
}

Test-That 'A deadline in fractions of a second ends a call' {
    Set-Answer @{ action = 'hang' }
    $record = Get-Failure { Invoke-OauthToken client_credentials -Scope pins:read -TimeoutSec 0.2 }
    Assert-Equal 'timeout' $record.Exception.Kind 'kind'
    Assert-Equal 'unknown' $record.Exception.Outcome 'outcome'
}

Test-That 'A token for conversions is made of the token in the pipeline' {
    $token = Invoke-OauthToken client_credentials -Scope ads:write
    Assert-That (($token | New-PinterestConversionToken).access_token) 'a token'
    Assert-That ((New-PinterestConversionToken -AccessToken (ConvertTo-Secret $token.access_token)).access_token) 'a token'
}

Test-That 'A token is revoked, but not with -WhatIf' {
    $token = Invoke-OauthToken client_credentials -Scope ads:read
    Revoke-PinterestToken -Token $token.access_token -WhatIf
    Assert-Equal 1 @(Get-Sent).Count 'requests with -WhatIf'
    $said = @(Revoke-PinterestToken -Token $token.access_token -TokenTypeHint access_token)
    Assert-Equal 0 $said.Count 'output'
    Assert-Equal 'access_token' (Get-SentForm 1).token_type_hint 'the hint'
    $answer = Revoke-PinterestToken -Token $token.access_token -PassThru
    Assert-Equal '/v5/oauth/token/revoke' $answer.Path 'how it went, with -PassThru'
}

Test-That 'Eight calls at once get each their own answer' {
    $scopes = 'ads:read', 'ads:write', 'boards:read', 'boards:write', 'catalogs:read', 'catalogs:write', 'pins:read', 'pins:write'
    $manifest = $Manifest
    $urls = $Urls
    $answers = @($scopes | ForEach-Object -ThrottleLimit 8 -Parallel {
        Import-Module $using:manifest
        Set-Configuration -Username ($using:urls).app_id -Password ($using:urls).app_secret -BaseUrl ($using:urls).base_url
        '{0}={1}' -f $_, (Invoke-OauthToken client_credentials -Scope $_).scope
    })
    Assert-Equal 8 $answers.Count 'answers'
    foreach ($scope in $scopes) { Assert-That ("$scope=$scope" -in $answers) $scope }
}
