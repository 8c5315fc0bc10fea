Test-That 'A token has its values under the names of Pinterest and of .NET' {
    $token = Get-LoginToken
    foreach ($name in 'access_token', 'token_type', 'expires_in', 'expires_at', 'refresh_token', 'refresh_token_expires_in',
        'refresh_token_expires_at', 'refresh_token_rotated', 'scope', 'scopes', 'response_type', 'obtained_at') {
        Assert-That ($null -ne $token.$name) $name
        Assert-That ($null -ne $token.($name -replace '_', '')) "$name, as .NET writes it"
    }
    Assert-Equal ($token.obtained_at + $token.expires_in) $token.expires_at 'seconds'
    Assert-Equal $token.expires_at ([DateTimeOffset]$token.ExpiresAt).ToUnixTimeSeconds() 'time'
    Assert-That ($token.Scopes -contains 'pins:read') 'scopes'
}

Test-That 'A token shows no secret unless it is asked for' {
    $token = Get-LoginToken
    $page = @(
        "$token", ('{0}' -f $token), [string]$token, ($token | Out-String), (@($token, $token) | Out-String)
        ($token | Format-List | Out-String), ($token | Format-Table | Out-String), ($token | Format-Wide | Out-String)
        (Write-Host $token 6>&1 | Out-String), (@{ token = $token } | Out-String), ($token | Out-String -Stream)
        ($token | Format-List * | Out-String -Width 2000), ($token | Select-Object * | Out-String -Width 2000)
        ($token | ConvertTo-Csv | Out-String -Width 2000)
    ) -join ' '
    foreach ($secret in $token.access_token, $token.refresh_token) {
        Assert-That (-not $page.Contains($secret)) 'it is hidden'
        Assert-That (($token | ConvertFrom-PinterestToken).Contains($secret)) 'it is given to who asks'
    }
    Assert-That ($token | Out-String).Contains('[redacted]') 'that there is one'
}

Test-That 'The JSON of a token loses nothing and is read again' {
    $more = '"k":1,"K":2,"when":"2026-11-22T10:00:00Z","long":12345678901234567890123,"zero":1.10'
    Set-Answer @{ status = 200; body = '{"access_token":"pina_made-up","refresh_token":"pinr.made-up",' + $more + '}' }
    $token = Invoke-OauthToken client_credentials -Scope ads:read
    Assert-That ($token.ToJson().Contains($more)) 'as it came'
    $again = $token.ToJson() | ConvertTo-PinterestToken
    Assert-Equal $token.ToJson() $again.ToJson() 'read again'
    Assert-Equal 2 $again.Extra['K'] 'a key in capitals'
    Assert-Equal '2026-11-22T10:00:00Z' $again.Extra.when 'a time that stays text'
}

Test-That 'A token says whether it expires, and how its call went' {
    $token = Get-LoginToken
    Assert-Equal 'False' $token.IsExpired() 'now'
    Assert-Equal 'False' $token.ExpiresWithin(300) 'in seconds'
    Assert-Equal 'True' $token.ExpiresWithin([TimeSpan]::FromDays(3650)) 'in ten years'
    Assert-That ($null -eq (ConvertTo-PinterestToken '{"access_token":"made-up"}').IsExpired()) 'it is not known'
    Assert-Equal 200 $token.Answer.Status 'status'
    Assert-Equal '/v5/oauth/token' $token.Answer.Path 'path'
    Assert-Equal 1 $token.Answer.Attempts 'attempts'
    Assert-That ($null -eq ($token.ToJson() | ConvertTo-PinterestToken).Answer) 'it is not stored'
}

Test-That 'A token is of use in another runspace' {
    $token = Get-LoginToken
    $shown = 1 | ForEach-Object -Parallel { $it = $using:token; $it.access_token; $it.expires_at; $it | Out-String -Width 500 }
    Assert-Equal $token.access_token $shown[0] 'under the name of Pinterest'
    Assert-Equal $token.expires_at $shown[1] 'the expiry'
    $other = [powershell]::Create().AddScript('param($it) $it | Format-List * | Out-String -Width 500').AddArgument($token)
    $page = "$($shown[2]) $($other.Invoke())"
    foreach ($secret in $token.access_token, $token.refresh_token) { Assert-That (-not $page.Contains($secret)) 'it is hidden' }
}

Test-That 'A text that was about to be stored says what it is' {
    Use-File {
        param($file)
        Get-LoginToken | Update-PinterestToken | Set-Content -LiteralPath $file
        $stored = Get-Content -Raw -LiteralPath $file
        Assert-That ($stored.Contains('ToJson()')) $stored
        Assert-Equal 'invalid_argument' (Get-Failure { Update-PinterestToken -Token $stored }).Exception.Kind 'and is no token'
    }
}

