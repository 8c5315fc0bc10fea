Test-That 'A call that waits is stopped, as by Ctrl-C' {
    Set-Answer @{ action = 'hang' }
    $other = [powershell]::Create()
    $null = $other.AddScript({
            param($manifest, $urls)
            Import-Module $manifest
            Set-Configuration -Username $urls.app_id -Password $urls.app_secret -BaseUrl $urls.base_url
            Invoke-OauthToken client_credentials -Scope ads:read -TimeoutSec 60
        }).AddArgument($Manifest).AddArgument($Urls)
    $running = $other.BeginInvoke()
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (@(Get-Sent).Count -eq 0) {
        Assert-That ($watch.Elapsed.TotalSeconds -lt 30 -and -not $running.IsCompleted) 'the call is under way'
        Start-Sleep -Milliseconds 20
    }
    $other.Stop()
    # The call's own deadline would have ended it after a minute.
    Assert-That ($watch.Elapsed.TotalSeconds -lt 45) 'it was stopped, and not ended by its deadline'
    Assert-Equal 'Stopped' $other.InvocationStateInfo.State 'state'
    $other.Dispose()
    Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'the next call works'
}
