# Loads the assembly for this platform, and holds what the functions share: how a call is made, and how an
# exception becomes an error record. Every rule of the calls is in the C library.

Set-StrictMode -Version 2.0

$platform = if ($PSVersionTable.PSEdition -ne 'Core') {
    if ([Environment]::Is64BitProcess) { 'win-x64' } else { 'win-x86' }
} else {
    $system = if ($IsLinux) { 'linux' } elseif ($IsMacOS) { 'osx' } else { 'win' }
    $processor = [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture
    '{0}-{1}' -f $system, $processor.ToString().ToLowerInvariant()
}
$folder = Join-Path (Join-Path $PSScriptRoot 'lib') $platform
$assembly = Join-Path $folder 'Pinterest.OAuth.dll'
if (-not (Test-Path -LiteralPath $assembly)) {
    throw "Pinterest.OAuth was not built for ${platform}: there is no $assembly."
}
Add-Type -LiteralPath $assembly
try {
    [Pinterest.OAuth.Library]::Check()
} catch {
    $problem = $_.Exception
    if ($null -ne $problem.InnerException) { $problem = $problem.InnerException }
    throw $problem.Message
}

$script:Configuration = [Pinterest.OAuth.Configuration]::new()

$script:Categories = @{
    invalid_argument   = 'InvalidArgument'
    invalid_config     = 'InvalidArgument'
    connect            = 'ConnectionError'
    tls                = 'SecurityError'
    proxy              = 'ConnectionError'
    timeout            = 'OperationTimeout'
    invalid_grant      = 'AuthenticationError'
    invalid_client     = 'AuthenticationError'
    forbidden          = 'PermissionDenied'
    insufficient_scope = 'PermissionDenied'
    rate_limited       = 'LimitsExceeded'
    server_error       = 'ResourceUnavailable'
    api_error          = 'InvalidResult'
    invalid_response   = 'ProtocolError'
    access_denied      = 'PermissionDenied'
    state_mismatch     = 'SecurityError'
    invalid_token      = 'AuthenticationError'
    cancelled          = 'OperationStopped'
    internal           = 'NotSpecified'
}

# The parameters in $Names that were given, as a request document.
function Get-Request {
    param($Bound, [string[]]$Names)
    $parameters = @{}
    foreach ($name in $Names) {
        if ($Bound.ContainsKey($name)) {
            $value = $Bound[$name]
            if ($value -is [switch]) { $value = $value.IsPresent }
            $parameters[$name] = $value
        }
    }
    [Pinterest.OAuth.Request]::From($parameters)
}

# Calls a method of the client, and lets Ctrl-C through while it waits: no script runs during a direct call.
function Invoke-Client {
    param($Cmdlet, [string]$Method, $Request, $Credential)
    $own = $null
    try {
        if ($null -ne $Credential) {
            $own = $script:Configuration.ClientFor($Credential.UserName, $Credential.Password)
            $client = $own
        } else {
            $client = $script:Configuration.Client()
        }
        Write-Verbose ('{0} with {1}' -f $Method, (($Request.Keys | Sort-Object) -join ', '))
        $answer = $client.$Method($Request)
        if ($answer -is [System.Threading.Tasks.Task]) {
            while (-not $answer.AsyncWaitHandle.WaitOne(100)) { }
            $answer = $answer.GetAwaiter().GetResult()
        }
    } catch {
        $record = ConvertTo-ErrorRecord $_
        # The record will hold what its command was called with: secrets.
        $Cmdlet.MyInvocation.BoundParameters.Clear()
        $Cmdlet.ThrowTerminatingError($record)
    } finally {
        if ($null -ne $own) { $own.Dispose() }
    }
    # Not above: what the next command of a pipeline throws is not an error of this one.
    $answer
}

# PowerShell and .NET wrap the exception of a call: the record gets the exception itself, and Pinterest's JSON.
function ConvertTo-ErrorRecord {
    param($Caught)
    $problem = $Caught.Exception
    while ($null -ne $problem -and $problem -isnot [Pinterest.OAuth.OAuthException]) {
        $problem = $problem.InnerException
    }
    if ($null -eq $problem) {
        return $Caught
    }
    $category = $script:Categories[$problem.Kind]
    if ($null -eq $category) { $category = 'NotSpecified' }
    $record = [System.Management.Automation.ErrorRecord]::new($problem, $problem.Kind, $category, $null)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($problem.Answer)
    $record.ErrorDetails.RecommendedAction = $problem.WhatNow
    $record
}

. (Join-Path $PSScriptRoot 'Configuration.ps1')
. (Join-Path $PSScriptRoot 'Login.ps1')
. (Join-Path $PSScriptRoot 'Token.ps1')
