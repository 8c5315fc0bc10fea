# 100,000 calls, failures among them: the memory of the process stays what it was after the first ones.

. (Join-Path $PSScriptRoot 'Harness.ps1')
Import-Module $Manifest
Reset-Configuration

function Get-Resident {
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    [GC]::Collect()
    [Math]::Floor((Get-Process -Id $PID).WorkingSet64 / 1024)
}

$calls = 100000
$warmUp = 30000
$allowed = 48 * 1024
$before = 0
for ($call = 1; $call -le $calls; $call++) {
    switch ($call % 10) {
        0 { $null = Invoke-OauthToken client_credentials -Scope ads:read }
        1 { try { Invoke-OauthToken refresh_token -RefreshToken pinr.made-up; exit 2 } catch { $null = $_ } }
        2 { try { Invoke-OauthToken authorization_code; exit 2 } catch { $null = $_ } }
        default { $null = Get-PinterestAuthorizeUrl -RedirectUri $RedirectUri }
    }
    if ($call % 5000 -eq 0) {
        $null = Send-Control 'Post' 'reset' @{}
        $global:Error.Clear()
    }
    if ($call -eq $warmUp) { $before = Get-Resident }
}
$grown = (Get-Resident) - $before
Write-Host "$calls calls, $grown KiB more than after $warmUp"
if ($grown -gt $allowed) { exit 1 }
