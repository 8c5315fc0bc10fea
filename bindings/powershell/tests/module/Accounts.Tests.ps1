# The token manager. What it decides is tested in ../dotnet: here that PowerShell hands everything on.

# A store of its own, and a clock of it and the emulator.
function Use-Store {
    param([scriptblock]$Body)
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) "pinterest-$([guid]::NewGuid())"
    $null = New-Item -ItemType Directory -Path $folder
    $script:Clock = Join-Path $folder 'clock'
    Set-Content -LiteralPath $Clock -Value '0'
    try {
        Set-Configuration -Store (Join-Path $folder 'store') -ClockOffsetFile $Clock
        & $Body
    } finally {
        Set-Configuration -Store $null -ClockOffsetFile $null
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

# Lets days pass for Pinterest, and for the store unless only Pinterest's clock is meant.
function Step-Clock {
    param([int]$Days, [switch]$PinterestAlone)
    $null = Send-Control 'Post' 'clock' @{ advance = $Days * 86400 }
    if (-not $PinterestAlone) { Set-Content -LiteralPath $Clock -Value ($Days * 86400 + [int](Get-Content -LiteralPath $Clock)) }
}

function Get-Refreshed {
    $counts = (Invoke-RestMethod @Quiet -Uri "$($Urls.control_url)/counts").refresh_tokens
    ($counts.PSObject.Properties | Measure-Object -Property Value -Sum).Sum
}

function Connect-Account {
    param([string]$Name)
    $consent = Send-Control 'Post' 'authorize' @{ redirect_uri = $RedirectUri; scope = 'user_accounts:read,pins:read'; state = 's' }
    Connect-PinterestAccount $Name -Code $consent.code -RedirectUri $RedirectUri -State s
}

Test-That 'An access token is a SecureString, or text on request' {
    Use-Store {
        Assert-Equal 'ready' (Connect-Account 'shop-42').State 'state'
        $secret = Get-PinterestAccessToken shop-42
        Assert-That ($secret -is [securestring]) 'a SecureString'
        $text = Get-PinterestAccessToken shop-42 -AsPlainText
        Assert-Equal $text ([System.Net.NetworkCredential]::new('', $secret).Password) 'the same'
        $answer = Invoke-RestMethod @Quiet "$($Urls.base_url)/user_account" -Authentication Bearer -Token $secret -AllowUnencryptedAuthentication
        Assert-That $answer.username 'Pinterest takes it'
    }
}

Test-That 'A login with a browser ends with who logged in' {
    Use-Store {
        $null = Send-Control 'Post' 'switches' @{ user = 'anna' }
        $said = $null
        $end = Connect-PinterestAccount shop-42 -RedirectUri $env:REDIRECT_URI -Scope 'user_accounts:read' -NoBrowser:$false -InformationVariable said
        Assert-Equal 'done shop-42 @anna' "$($end.Outcome) $($end.Account) $($end.User)" 'the end'
        Assert-That ("$said" -like 'Opening your browser: *') 'what was said'
        Assert-Equal 'ready' (Get-PinterestAccount shop-42).State 'state'
        $failure = Get-Failure { Connect-PinterestAccount -RedirectUri $env:REDIRECT_URI -NoBrowser -TimeoutSec 0.5 }
        Assert-Equal 'timeout' $failure.Exception.Kind 'nobody came'
    }
}

Test-That 'Sixty days pass, and each refresh is made once' {
    Use-Store {
        $null = Connect-Account 'a'
        $first = Get-PinterestAccessToken a -AsPlainText
        Step-Clock 31
        $second = Get-PinterestAccessToken a -AsPlainText
        Assert-That ($second -ne $first) 'another one'
        Step-Clock 25
        Assert-Equal 1 (Update-PinterestAccount -Due).Refreshed 'refreshed'
        Assert-Equal 2 (Get-Refreshed) 'refreshes'
        $store = (Get-Configuration).Store
        $said = Invoke-Another "Import-Module '$Manifest'
            Set-Configuration -Username '$($Urls.app_id)' -Password '$($Urls.app_secret)' -BaseUrl '$($Urls.base_url)' -Store '$store' -ClockOffsetFile '$Clock'
            Get-PinterestAccessToken a -AsPlainText"
        Assert-Equal (Get-PinterestAccessToken a -AsPlainText) $said 'another process'
        Assert-Equal 2 (Get-Refreshed) 'refreshes in all'
    }
}

Test-That 'Accounts come by the pipeline, and one that fails is an error of its own' {
    Use-Store {
        $null = Connect-Account 'a'
        $null = Connect-Account 'b'
        Assert-Equal 2 @(Get-PinterestAccount | Get-PinterestAccessToken).Count 'of status objects'
        $given = @('a', 'none', 'b' | Get-PinterestAccount -ErrorVariable failed -ErrorAction SilentlyContinue)
        Assert-Equal 'a b' "$($given.Account)" 'given'
        Assert-Equal 'none unknown_account' "$($failed[0].TargetObject) $($failed[0].Exception.Kind)" 'the error'
        Assert-Equal 'ObjectNotFound' $failed[0].CategoryInfo.Category 'category'
        Assert-Equal '-Account' (Get-Failure { Get-PinterestAccessToken $null }).Exception.Field '$null is no account'
        Assert-Equal '-Account' (Get-Failure { Get-PinterestAccessToken 007 }).Exception.Field 'nor is a number'
    }
}

Test-That 'A call whose access token is refused is made once more' {
    Use-Store {
        $null = Connect-Account 'a'
        $address = "$($Urls.base_url)/user_account"
        Assert-That (Invoke-PinterestRestMethod $address -Account a).username 'a call'
        Step-Clock 1
        Step-Clock 31 -PinterestAlone
        Assert-That (Invoke-PinterestRestMethod $address -Account a -Headers @{ 'x-mine' = '1' }).username 'with a token that is dead'
        Assert-Equal 1 (Get-Refreshed) 'refreshes'
        Assert-Equal '1' @(Get-Sent)[-1].headers_by_name.'x-mine' 'a header of one''s own'
    }
}

Test-That 'Other errors of a call are those of Invoke-RestMethod, without the access token' {
    Use-Store {
        Import-PinterestAccount a -Token '{"access_token":"pina_canary-access"}'
        Set-Answer @{ status = 404; body_json = @{ code = 50; message = 'Not found' } }
        $record = Get-Failure { Invoke-PinterestRestMethod "$($Urls.base_url)/pins/1" -Account a }
        Assert-Equal 404 ([int]$record.Exception.Response.StatusCode) 'status'
        Assert-Equal 50 ($record.ErrorDetails.Message | ConvertFrom-Json).code 'what Pinterest answered'
        $shown = ($record | Format-List * -Force | Out-String), ($record.Exception.Response | Format-List * | Out-String), ($record.TargetObject | Out-String)
        Assert-That (-not "$shown".Contains('canary-access')) 'no access token'
    }
}

Test-That 'Rows are imported each into its account, exported, renamed and removed' {
    Use-Store {
        "account,access_token`na,pina_a`nb,pina_b" | ConvertFrom-Csv | Import-PinterestAccount
        Assert-Equal 'pina_b' (Export-PinterestAccount b).access_token 'exported'
        Rename-PinterestAccount b -NewName c
        Remove-PinterestAccount a -WhatIf
        Assert-Equal 'a c' "$((Get-PinterestAccount).Account)" 'with -WhatIf'
        Assert-Equal 'a' (Remove-PinterestAccount a -Confirm:$false).Account 'removed'
        Assert-Equal 'c' "$((Get-PinterestAccount).Account)" 'left'
    }
}

Test-That 'The status has a table, and nothing of it is secret' {
    Use-Store {
        Import-PinterestAccount a -Token '{"access_token":"pina_canary-access","refresh_token":"pinr.canary-refresh"}'
        $shown = (Get-PinterestAccount | Out-String -Width 200), (Get-PinterestAccount | Format-List * | Out-String), (Get-PinterestAccount | ConvertTo-Json -Depth 5),
            (Export-PinterestAccount a | Out-String), (Test-PinterestStore | ConvertTo-Json -Depth 5)
        Assert-That ($shown[0] -match 'Account +State +ExpiresAt') $shown[0]
        Assert-That (-not "$shown".Contains('canary')) 'no secret'
        Assert-Equal 'a' ((Get-PinterestAccount | ConvertTo-Json | ConvertFrom-Json) | Get-PinterestAccount).Account 'of JSON'
    }
}

Test-That 'A refresh whose command is stopped, as by Ctrl-C, is stored' {
    Use-Store {
        $null = Connect-Account 'a'
        $first = (Export-PinterestAccount a).access_token
        Step-Clock 1
        Set-Answer @{ action = 'pinterest'; delay_ms = 1000 }
        $other = [powershell]::Create()
        $null = $other.AddScript({
                param($manifest, $urls, $store, $clock)
                Import-Module $manifest
                Set-Configuration -Username $urls.app_id -Password $urls.app_secret -BaseUrl $urls.base_url -OauthUrl $urls.oauth_url -Store $store -ClockOffsetFile $clock
                Update-PinterestAccount a -Force
            }).AddArgument($Manifest).AddArgument($Urls).AddArgument((Get-Configuration).Store).AddArgument($Clock)
        $running = $other.BeginInvoke()
        while (-not (Get-Refreshed)) {
            Assert-That (-not $running.IsCompleted) 'the refresh is under way'
            Start-Sleep -Milliseconds 20
        }
        $other.Stop()
        $other.Dispose()
        Assert-That ([Pinterest.OAuth.TokenManager]::Finish(20)) 'it has ended'
        Assert-That ((Export-PinterestAccount a).access_token -ne $first) 'it is stored'
        Assert-Equal 1 (Get-Refreshed) 'refreshes'
    }
}
