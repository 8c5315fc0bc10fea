Test-That 'A call that waits is stopped, as by Ctrl-C, and its answer is received' {
    $other = [powershell]::Create()
    $null = $other.AddScript({
            param($manifest, $urls)
            Import-Module $manifest
            Set-Configuration -Username $urls.app_id -Password $urls.app_secret -BaseUrl $urls.base_url
            Invoke-OauthToken client_credentials -Scope ads:read -TimeoutSec 3
        }).AddArgument($Manifest).AddArgument($Urls)
    Set-Answer @{ action = 'hang' }
    $running = $other.BeginInvoke()
    while (@(Get-Sent).Count -eq 0) {
        Assert-That (-not $running.IsCompleted) 'the call is under way'
        Start-Sleep -Milliseconds 20
    }
    $other.Stop()
    Assert-Equal 'Stopped' $other.InvocationStateInfo.State 'state'
    $other.Dispose()
    $warnings = Invoke-OauthToken client_credentials -Scope ads:read 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
    Assert-That ("$warnings".Contains('Receive-PinterestToken')) 'the next command says that something is kept'
    # The emulator never answers: what is received is the deadline's error.
    $null = Receive-PinterestToken -Wait -ErrorVariable late -ErrorAction SilentlyContinue
    Assert-Equal 'timeout' $late[0].Exception.Kind 'what came'
}

Test-That '-Parallel with -TimeoutSeconds loses no token' {
    $manifest = $Manifest
    $urls = $Urls
    Set-Answer @{ action = 'pinterest'; delay_ms = 12000 }
    $null = 1 | ForEach-Object -Parallel {
        Import-Module $using:manifest
        Set-Configuration -Username ($using:urls).app_id -Password ($using:urls).app_secret -BaseUrl ($using:urls).base_url
        Invoke-OauthToken client_credentials -Scope ads:read
    } -TimeoutSeconds 6 -ErrorAction SilentlyContinue 3>&1
    Assert-Equal 1 @(Receive-PinterestToken -Wait).Count 'received here, in another runspace'
}
