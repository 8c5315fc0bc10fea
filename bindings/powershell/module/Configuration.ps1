# The settings that every call of this session uses.

function Get-Configuration {
    <#
    .SYNOPSIS
    Gets the settings that all calls of this session use.
    .DESCRIPTION
    Returns the settings themselves, not a copy: what is set on them counts from the next call on. What is $null comes
    from the environment (PINTEREST_APP_ID, PINTEREST_APP_SECRET, PINTEREST_API_URI, PINTEREST_OAUTH_URI, HTTPS_PROXY,
    NO_PROXY, SSL_CERT_FILE), or has its default. The environment is read at the first call, and again after a setting
    has changed.

    Password and proxy are kept as a SecureString and are never shown.
    .EXAMPLE
    $Configuration = Get-Configuration
    $Configuration.Username = '1234567'
    $Configuration.Password = Read-Host -AsSecureString 'App secret'
    .OUTPUTS
    Pinterest.OAuth.Configuration
    #>
    [CmdletBinding()]
    [OutputType('Pinterest.OAuth.Configuration')]
    param()
    $script:Configuration
}

function Set-Configuration {
    <#
    .SYNOPSIS
    Changes the settings that all calls of this session use.
    .DESCRIPTION
    Only the settings that are named change. A value that cannot be used is reported by the next call, by name.
    .PARAMETER Username
    The app's id, as text. Put quotes around it: a number is refused.
    .PARAMETER Password
    The app's secret: text or a SecureString.
    .PARAMETER Credential
    App id and app secret together.
    .PARAMETER Environment
    production (the default) or sandbox.
    .PARAMETER BaseUrl
    Another server for tokens, with or without /v5.
    .PARAMETER OauthUrl
    Another server for the page at which users give access.
    .PARAMETER TimeoutSec
    The deadline of a whole call in seconds: 30 unless said otherwise, at most 600. Fractions are allowed.
    .PARAMETER ConnectTimeoutSec
    The deadline for a connection in seconds: 10 unless said otherwise. Fractions are allowed.
    .PARAMETER Proxy
    The address of a proxy: text or a SecureString.
    .PARAMETER NoProxy
    Hosts that need no proxy, with commas between them.
    .PARAMETER CaFile
    A file of certificates to trust instead of the system's.
    .PARAMETER AllowHttp
    Permits http elsewhere than on this machine.
    .PARAMETER TrustEnv
    Whether the environment counts where a setting is missing. It does unless this is $false.
    .PARAMETER PassThru
    Returns the settings.
    .EXAMPLE
    Set-Configuration -Credential (Get-Credential -Message 'App id and app secret') -TimeoutSec 10
    .OUTPUTS
    Nothing, or with -PassThru Pinterest.OAuth.Configuration
    #>
    [CmdletBinding()]
    [OutputType('Pinterest.OAuth.Configuration')]
    param(
        [object]$Username,
        [object]$Password,
        [pscredential]$Credential,
        [ArgumentCompleter({ 'production', 'sandbox' })][string]$Environment,
        [string]$BaseUrl,
        [string]$OauthUrl,
        [double]$TimeoutSec,
        [double]$ConnectTimeoutSec,
        [object]$Proxy,
        [string]$NoProxy,
        [string]$CaFile,
        [switch]$AllowHttp,
        [bool]$TrustEnv,
        [switch]$PassThru
    )
    if ($PSBoundParameters.ContainsKey('Credential')) {
        $script:Configuration.Username = $Credential.UserName
        $script:Configuration.Password = $Credential.Password
    }
    $settings = Get-Field $PSCmdlet $PSBoundParameters
    if ($settings.ContainsKey('CaFile')) {
        # PowerShell's location is not the process's.
        $settings['CaFile'] = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($CaFile)
    }
    foreach ($name in $settings.Keys) {
        $script:Configuration.$name = $settings[$name]
    }
    if ($PassThru) {
        $script:Configuration
    }
}
