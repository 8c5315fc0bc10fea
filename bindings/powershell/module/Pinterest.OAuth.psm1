# Loads the assembly, in which the commands are. A process holds one assembly of a name, so another one is refused here.

$path = Join-Path $PSScriptRoot 'Pinterest.OAuth.dll'
if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
    $loaded = [AppDomain]::CurrentDomain.GetAssemblies() |
        Where-Object { $_.GetName().Name -eq 'Pinterest.OAuth' } | Select-Object -First 1
    if ($loaded -and $loaded.Location -ne $path) {
        $hashes = $loaded.Location, $path | ForEach-Object { (Get-FileHash -LiteralPath $_).Hash }
        if ($hashes[0] -ne $hashes[1]) {
            throw "Pinterest.OAuth $($loaded.GetName().Version) of $($loaded.Location) is loaded in this process already. Start a new PowerShell to use $path."
        }
        $path = $loaded.Location
    }
} else {
    Write-Warning 'PowerShell permits no methods here: ConvertFrom-PinterestToken gives what ToJson() gives, and Set-Configuration sets what Get-Configuration has.'
}
try {
    Import-Module -Name $path
} catch {
    # The sentence alone: PowerShell shows where it was thrown.
    $problem = $_.Exception
    while ($problem.InnerException) { $problem = $problem.InnerException }
    throw $problem.Message
}
Export-ModuleMember -Cmdlet *
