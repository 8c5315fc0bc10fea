# Calls from PowerShell. Usage: client.ps1 WHAT MODE, or client.ps1 versions; README.md says what the modes do.
# Each loads what it needs and no more. All encode the form and take the access token out of the JSON.
param([string]$What, [string]$Mode)
$ErrorActionPreference = 'Stop'
$warmUp = 100
$url = "$env:BENCH_URL/oauth/token"
$form = if ($Mode -eq 'many') {
    @{ grant_type = 'refresh_token'; refresh_token = 'pinr.benchmark.benchmark.benchmark' }
} else {
    @{ grant_type = 'client_credentials' }
}

function Get-OurCall {
    Import-Module $env:BENCH_MODULE
    $settings = @{ Username = $env:PINTEREST_APP_ID; Password = $env:PINTEREST_APP_SECRET; TrustEnv = $false }
    if ($env:BENCH_CA_FILE) { $settings.CaFile = $env:BENCH_CA_FILE }
    Set-Configuration -BaseUrl $env:BENCH_URL @settings
    $fields = @{ GrantType = $form.grant_type }
    if ($form.refresh_token) { $fields.RefreshToken = $form.refresh_token }
    { (Invoke-OauthToken @fields).access_token }.GetNewClosure()
}

function Get-Basic {
    $pair = '{0}:{1}' -f $env:PINTEREST_APP_ID, $env:PINTEREST_APP_SECRET
    'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($pair))
}

# With a session, PowerShell 7.4 and newer keep the connection.
function Get-RestCall([switch]$NoSession) {
    $request = @{ Method = 'Post'; Uri = $url; Headers = @{ Authorization = Get-Basic }; Body = $form }
    if (-not $NoSession) { $request.WebSession = New-Object Microsoft.PowerShell.Commands.WebRequestSession }
    { (Invoke-RestMethod @request).access_token }.GetNewClosure()
}

# .NET's own client, and ConvertFrom-Json.
function Get-HttpCall {
    $address = $url
    $http = [Net.Http.HttpClient]::new()
    $http.DefaultRequestHeaders.Add('Authorization', (Get-Basic))
    $fields = [Collections.Generic.Dictionary[string, string]]::new()
    foreach ($name in $form.Keys) { $fields[$name] = $form[$name] }
    {
        $content = [Net.Http.FormUrlEncodedContent]::new($fields)
        $answer = $http.PostAsync($address, $content).Result
        ($answer.Content.ReadAsStringAsync().Result | ConvertFrom-Json).access_token
    }.GetNewClosure()
}

function Measure-Many([scriptblock]$Call) {
    $process = [Diagnostics.Process]::GetCurrentProcess()
    $nanoseconds = 1e9 / [Diagnostics.Stopwatch]::Frequency
    for ($number = 0; $number -lt $warmUp; $number++) { $null = & $Call }
    while ($null -ne ($line = [Console]::In.ReadLine())) {
        $times = [Collections.Generic.List[long]]::new()
        $process.Refresh()
        $spent = $process.TotalProcessorTime
        for ($number = [int]$line; $number -gt 0; $number--) {
            $before = [Diagnostics.Stopwatch]::GetTimestamp()
            $null = & $Call
            $times.Add(([Diagnostics.Stopwatch]::GetTimestamp() - $before) * $nanoseconds)
        }
        $process.Refresh()
        $times.Insert(0, ($process.TotalProcessorTime - $spent).Ticks * 100)
        [Console]::Out.WriteLine('[' + ($times -join ',') + ']')
    }
}

if ($What -eq 'versions') {
    "PowerShell $($PSVersionTable.PSVersion)"
    return
}
$call = switch ($What) {
    'bare interpreter' { { 'nothing' } }
    'ours' { Get-OurCall }
    'Invoke-RestMethod' { Get-RestCall }
    'Invoke-RestMethod, no session' { Get-RestCall -NoSession }
    'HttpClient' { Get-HttpCall }
}
if ($Mode -eq 'many') {
    Measure-Many $call
} elseif (-not (& $call)) {
    throw 'no token'
}