Test-That 'The expiry compares with Get-Date in both directions' {
    $token = Get-LoginToken
    $late = ConvertTo-PinterestToken ('{"access_token":"x","expires_at":' + ([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() - 60) + '}')
    Assert-Equal 'False' ((Get-Date) -ge $token.ExpiresAt) 'it has time'
    Assert-Equal 'True' ($token.ExpiresAt -gt (Get-Date)) 'the other way round'
    Assert-Equal 'True' ((Get-Date) -ge $late.ExpiresAt) 'it has expired'
    Assert-That ((New-TimeSpan -End $token.ExpiresAt).TotalDays -gt 1) 'New-TimeSpan'
    Assert-That (([datetime]$token.ExpiresAt) -is [datetime]) '[datetime]'
    Assert-Equal 'True' $late.IsExpired() 'IsExpired()'
}

# What comes back from $Form is taken, and its token is the same one.
function Test-Form {
    param([string]$Name, [scriptblock]$Form)
    $token = Get-LoginToken
    $json = $token.ToJson()
    Assert-Equal $json (& $Form $token | ConvertTo-PinterestToken | ConvertFrom-PinterestToken) $Name
}

Test-That 'Every form in which PowerShell hands a token on is taken' {
    Test-Form 'Select-Object *' { param($token) $token | Select-Object * }
    Test-Form 'ConvertFrom-Json' { param($token) $token.ToJson() | ConvertFrom-Json }
    Test-Form 'ConvertFrom-Json -AsHashtable' { param($token) $token.ToJson() | ConvertFrom-Json -AsHashtable }
    Test-Form 'ConvertTo-Json' { param($token) $token | ConvertTo-Json -WarningAction SilentlyContinue }
    Test-Form 'ConvertTo-Json and back' { param($token) $token | ConvertTo-Json -WarningAction SilentlyContinue | ConvertFrom-Json }
    Test-Form 'a SecureString' { param($token) ConvertTo-Secret $token.ToJson() }
    Test-Form 'SecureDocument' { param($token) $token.SecureDocument }
    Test-Form 'a job' { param($token) Start-Job { $input } -InputObject $token | Receive-Job -Wait -AutoRemoveJob }
    Use-File {
        param($file)
        Test-Form 'Import-Clixml' { param($token) $token | Export-Clixml $file; Import-Clixml $file }
        Test-Form 'lines' { param($token) $token.ToJson() -replace ',"', ",`n`"" | Set-Content $file; Get-Content $file }
        Test-Form 'Import-Csv' {
            param($token)
            $token.ToJson() | ConvertFrom-Json | Select-Object * -ExcludeProperty scopes | Export-Csv $file
            Import-Csv $file
        }
    }
}

Test-That 'An empty file is an error' {
    Use-File {
        param($file)
        Get-Content $file | Update-PinterestToken -ErrorVariable failed -ErrorAction SilentlyContinue
        Assert-Equal 1 @($failed).Count 'without -Raw'
        Get-Content $file -Raw | Update-PinterestToken -ErrorVariable failed -ErrorAction SilentlyContinue
        Assert-Equal 1 @($failed).Count 'with -Raw'
    }
}

Test-That 'A token and the settings show nothing where the module is not loaded' {
    Use-File {
        param($file)
        $token = Get-LoginToken
        $token, (Get-Configuration) | Export-Clixml $file
        $said = Invoke-Another "Import-Clixml '$file' | Format-List * | Out-String -Width 2000"
        foreach ($secret in $token.access_token, $token.refresh_token, $Urls.app_secret) { Assert-That (-not $said.Contains($secret)) 'it is hidden' }
        Assert-That ($said.Contains('SecureDocument')) 'the token is there'
    }
}

Test-That 'What is no token is said with the types that are taken' {
    $message = (Get-Failure { Update-PinterestToken -Token 5 }).Exception.Message
    foreach ($word in '-Token', 'JSON', 'SecureString', 'access_token') { Assert-That ($message.Contains($word)) $message }
}

Test-That 'An address is sent as it was written' {
    $null = Get-Failure { Invoke-OauthToken authorization_code -Code made-up -RedirectUri ([uri]'http://localhost:8085?x=%41') }
    Assert-Equal 'http://localhost:8085?x=%41' (Get-SentForm 0).redirect_uri 'redirect_uri'
}

Test-That 'Scopes of a list are trimmed' {
    $null = Invoke-OauthToken client_credentials -Scope ('ads:read, pins:read' -split ',')
    Assert-Equal 'ads:read,pins:read' (Get-SentForm 0).scope 'scope'
}

Test-That 'The access token goes to Invoke-RestMethod as a SecureString' {
    $token = Get-LoginToken
    Assert-That ($token.SecureAccessToken -is [securestring]) 'its type'
    Assert-Equal $token.access_token ([System.Net.NetworkCredential]::new('', $token.SecureAccessToken).Password) 'its text'
    $null = Invoke-RestMethod @Quiet -Uri "$($Urls.control_url)/requests" -Authentication Bearer -Token $token.SecureAccessToken -AllowUnencryptedAuthentication
}
