# The PowerShell driver of the conformance cases: the module's functions and nothing else. driver.sh starts it.

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$global:VerbosePreference = 'Continue'
$global:DebugPreference = 'Continue'
# Of the module's folder, or of that of a version in it.
$manifest = Get-ChildItem -LiteralPath $env:POWERSHELL_MODULE -Filter 'Pinterest.OAuth.psd1' -Recurse | Select-Object -First 1
Import-Module $manifest.FullName -Verbose:$false

# The names that are not made of the documents' by their case alone.
$names = @{ app_id = 'Username'; app_secret = 'Password'; timeout = 'TimeoutSec'; connect_timeout = 'ConnectTimeoutSec' }
$functions = @{
    oauth_token = 'Invoke-OauthToken'; revoke = 'Revoke-PinterestToken'; conversion_token = 'New-PinterestConversionToken'
    authorize_url = 'Get-PinterestAuthorizeUrl'; redirect = 'Resolve-PinterestRedirect'
}
$managing = @{
    'account.access_token' = 'Get-PinterestAccessToken'; 'app.access_token' = 'Get-PinterestAccessToken'
    'account.login' = 'Connect-PinterestAccount'; 'account.import' = 'Import-PinterestAccount'
    'account.export' = 'Export-PinterestAccount'; 'account.unsaved' = 'Export-PinterestAccount'
    'account.refresh' = 'Update-PinterestAccount'; 'account.status' = 'Get-PinterestAccount'
    'account.remove' = 'Remove-PinterestAccount'; 'account.rename' = 'Rename-PinterestAccount'
    'manager.accounts' = 'Get-PinterestAccount'; 'manager.refresh_due' = 'Update-PinterestAccount'
    'manager.doctor' = 'Test-PinterestStore'
}

# redirect_uri is the parameter RedirectUri.
function ConvertTo-Parameter {
    param([string]$Key)
    if ($names.ContainsKey($Key)) { $names[$Key] } else { $Key -replace '_', '' }
}

# A document as arguments of a function.
function ConvertTo-Argument {
    param($Document)
    $arguments = @{}
    foreach ($key in $Document.Keys) { $arguments[(ConvertTo-Parameter $key)] = $Document[$key] }
    $arguments
}

# The parameters that an error names, as fields: -RedirectUri is redirect_uri.
function ConvertTo-Field {
    param($Text)
    if ($null -eq $Text) { return $null }
    [regex]::Replace($Text, '(?<![\w-])-([A-Z]\w*)', {
            param($found)
            $parameter = $found.Groups[1].Value
            $key = $names.Keys | Where-Object { $names[$_] -eq $parameter }
            if (-not $key) { $key = [regex]::Replace($parameter, '(?<=.)(?=[A-Z])', '_').ToLowerInvariant() }
            $key
        })
}

# An error in the words of the documents.
function ConvertTo-ErrorDocument {
    param($Problem)
    $document = [Pinterest.OAuth.Json]::Read($Problem.ToJson())
    foreach ($key in 'field', 'message', 'what_now', 'text') { $document[$key] = ConvertTo-Field $document[$key] }
    [Pinterest.OAuth.Json]::Write($document)
}

