# Invoke-OauthToken beside Invoke-RestMethod and System.Net.Http.HttpClient: the same call of the same server, in turns.
#
# Start `pinterest-oauth emulator`, set what it prints, put the module's folder on PSModulePath, and run
#     pwsh -NoProfile -File bench.ps1 [-Calls 1000] [-Rounds 5]
# It prints microseconds per call: the median of each round, and of all rounds.

param([int]$Calls = 1000, [int]$Rounds = 5)

$ErrorActionPreference = 'Stop'
Import-Module Pinterest.OAuth

$address = $env:PINTEREST_API_URI.TrimEnd('/') + '/oauth/token'
$pair = [Uri]::EscapeDataString($env:PINTEREST_APP_ID) + ':' + [Uri]::EscapeDataString($env:PINTEREST_APP_SECRET)
$basic = 'Basic ' + [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($pair))
$session = [Microsoft.PowerShell.Commands.WebRequestSession]::new()
$http = [System.Net.Http.HttpClient]::new()
$http.DefaultRequestHeaders.Add('Authorization', $basic)

function Get-Median {
    param([double[]]$Values)
    $sorted = @($Values | Sort-Object)
    $sorted[[int][Math]::Floor($sorted.Count / 2)]
}

# Microseconds of each call.
function Measure-Call {
    param([scriptblock]$Call)
    foreach ($number in 1..$Calls) {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $token = (& $Call).access_token
        $watch.Stop()
        if (-not $token) { throw 'the answer holds no token' }
        $watch.Elapsed.TotalMilliseconds * 1000
    }
}

$form = @{ grant_type = 'client_credentials'; scope = 'pins:read' }
$ways = [ordered]@{
    'Invoke-OauthToken' = { Invoke-OauthToken client_credentials -Scope pins:read }
    'Invoke-RestMethod' = {
        Invoke-RestMethod -Method Post -Uri $address -Headers @{ Authorization = $basic } -Body $form
    }
    'Invoke-RestMethod -WebSession' = {
        Invoke-RestMethod -Method Post -Uri $address -Headers @{ Authorization = $basic } -Body $form -WebSession $session
    }
    'HttpClient and ConvertFrom-Json' = {
        $content = [System.Net.Http.StringContent]::new(
            'grant_type=client_credentials&scope=pins%3Aread', [System.Text.Encoding]::UTF8, 'application/x-www-form-urlencoded')
        $http.PostAsync($address, $content).Result.Content.ReadAsStringAsync().Result | ConvertFrom-Json
    }
}

$medians = @{}
foreach ($name in $ways.Keys) {
    $medians[$name] = @()
    foreach ($number in 1..20) { $null = & $ways[$name] }
}
foreach ($round in 1..$Rounds) {
    foreach ($name in $ways.Keys) { $medians[$name] += Get-Median @(Measure-Call $ways[$name]) }
}
foreach ($name in $ways.Keys) {
    $rounded = @($medians[$name] | ForEach-Object { [Math]::Round($_) })
    '{0,-32} {1,8} us   rounds: {2}' -f $name, [Math]::Round((Get-Median $medians[$name])), ($rounded -join ' ')
}
