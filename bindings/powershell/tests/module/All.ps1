# The tests of the module, in one process. POWERSHELL_MODULE is the module's folder, EMULATOR_URLS what the emulator
# printed, HEADER the C header, SEED the document with the example. ../run.py starts it.

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Harness.ps1')
Import-Module $Manifest
foreach ($file in 'Module', 'Calls', 'Settings', 'Errors', 'Tokens', 'Pipelines', 'Files', 'Document', 'Waiting', 'Accounts') {
    . (Join-Path $PSScriptRoot "$file.Tests.ps1")
}
Write-Host "$Passed passed, $Failed failed"
if ($Failed -or -not $Passed) { exit 1 }