# PowerShell itself refuses a parameter that a function lacks, and a value that is not of a parameter's type: its error
# names the parameter, and nothing was sent.
function Get-RefusalDocument {
    param($Problem, $Documents)
    $fields = @($Documents | ForEach-Object { $_.Keys })
    $field = $fields | Where-Object { (ConvertTo-Parameter $_) -eq $Problem.ParameterName } | Select-Object -First 1
    [Pinterest.OAuth.Json]::Write(@{
        kind = 'invalid_argument'; message = "PowerShell refuses the parameter $($Problem.ParameterName)"
        what_now = "Fix ``$field``."; outcome = 'not_sent'; field = $field; headers = @()
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
    Invoke-OauthToken -GrantType $Request['grant_type']
}

function Invoke-Operation {
    param($Operation, $Request)
    $arguments = ConvertTo-Argument $Request
    if ($Operation -eq 'revoke') { $arguments['PassThru'] = $true }
    & $functions[$Operation] @arguments
}

# The properties of an object under the names of the documents.
function Get-PropertyDocument {
    param($Shown)
    if ($null -eq $Shown) { return $null }
    $document = @{}
    foreach ($property in $Shown.PSObject.Properties) {
        $key = [regex]::Replace($property.Name, '(?<=.)(?=[A-Z])', '_').ToLowerInvariant()
        $document[$key] = $property.Value
    }
    $document
}

# What a function returned, as a document.
function ConvertTo-AnswerDocument {
    param($Answer, $Request)
    if ($Answer -is [Pinterest.OAuth.Token]) {
        $more = [Pinterest.OAuth.Json]::Write(@{
            answer = Get-PropertyDocument $Answer.Answer; is_expired = $Answer.IsExpired()
            expires_within_a_century = $Answer.ExpiresWithin(100 * 365 * 86400)
        })
        $json = $Answer.ToJson()
        return $json.Substring(0, $json.Length - 1) + ',' + $more.Substring(1)
    }
    if ($Answer -is [string]) { $document = @{ code = $Answer; state = $Request['state'] } }
    elseif ($Answer -is [Pinterest.OAuth.Answer]) { $document = @{ answer = Get-PropertyDocument $Answer } }
    else { $document = Get-PropertyDocument $Answer }
    [Pinterest.OAuth.Json]::Write($document)
}

# The value of a property in a document, times as Unix seconds.
function ConvertTo-PlainValue {
    param($Value)
    if ($null -eq $Value) { return $null }
    if ($Value -is [DateTime]) { return [long]($Value.ToUniversalTime() - [DateTime]::new(1970, 1, 1, 0, 0, 0, 'Utc')).TotalSeconds }
    if ($Value -is [Pinterest.OAuth.OAuthException]) { return [Pinterest.OAuth.Json]::Read($Value.ToJson()) }
    if ($Value -is [array]) { return , @($Value | ForEach-Object { ConvertTo-PlainValue $_ }) }
    if ($Value.GetType().FullName -notlike 'Pinterest.OAuth.*') { return $Value }
    $document = Get-PropertyDocument $Value
    foreach ($key in @($document.Keys)) { $document[$key] = ConvertTo-PlainValue $document[$key] }
    $document
}

# What is done with the token manager: by a command where there is one. Its answer as a document.
function Invoke-Managing {
    param($Operation, $Request)
    $arguments = ConvertTo-Argument $Request
    if ($Request.ContainsKey('scopes')) {
        $arguments.Remove('scopes')
        $arguments['Scope'] = $Request['scopes']
    }
    switch ($Operation) {
        'account.access_token' { $arguments['AsPlainText'] = $true }
        'app.access_token' { $arguments['AsPlainText'] = $arguments['App'] = $true }
        'account.unsaved' { $arguments['Unsaved'] = $true }
        'account.remove' { $arguments['Confirm'] = $false }
        'manager.refresh_due' {
            $arguments['Due'] = $true
            if ($Request.ContainsKey('parallel')) {
                $arguments.Remove('parallel')
                $arguments['ThrottleLimit'] = $Request['parallel']
            }
            $arguments['ErrorAction'] = 'SilentlyContinue'
        }
    }
    if ($Operation -in 'account.status', 'account.export', 'account.refresh', 'account.unsaved', 'account.remove' -and -not $Request.ContainsKey('account')) {
        $arguments['Account'] = 'default'
    }
    if ($managing.ContainsKey($Operation)) {
        $answer = @(& $managing[$Operation] @arguments)
    } else {
        $name = 'default'
        if ($Request.ContainsKey('account')) { $name = $Request['account'] }
        $account = (Get-Configuration).Manager().Account($name)
        $code = 2
        if ($Request.ContainsKey('code')) { $code = $Request['code'] }
        $answer = @(try {
                switch ($Operation) {
                    'account.access_token_now' { $account.AccessTokenNow() }
                    'account.token' { $account.Token() }
                    'account.rejected' { $account.Rejected($Request['access_token'], $code) }
                }
            } catch [System.Management.Automation.MethodInvocationException] {
                throw $_.Exception.InnerException
            })
    }
    switch -Wildcard ($Operation) {
        '*.access_token*' { return [Pinterest.OAuth.Json]::Write(@{ access_token = $answer[0] }) }
        'account.rejected' { return [Pinterest.OAuth.Json]::Write(@{ access_token = $answer[0] }) }
        'manager.accounts' { return [Pinterest.OAuth.Json]::Write(@{ accounts = @($answer | ForEach-Object { ConvertTo-PlainValue $_ }) }) }
        'account.rename' { return '{}' }
        'account.import' { return '{}' }
        'account.unsaved' {
            if ($answer.Count) { return '{"token":' + $answer[0].ToJson() + '}' }
            return '{"token":null}'
        }
    }
    # A login and a refresh give a status: the token is that of the store.
    if ($Operation -in 'account.login', 'account.refresh') {
        $answer = @(Export-PinterestAccount $answer[0])
    }
    if ($answer[0] -is [Pinterest.OAuth.Token]) { return $answer[0].ToJson() }
    [Pinterest.OAuth.Json]::Write((ConvertTo-PlainValue $answer[0]))
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
            $answer = ConvertTo-PinterestToken $request['token']
        } else {
            if (-not $reuse -and $operation -ne 'redirect') { Set-Everything $config }
            if (-not $operation.Contains('.')) { $answer = Invoke-Operation $operation $request }
        }
        if ($operation.Contains('.')) { $shown = Invoke-Managing $operation $request }
        else { $shown = ConvertTo-AnswerDocument $answer $request }
        $line = '{"ok":' + $shown + '}'
    } catch [System.Management.Automation.ParameterBindingException] {
        $line = '{"error":' + (Get-RefusalDocument $_.Exception @($config, $request)) + '}'
    } catch [Pinterest.OAuth.OAuthException] {
        $line = '{"error":' + (ConvertTo-ErrorDocument $_.Exception) + '}'
    }
    $results.Write($line + "`n")
    $results.Flush()
}
$results.Dispose()
