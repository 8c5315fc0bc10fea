# Logs a user in with the browser of this machine, and keeps the token: one call.
#
# Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and register http://localhost:8085/ with the app. For a test server set
# PINTEREST_API_URI and PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.

param([string]$RedirectUri = 'http://localhost:8085/')

$ErrorActionPreference = 'Stop'
Import-Module Pinterest.OAuth

try {
    $end = Connect-PinterestAccount shop-42 -Scope 'pins:read', 'boards:read' -RedirectUri $RedirectUri
} catch [Pinterest.OAuth.OAuthException] {
    [Console]::Error.WriteLine($_.Exception.Text)
    exit 1
}
Write-Host "Scopes: $($end.Scopes -join ', ')"
Write-Host 'Calls to Pinterest may be made with Invoke-PinterestRestMethod -Account shop-42.'
