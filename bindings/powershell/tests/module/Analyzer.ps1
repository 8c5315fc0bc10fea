# PSScriptAnalyzer over the module's folder and the files that are named. It says what it finds, or that it finds nothing.

param([string]$Example)
if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
    'PSScriptAnalyzer is not installed'
    return
}
$found = foreach ($path in $env:POWERSHELL_MODULE, $Example) {
    Invoke-ScriptAnalyzer -Path $path -Recurse
    Invoke-ScriptAnalyzer -Path $path -Recurse -Settings PSGallery
}
if ($found) {
    $found | Out-String -Width 300
} else {
    'nothing was found'
}
