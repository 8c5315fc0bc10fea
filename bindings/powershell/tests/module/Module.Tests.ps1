Test-That 'The manifest is valid, and exports what the module has' {
    $exported = (Test-ModuleManifest $Manifest).ExportedCmdlets.Keys | Sort-Object
    $there = Get-Command -Module Pinterest.OAuth | ForEach-Object { $_.Name } | Sort-Object
    Assert-Equal ($there -join ',') ($exported -join ',') 'functions'
    Assert-That (@($there).Count -ge 11) 'there are commands'
    Assert-Equal (Get-Module Pinterest.OAuth).Version ([Pinterest.OAuth.Client].Assembly.GetName().Version.ToString(3)) 'the version of the assembly'
}

Test-That 'The commands are found by the name of Pinterest' {
    $found = @(Get-Command *Pinterest* -Module Pinterest.OAuth | ForEach-Object { $_.Name })
    Assert-Equal 18 $found.Count ($found -join ', ')
}

Test-That 'The syntax shows what each grant needs' {
    $lines = @((Get-Command Invoke-OauthToken -Syntax) -split "`n" | Where-Object { $_.Trim() })
    Assert-Equal 5 $lines.Count 'lines'
    Assert-That (@($lines | Where-Object { $_ -match '-Code' -and $_ -match '-RedirectUri' -and $_ -notmatch '-RefreshToken' }).Count -eq 1) 'the code'
}

Test-That 'The help has inputs, defaults, links and an about' {
    $help = Get-Help Invoke-OauthToken -Full | Out-String -Width 300
    foreach ($word in 'INPUTS', 'OUTPUTS', 'RELATED LINKS', 'That of the settings: 30', 'about_Pinterest.OAuth') {
        Assert-That ($help.Contains($word)) $word
    }
    Assert-That ((Get-Help about_Pinterest.OAuth | Out-String).Contains('Update-PinterestToken')) 'the about'
    Assert-That ((Get-Command Invoke-OauthToken).HelpUri) 'Get-Help -Online'
}

Test-That 'The manifest says where to look, and the module lies in a folder of its version' {
    $data = (Test-ModuleManifest $Manifest).PrivateData.PSData
    Assert-That ($data.ProjectUri -and $data.LicenseUri -and $data.Tags -contains 'Pinterest') 'addresses and tags'
    Assert-Equal (Test-ModuleManifest $Manifest).Version (Split-Path (Split-Path $Manifest) -Leaf) 'the folder'
}

Test-That 'A prefix keeps the commands apart from those of a generated client' {
    $said = Invoke-Another "Import-Module '$Manifest' -Prefix Pin; (Get-PinConfiguration).GetType().FullName; (Get-Command Get-Configuration -ErrorAction SilentlyContinue).Count"
    Assert-That ($said.StartsWith('Pinterest.OAuth.Configuration')) $said
}

Test-That 'A copy with the same bytes is reused, and another one is refused in one sentence' {
    $copy = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
    Copy-Item (Split-Path $Manifest) $copy -Recurse
    try {
        $other = Join-Path $copy 'Pinterest.OAuth.psd1'
        $said = Invoke-Another "Import-Module '$Manifest'; Import-Module '$other' -Force; (Get-Configuration).GetType().FullName"
        Assert-Equal 'Pinterest.OAuth.Configuration' $said 'the same bytes'
        Add-Content -LiteralPath (Join-Path $copy 'Pinterest.OAuth.dll') -Value 'x'
        $said = Invoke-Another "Import-Module '$Manifest'; try { Import-Module '$other' -Force } catch { `"`$_`" }"
        Assert-That ($said -match '^Pinterest\.OAuth \S+ of .* is loaded in this process already\. Start a new PowerShell to use ') $said
    } finally {
        Remove-Item -LiteralPath $copy -Recurse -Force
    }
}

Test-That 'In ConstrainedLanguage the import says what to use, and commands work' {
    $script = "`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; Import-Module '$Manifest' 3>&1 | Out-String
        '{`"access_token`":`"made-up`"}' | ConvertTo-PinterestToken | ConvertFrom-PinterestToken"
    $said = Invoke-Another $script
    Assert-That ($said.Contains('ConvertFrom-PinterestToken gives what ToJson() gives')) $said
    Assert-That ($said.Contains('{"access_token":"made-up"')) $said
}

Test-That 'Every function has a synopsis, an example, and a text for each parameter' {
    foreach ($command in Get-Command -Module Pinterest.OAuth) {
        $help = Get-Help $command.Name -Full
        Assert-That ($help.Synopsis -and -not $help.Synopsis.Trim().StartsWith($command.Name)) "$command has a synopsis"
        Assert-That (@($help.examples.example).Count -ge 1 -and $help.examples.example[0].code) "$command has an example"
        foreach ($parameter in @($help.parameters.parameter | Where-Object { $_ })) {
            Assert-That (($parameter.description | Out-String).Trim()) "$command -$($parameter.name) has a text"
        }
    }
}

Test-That 'Every function has an approved verb' {
    $approved = Get-Verb | ForEach-Object { $_.Verb }
    foreach ($command in Get-Command -Module Pinterest.OAuth) {
        Assert-That ($command.Verb -in $approved) "$command"
    }
}

Test-That 'Values that are known are completed' {
    foreach ($line in 'Invoke-OauthToken -GrantType ', 'Set-Configuration -Environment ', 'Revoke-PinterestToken -TokenTypeHint ', 'Invoke-OauthToken -Scope ', 'Set-Configuration -TrustEnv ') {
        $completions = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
        $texts = @($completions | ForEach-Object { $_.CompletionText })
        Assert-That ('refresh_token' -in $texts -or 'sandbox' -in $texts -or 'pins:read' -in $texts -or '$false' -in $texts) $line
    }
}

Test-That 'The module is found by its name, and by the names of its functions' {
    $before = $env:PSModulePath
    $env:PSModulePath = (Split-Path (Split-Path $env:POWERSHELL_MODULE)) + [System.IO.Path]::PathSeparator + $before
    try {
        $said = & $env:PWSH -NoProfile -NonInteractive -Command '(Get-Configuration).GetType().FullName'
    } finally {
        $env:PSModulePath = $before
    }
    Assert-Equal 'Pinterest.OAuth.Configuration' ($said | Out-String).Trim() 'what it said'
}

Test-That 'The module is removed and imported again' {
    Remove-Module Pinterest.OAuth
    Assert-That ($null -eq (Get-Module Pinterest.OAuth)) 'it is gone'
    Import-Module $Manifest
    Reset-Configuration
    Assert-That ((Invoke-OauthToken client_credentials -Scope ads:read).access_token) 'a token'
}
