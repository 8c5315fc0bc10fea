Test-That 'A token has its values under the names of Pinterest and of .NET' {
    $token = Get-LoginToken
    foreach ($name in 'access_token', 'token_type', 'expires_in', 'expires_at', 'refresh_token', 'refresh_token_expires_in',
        'refresh_token_expires_at', 'refresh_token_rotated', 'scope', 'scopes', 'response_type', 'obtained_at') {
        Assert-That ($null -ne $token.$name) $name
        Assert-That ($null -ne $token.($name -replace '_', '')) "$name, as .NET writes it"
    }
    Assert-Equal ($token.obtained_at + $token.expires_in) $token.expires_at 'seconds'
    Assert-Equal $token.expires_at $token.ExpiresAt.ToUnixTimeSeconds() 'time'
    Assert-That ($token.Scopes -contains 'pins:read') 'scopes'
}

Test-That 'A token shows no secret unless it is asked for' {
    $token = Get-LoginToken
    $page = @(
        "$token", ('{0}' -f $token), [string]$token, ($token | Out-String), (@($token, $token) | Out-String)
        ($token | Format-List | Out-String), ($token | Format-Table | Out-String), ($token | Format-Wide | Out-String)
        (Write-Host $token 6>&1 | Out-String), (@{ token = $token } | Out-String), ($token | Out-String -Stream)
    ) -join ' '
    foreach ($secret in $token.access_token, $token.refresh_token) {
        Assert-That (-not $page.Contains($secret)) 'it is hidden'
        Assert-That (($token | Format-List * | Out-String -Width 2000).Contains($secret)) 'it is shown on request'
        Assert-That (($token | ConvertTo-Json).Contains($secret)) 'it is shown on request'
    }
    Assert-That ($token | Out-String).Contains('[redacted]') 'that there is one'
}

Test-That 'The JSON of a token loses nothing and is read again' {
    $more = '"k":1,"K":2,"when":"2026-11-22T10:00:00Z","long":12345678901234567890123,"zero":1.10'
    Set-Answer @{ status = 200; body = '{"access_token":"pina_made-up","refresh_token":"pinr.made-up",' + $more + '}' }
    $token = Invoke-OauthToken client_credentials -Scope ads:read
    Assert-That ($token.ToJson().Contains($more)) 'as it came'
    $again = $token.ToJson() | ConvertTo-OauthToken
    Assert-Equal $token.ToJson() $again.ToJson() 'read again'
    Assert-Equal 2 $again.Extra['K'] 'a key in capitals'
    Assert-Equal '2026-11-22T10:00:00Z' $again.Extra.when 'a time that stays text'
}

Test-That 'A token says whether it expires, and how its call went' {
    $token = Get-LoginToken
    Assert-Equal 'False' $token.IsExpired() 'now'
    Assert-Equal 'False' $token.ExpiresWithin(300) 'in seconds'
    Assert-Equal 'True' $token.ExpiresWithin([TimeSpan]::FromDays(3650)) 'in ten years'
    Assert-That ($null -eq (ConvertTo-OauthToken '{"access_token":"made-up"}').IsExpired()) 'it is not known'
    Assert-Equal 200 $token.Answer.Status 'status'
    Assert-Equal '/v5/oauth/token' $token.Answer.Path 'path'
    Assert-Equal 1 $token.Answer.Attempts 'attempts'
    Assert-That ($null -eq ($token.ToJson() | ConvertTo-OauthToken).Answer) 'it is not stored'
}

Test-That 'A token is of use in another runspace' {
    $token = Get-LoginToken
    $shown = 1 | ForEach-Object -Parallel { $it = $using:token; "$it " + $it.AccessToken.Length }
    Assert-Equal "Pinterest.OAuth.Token [redacted] $($token.access_token.Length)" $shown 'what it shows'
}
