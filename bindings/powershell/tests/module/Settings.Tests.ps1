Test-That 'The settings are one object, whose members are set in any case' {
    $configuration = Get-Configuration
    $configuration.username = 'another'
    Assert-Equal 'another' (Get-Configuration).Username 'the setting'
    Assert-Equal 'another' (Set-Configuration -TimeoutSec 5 -PassThru).Username 'what was not named'
    Assert-Equal 5 $configuration.TimeoutSec 'what was named'
    Assert-Equal 0 @(Set-Configuration -TimeoutSec 6).Count 'output without -PassThru'
}

Test-That 'A setting that does not exist is an error that names it' {
    $record = Get-Failure { (Get-Configuration).Pasword = 'x' }
    Assert-That ($record.Exception.Message -like '*Pasword*') 'the message'
    Assert-Equal 'Pasword' (Get-Failure { Set-Configuration -Pasword x }).Exception.ParameterName 'the parameter'
}

Test-That 'A changed setting counts from the next call on' {
    Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'a token'
    (Get-Configuration).Password = 'made-up-and-wrong'
    Assert-Equal 'invalid_client' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Kind 'kind'
}

Test-That 'A PSCredential is taken for all calls or for one' {
    $good = [pscredential]::new($Urls.app_id, (ConvertTo-Secret $Urls.app_secret))
    $bad = [pscredential]::new($Urls.app_id, (ConvertTo-Secret 'made-up-and-wrong'))
    Set-Configuration -Credential $bad
    Assert-Equal 'invalid_client' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Kind 'kind'
    Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read -Credential $good).access_token) 'a token'
    Assert-Equal 'invalid_client' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Kind 'kind'
}

Test-That 'A setting that cannot be used is named by the call' {
    Set-Configuration -BaseUrl 'ftp://x'
    $record = Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }
    Assert-Equal 'invalid_config,Invoke-OauthToken' $record.FullyQualifiedErrorId 'id'
    Assert-Equal '-BaseUrl' $record.Exception.Field 'field'
    Reset-Configuration
    Set-Configuration -Username 1234567
    Assert-Equal '-Username' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Field 'field'
}

Test-That 'What the script sets in its environment counts' {
    $configuration = Get-Configuration
    $configuration.Username = $configuration.Password = $configuration.BaseUrl = $null
    try {
        $env:PINTEREST_APP_ID = $Urls.app_id
        $env:PINTEREST_APP_SECRET = $Urls.app_secret
        $env:PINTEREST_API_URI = $Urls.base_url
        Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'a token'
        Set-Configuration -TrustEnv $false
        Assert-Equal '-Username' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Field 'field'
    } finally {
        $env:PINTEREST_APP_ID = $env:PINTEREST_APP_SECRET = $env:PINTEREST_API_URI = $null
    }
}

Test-That 'A file of certificates is found from the location of PowerShell' {
    Push-Location (Split-Path $Urls.ca_file)
    try {
        Set-Configuration -BaseUrl $Urls.https_base_url -CaFile (Split-Path $Urls.ca_file -Leaf)
    } finally {
        Pop-Location
    }
    Assert-Equal $Urls.ca_file (Get-Configuration).CaFile 'the file'
    Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'a token'
}

Test-That 'A password is never shown again, nor is that of a proxy' {
    $configuration = Get-Configuration
    $configuration.Proxy = 'http://user:made-up-secret@127.0.0.1:1'
    $shown = @(
        ($configuration | Out-String), "$configuration", ($configuration | Format-List * | Out-String),
        ($configuration | Format-Table | Out-String), ($configuration | Format-Wide | Out-String),
        ($configuration | ConvertTo-Json -WarningAction SilentlyContinue)
    ) -join ' '
    Assert-That (-not $shown.Contains($Urls.app_secret)) 'it is hidden'
    Assert-That (-not $shown.Contains('made-up-secret')) 'that of the proxy is hidden'
    Assert-That ($configuration | Out-String).Contains('System.Security.SecureString') 'it is said to be there'
}
