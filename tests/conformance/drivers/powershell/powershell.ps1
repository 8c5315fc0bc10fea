# The PowerShell driver of the conformance cases: the module's functions and nothing else. driver.sh starts it.

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$global:VerbosePreference = 'Continue'
$global:DebugPreference = 'Continue'
Import-Module (Join-Path $env:POWERSHELL_MODULE 'Pinterest.OAuth.psd1')

# The names that are not made of the documents' by their case alone.
$names = @{ app_id = 'Username'; app_secret = 'Password'; timeout_ms = 'TimeoutSec'; connect_timeout_ms = 'ConnectTimeoutSec' }

# A document as arguments of a function: app_id becomes -Username, redirect_uri -RedirectUri, milliseconds seconds.
function ConvertTo-Argument {
    param($Document)
    $arguments = @{}
    foreach ($key in $Document.Keys) {
        $value = $Document[$key]
        $name = $key -replace '_', ''
        if ($names.ContainsKey($key)) { $name = $names[$key] }
        if ($key -like '*_ms' -and $value -is [long]) { $value = $value / 1000 }
        $arguments[$name] = $value
    }
    $arguments
}

# PowerShell itself refuses a parameter that a function lacks, and a value that is not of a parameter's type: its error
# names the parameter, and nothing was sent.
function ConvertTo-ErrorDocument {
    param($Problem, $Documents)
    $field = $null
    foreach ($key in @($Documents | ForEach-Object { $_.Keys })) {
        $name = $key -replace '_', ''
        if ($names.ContainsKey($key)) { $name = $names[$key] }
        if ($name -eq $Problem.ParameterName) { $field = $key }
    }
    [Pinterest.OAuth.Json]::Write(@{
        kind = 'invalid_argument'; message = "PowerShell refuses the parameter $($Problem.ParameterName)"
        what_now = 'Fix the call: the field is named.'; outcome = 'not_sent'; field = $field; headers = @()
    })
}

# Every setting as if nobody had set it, then those of the document.
function Set-Everything {
    param($Config)
    $configuration = Get-Configuration
    foreach ($setting in @($configuration.PSObject.Properties | ForEach-Object { $_.Name })) {
        $configuration.$setting = $null
    }
    $arguments = ConvertTo-Argument $Config
    Set-Configuration @arguments
}

# The document's own example: the credentials and the grant, everything else comes from the environment.
function Invoke-OneShot {
    param($Config, $Request)
    $env:PINTEREST_API_URI = $Config['base_url']
    $env:SSL_CERT_FILE = $null
    if ($Config.ContainsKey('ca_file')) { $env:SSL_CERT_FILE = $Config['ca_file'] }
    Set-Everything @{ app_id = $Request['user']; app_secret = $Request['pass'] }
    (Invoke-OauthToken -GrantType $Request['grant_type']).ToJson()
}

function Invoke-Operation {
    param($Operation, $Request)
    $arguments = ConvertTo-Argument $Request
    switch ($Operation) {
        'token' {
            (Invoke-OauthToken @arguments).ToJson()
        }
        'revoke' {
            Revoke-OauthToken @arguments
            '{}'
        }
        'conversion_token' {
            (New-OauthConversionToken @arguments).ToJson()
        }
        'authorize_url' {
            $page = Get-OauthAuthorizeUrl @arguments
            [Pinterest.OAuth.Json]::Write(@{ url = $page.Url; state = $page.State })
        }
        'redirect' {
            $code = Resolve-OauthRedirect @arguments
            [Pinterest.OAuth.Json]::Write(@{ code = $code; state = $Request['state'] })
        }
    }
}

function Open-Descriptor {
    param([string]$Number, [System.IO.FileAccess]$Access)
    $handle = [Microsoft.Win32.SafeHandles.SafeFileHandle]::new([IntPtr][int]$Number, $true)
    [System.IO.FileStream]::new($handle, $Access)
}

$number = $env:CONFORMANCE_FD
if (-not $number) { $number = '3' }
$utf8 = [System.Text.UTF8Encoding]::new($false)
$lines = [System.IO.StreamReader]::new((Open-Descriptor $env:DRIVER_INPUT 'Read'), $utf8)
$results = [System.IO.StreamWriter]::new((Open-Descriptor $number 'Write'), $utf8)

while ($null -ne ($operation = $lines.ReadLine())) {
    $config = [Pinterest.OAuth.Json]::Read($lines.ReadLine())
    $request = [Pinterest.OAuth.Json]::Read($lines.ReadLine())
    $reuse = $operation.StartsWith('reuse:')
    $operation = $operation -replace '^reuse:', ''
    try {
        if ($operation -eq 'oneshot') {
            $answer = Invoke-OneShot $config $request
        } elseif ($operation -eq 'token_read') {
            $answer = (ConvertTo-OauthToken $request['token']).ToJson()
        } else {
            if (-not $reuse) { Set-Everything $config }
            $answer = Invoke-Operation $operation $request
        }
        $line = '{"ok":' + $answer + '}'
    } catch [System.Management.Automation.ParameterBindingException] {
        $line = '{"error":' + (ConvertTo-ErrorDocument $_.Exception @($config, $request)) + '}'
    } catch [Pinterest.OAuth.OAuthException] {
        $line = '{"error":' + $_.Exception.ToJson() + '}'
    }
    $results.Write($line + "`n")
    $results.Flush()
}
$results.Dispose()
