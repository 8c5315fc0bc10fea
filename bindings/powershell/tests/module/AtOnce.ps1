# 200 calls at once on one client, several times: how long the median takes.

. (Join-Path $PSScriptRoot 'Harness.ps1')
Import-Module $Manifest
$client = [Pinterest.OAuth.Client]::new(@{ app_id = $Urls.app_id; app_secret = $Urls.app_secret; base_url = $Urls.base_url; trust_env = $false })
$request = @{ grant_type = 'client_credentials'; scope = 'ads:read' }
$times = foreach ($turn in 1..20) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $tasks = foreach ($call in 1..200) { $client.OauthTokenAsync($request) }
    [System.Threading.Tasks.Task]::WaitAll($tasks)
    $watch.Elapsed.TotalMilliseconds
}
'200 calls at once: {0:0.0} ms' -f ($times | Sort-Object)[10]
