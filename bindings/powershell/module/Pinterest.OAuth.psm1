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

# Parameters that are not fields of a call: ours, and those that PowerShell gives to every function.
$script:NotFields = @('Credential', 'PassThru') + @([System.Management.Automation.PSCmdlet]::CommonParameters) +
    @([System.Management.Automation.PSCmdlet]::OptionalCommonParameters)

# The fields among the parameters that a function was given, named as they are declared.
function Get-Field {
    param($Cmdlet, $Bound)
    $fields = @{}
    foreach ($name in $Cmdlet.MyInvocation.MyCommand.Parameters.Keys) {
        if ($script:NotFields -notcontains $name -and $Bound.ContainsKey($name)) {
            $value = $Bound[$name]
            if ($value -is [switch]) { $value = $value.IsPresent }
            $fields[$name] = $value
        }
    }
    $fields
}

# Calls a method of the client with the parameters that a function was given, and those in $Fixed. Lets Ctrl-C through
# while it waits: no script runs during a direct call.
function Invoke-Client {
    param($Cmdlet, [string]$Method, $Bound, [hashtable]$Fixed = @{})
    $own = $null
    try {
        $fields = (Get-Field $Cmdlet $Bound) + $Fixed
        Write-Verbose ('{0} with {1}' -f $Method, (($fields.Keys | Sort-Object) -join ', '))
        $request = [Pinterest.OAuth.Request]::From($fields)
        if ($Bound.ContainsKey('Credential') -and $null -ne $Bound['Credential']) {
            $own = $script:Configuration.ClientFor($Bound['Credential'].UserName, $Bound['Credential'].Password)
            $client = $own
        } else {
            $client = $script:Configuration.Client()
        }
        $answer = $client.$Method($request)
        if ($answer -is [System.Threading.Tasks.Task]) {
            while (-not $answer.AsyncWaitHandle.WaitOne(100)) { }
            $answer = $answer.GetAwaiter().GetResult()
        }
    } catch {
        Stop-Cmdlet $Cmdlet $_
    } finally {
        if ($null -ne $own) { $own.Dispose() }
    }
    # Not above: what the next command of a pipeline throws is not an error of this one.
    $answer
}

# Ends a function with what was caught.
function Stop-Cmdlet {
    param($Cmdlet, $Caught)
    $record = ConvertTo-ErrorRecord $Caught
    # The record will hold what its command was called with: secrets.
    $Cmdlet.MyInvocation.BoundParameters.Clear()
    $Cmdlet.ThrowTerminatingError($record)
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
    $record = [System.Management.Automation.ErrorRecord]::new($problem, $problem.Kind, $problem.Category, $null)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($problem.Details)
    $record.ErrorDetails.RecommendedAction = $problem.WhatNow
    $record
}

. (Join-Path $PSScriptRoot 'Configuration.ps1')
. (Join-Path $PSScriptRoot 'Login.ps1')
. (Join-Path $PSScriptRoot 'Token.ps1')
