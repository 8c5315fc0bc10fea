# Imports the module, and says why that failed. For a module folder whose library does not fit.

try {
    Import-Module (Join-Path $env:POWERSHELL_MODULE 'Pinterest.OAuth.psd1') -ErrorAction Stop
    Write-Host 'imported'
} catch {
    Write-Host "$($_.Exception.Message)"
    exit 1
}
