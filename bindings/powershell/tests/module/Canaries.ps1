# Shows everything that may be shown, of calls whose every secret is a canary. ../run.py searches what it printed.

. (Join-Path $PSScriptRoot 'Harness.ps1')
$global:VerbosePreference = 'Continue'
$global:DebugPreference = 'Continue'
$global:InformationPreference = 'Continue'
Import-Module $Manifest -Verbose:$false

function Show-All {
    param($Shown)
    $Shown | Out-Host
    "$Shown" | Out-Host
    $Shown | Format-List * | Out-Host
    $Shown | Select-Object * | Out-Host
    $Shown | ConvertTo-Csv | Out-Host
    [System.Management.Automation.PSSerializer]::Serialize($Shown) -replace '<SS[^>]*>[^<]*</SS>' | Out-Host
    Write-Host $Shown
}

function Show-Failure {
    param([scriptblock]$Body)
    try {
        Show-All (& $Body)
    } catch {
        Show-All $_
        $_ | Format-List * -Force | Out-Host
        $_.Exception | Format-List * -Force | Out-Host
        $_.Exception.ToString() | Out-Host
        $_.Exception.ToJson() | Out-Host
        $_.ScriptStackTrace | Out-Host
        $_.ErrorDetails | Out-Host
        $_.Exception.Response.Headers | ConvertTo-Json | Out-Host
        $_.InvocationInfo.BoundParameters.Values | Out-Host
        if (Get-Command Get-Error -ErrorAction SilentlyContinue) { $_ | Get-Error | Out-Host }
    }
}

$null = Send-Control 'Post' 'reset' @{}
Set-Configuration -Username '1234567' -Password 'canary-secret' -BaseUrl $Urls.base_url -TrustEnv $false -Verbose
$refresh = 'pinr.canary-refresh'
$code = 'canary-code'
$state = 'canary-state'
$broken = '{"access_token":"pina_canary-access"'
$echo = "the $refresh of canary-secret is bad"
Set-Answer @(
    @{ status = 401; body_json = @{ code = 283; message = $echo } }
    @{ status = 200; body_json = @{ message = $echo } }
    @{ status = 500; body = "<html>$echo</html>" }
    @{ status = 200; body_json = @{ access_token = 'pina_canary-access'; refresh_token = 'pinr.canary-new' } }
    @{ action = 'reset' }
)
Show-All (Get-Configuration)
foreach ($turn in 1..5) {
    Show-Failure { Invoke-OauthToken refresh_token -RefreshToken $refresh -Verbose -Debug }
}
Show-Failure { Invoke-OauthToken authorization_code -Code "$code`n" -RedirectUri $RedirectUri -Verbose }
Show-Failure { Invoke-OauthToken $code -Code $code -Verbose }
Show-Failure { Invoke-OauthToken client_credentials -Extra @{ a = @{ b = Get-Process -Id $PID } } -Verbose }
Show-Failure { Resolve-PinterestRedirect -Url "${RedirectUri}?code=$code&state=a" -State $state -Verbose }
Show-Failure { ConvertTo-PinterestToken $broken }
Show-Failure { Update-PinterestToken -Token $broken -Verbose }
Get-Content -Raw -LiteralPath '/proc/self/cmdline' -ErrorAction SilentlyContinue | Out-Host
Write-Host 'the end was reached'
