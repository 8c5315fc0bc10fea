# PSScriptAnalyzer over the module's folder. It says what it finds, or that it finds nothing.

if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
    'PSScriptAnalyzer is not installed'
    return
}
$found = @(Invoke-ScriptAnalyzer -Path $env:POWERSHELL_MODULE -Recurse)
$found += @(Invoke-ScriptAnalyzer -Path $env:POWERSHELL_MODULE -Recurse -Settings PSGallery)
if ($found) {
    $found | Out-String -Width 300
} else {
    'nothing was found'
}
