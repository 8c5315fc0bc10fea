# What the tests share: sentences that hold or not, and the emulator. Dot-sourced.

$script:Passed = 0
$script:Failed = 0
$script:Urls = $env:EMULATOR_URLS | ConvertFrom-Json
$script:Manifest = Join-Path $env:POWERSHELL_MODULE 'Pinterest.OAuth.psd1'
# A fault of the harness's own calls may not show their bodies: 7.6 prints them when $DebugPreference says so.
$script:Quiet = @{ Debug = $false; Verbose = $false }
$script:RedirectUri = 'http://localhost:8085/'

# Runs a test: the emulator is as at its start, and the settings are those of its app.
function Test-That {
    param([string]$Sentence, [scriptblock]$Body)
    try {
        $null = Send-Control 'Post' 'reset' @{}
        Reset-Configuration
        $null = Receive-PinterestToken -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $null = & $Body
        $script:Passed++
        Write-Host "ok      $Sentence"
    } catch {
        $script:Failed++
        Write-Host "FAILED  ${Sentence}: $_"
        Write-Host $_.ScriptStackTrace
    }
}

function Assert-That {
    param($Condition, [string]$What)
    if (-not $Condition) { throw "it does not hold: $What" }
}

# Compares as text, in which 401 of any type is 401.
function Assert-Equal {
    param($Wanted, $Got, [string]$What)
    if ("$Wanted" -cne "$Got") { throw "${What}: expected '$Wanted', got '$Got'" }
}

# The error record of what has to fail.
function Get-Failure {
    param([scriptblock]$Body)
    $record = $null
    try { $null = & $Body } catch { $record = $_ }
    if ($null -eq $record) { throw 'nothing was thrown' }
    $record
}

function Reset-Configuration {
    $configuration = Get-Configuration
    foreach ($name in @($configuration.PSObject.Properties | ForEach-Object { $_.Name })) {
        $configuration.$name = $null
    }
    $configuration.Username = $Urls.app_id
    $configuration.Password = $Urls.app_secret
    $configuration.BaseUrl = $Urls.base_url
    $configuration.OauthUrl = $Urls.oauth_url
}

function Send-Control {
    param([string]$Method, [string]$Path, $Document)
    $body = ConvertTo-Json -InputObject $Document -Depth 9 -Compress
    Invoke-RestMethod @Quiet -Method $Method -Uri "$($Urls.control_url)/$Path" -ContentType 'application/json' -Body $body
}

# The emulator's next answers.
function Set-Answer {
    param([object[]]$Answers)
    $null = Send-Control 'Post' 'script' $Answers
}

# What reached the emulator. Put @( ) around a call.
function Get-Sent {
    (Invoke-RestMethod @Quiet -Uri "$($Urls.control_url)/requests").requests
}

# The form of a request: the first one is number 0.
function Get-SentForm {
    param([int]$Number)
    $sent = @(Get-Sent)
    $form = @{}
    foreach ($pair in $sent[$Number].form) { $form[$pair[0]] = $pair[1] }
    $form
}

# As if a user had given access: code and redirect.
function Get-Consent {
    param([string]$State = 's')
    Send-Control 'Post' 'authorize' @{ redirect_uri = $RedirectUri; scope = 'pins:read'; state = $State }
}

function Get-LoginToken {
    Invoke-OauthToken -GrantType authorization_code -Code (Get-Consent).code -RedirectUri $RedirectUri
}

# A file of its own, which the body gets.
function Use-File {
    param([scriptblock]$Body)
    $file = [System.IO.Path]::GetTempFileName()
    try { & $Body $file } finally { Remove-Item -LiteralPath $file -Force }
}

# Runs a script in another PowerShell, as the tests were started; what it says.
function Invoke-Another {
    param([string]$Script)
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid()).ps1"
    Set-Content -LiteralPath $file -Value $Script
    try {
        $said = & $env:PWSH -NoProfile -NoLogo -NonInteractive -File $file 2>&1
    } finally {
        Remove-Item -LiteralPath $file
    }
    ($said | Out-String).Trim()
}

function ConvertTo-Secret {
    param([string]$Text)
    ConvertTo-SecureString -String $Text -AsPlainText -Force
}
