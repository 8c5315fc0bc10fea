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
    $record = Get-Failure { Set-Configuration -Pasword made-up-secret }
    Assert-Equal '-Pasword' $record.Exception.Field 'the parameter'
    Assert-That (-not ($record | Out-String).Replace($record.InvocationInfo.Line, '').Contains('is made-up-secret')) 'not quoted'
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
    Assert-Equal 'invalid_config' $record.Exception.Kind 'kind'
    Assert-Equal '-BaseUrl' $record.Exception.Field 'field'
}

Test-That 'An app id without quotes is a number, and is taken' {
    Set-Configuration -Username ([long]$Urls.app_id)
    Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'a token'
}

Test-That 'Text is judged where a truth value is needed' {
    $configuration = Get-Configuration
    $configuration.BaseUrl = 'http://pinterest.example'
    foreach ($word in 'false', '0', 'no', $false, 0) {
        $configuration.AllowHttp = $word
        Assert-Equal '-BaseUrl' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Field "AllowHttp = $word"
    }
    $configuration.AllowHttp = 'perhaps'
    Assert-Equal '-AllowHttp' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Field 'a word'
}

Test-That '$null takes a setting back, and an empty text is none' {
    Set-Configuration -TimeoutSec 5 -CaFile 'x.pem'
    $configuration = Set-Configuration -TimeoutSec $null -CaFile '' -PassThru
    Assert-That ($null -eq $configuration.TimeoutSec) 'the deadline'
    Assert-That ($null -eq $configuration.CaFile) 'not the current folder'
    Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read -Code '' -Credential ([pscredential]::Empty)).access_token) 'a token'
}

Test-That '-WhatIf on a function of the user changes nothing at Pinterest and no setting' {
    $token = Get-LoginToken
    function Update-Mine {
        [CmdletBinding(SupportsShouldProcess)] param($Token)
        $null = $Token | Update-PinterestToken
        Set-Configuration -TimeoutSec 7
    }
    Update-Mine $token -WhatIf
    Assert-Equal 1 @(Get-Sent).Count 'requests'
    Assert-That ((Get-Configuration).TimeoutSec -ne 7) 'the setting'
}

Test-That 'A changed environment counts from the next call on' {
    $configuration = Get-Configuration
    $configuration.Username = $configuration.Password = $null
    try {
        Assert-Equal '-Username' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Field 'before'
        $env:PINTEREST_APP_ID = $Urls.app_id
        $env:PINTEREST_APP_SECRET = $Urls.app_secret
        Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'set'
        $env:PINTEREST_APP_SECRET = 'made-up-and-wrong'
        Assert-Equal 'invalid_client' (Get-Failure { Invoke-OauthToken client_credentials -Scope ads:read }).Exception.Kind 'changed'
    } finally {
        $env:PINTEREST_APP_ID = $env:PINTEREST_APP_SECRET = $null
    }
}

Test-That 'A path counts from the location of PowerShell, in SSL_CERT_FILE and in a setting too' {
    Push-Location (Split-Path $Urls.ca_file)
    try {
        $leaf = Split-Path $Urls.ca_file -Leaf
        Set-Configuration -BaseUrl $Urls.https_base_url
        $env:SSL_CERT_FILE = $leaf
        Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'SSL_CERT_FILE'
        $env:SSL_CERT_FILE = $null
        (Get-Configuration).CaFile = $leaf
        Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'the setting'
        Set-Configuration -CaFile (Get-Item $leaf)
        Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'a file'
    } finally {
        $env:SSL_CERT_FILE = $null
        Pop-Location
    }
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
