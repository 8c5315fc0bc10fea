# A code becomes a token, and the token is refreshed.
#
# Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and for a test server PINTEREST_API_URI and
# PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.

$ErrorActionPreference = 'Stop'
Import-Module Pinterest.OAuth

$redirectUri = 'http://localhost:8085/'

# What to print instead of a token: equal for equal tokens, and useless for anything else.
function Get-Fingerprint {
    param([string]$Secret)
    $sha = [System.Security.Cryptography.SHA256]::Create()
    $hash = $sha.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($Secret))
    [System.BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant().Substring(0, 12)
}

function Show-Token {
    param([string]$Step, $Token)
    $access = Get-Fingerprint $Token.access_token
    $refresh = Get-Fingerprint $Token.refresh_token
    Write-Host "${Step}: access token $access, refresh token $refresh"
}

try {
    $page = Get-PinterestAuthorizeUrl -RedirectUri $redirectUri -Scope 'pins:read,boards:read'
    Write-Host 'Open this address, give access, and paste the address at which the browser ends up:'
    Write-Host $page.Url
    $address = (Read-Host).Trim()
    $code = Resolve-PinterestRedirect -Url $address -State $page.State
    $token = Invoke-OauthToken -GrantType authorization_code -Code $code -RedirectUri $redirectUri
    Show-Token 'code' $token
    $token = $token | Update-PinterestToken
    Show-Token 'refresh' $token
} catch [Pinterest.OAuth.OAuthException] {
    [Console]::Error.WriteLine($_.Exception.Text)
    exit 1
}
if ($token.refresh_token_rotated) {
    Write-Host 'The refresh token has rotated: store $token.ToJson() in place of the old one.'
}
