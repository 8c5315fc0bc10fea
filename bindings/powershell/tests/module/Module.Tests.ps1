Test-That 'The manifest is valid, and exports what the module has' {
    $exported = (Test-ModuleManifest $Manifest).ExportedFunctions.Keys | Sort-Object
    $there = Get-Command -Module Pinterest.OAuth | ForEach-Object { $_.Name } | Sort-Object
    Assert-Equal ($there -join ',') ($exported -join ',') 'functions'
    Assert-That (@($there).Count -ge 9) 'there are functions'
}

Test-That 'Every function has a synopsis, an example, and a text for each parameter' {
    foreach ($command in Get-Command -Module Pinterest.OAuth) {
        $help = Get-Help $command.Name -Full
        Assert-That ($help.Synopsis -and -not $help.Synopsis.Trim().StartsWith($command.Name)) "$command has a synopsis"
        Assert-That (@($help.examples.example).Count -ge 1 -and $help.examples.example[0].code) "$command has an example"
        foreach ($parameter in @($help.parameters.parameter | Where-Object { $_ })) {
            if ($parameter.name -notin 'WhatIf', 'Confirm') {
                Assert-That (($parameter.description | Out-String).Trim()) "$command -$($parameter.name) has a text"
            }
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
    foreach ($line in 'Invoke-OauthToken -GrantType ', 'Set-Configuration -Environment ', 'Revoke-OauthToken -TokenTypeHint ') {
        $completions = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
        $texts = @($completions | ForEach-Object { $_.CompletionText })
        Assert-That ('refresh_token' -in $texts -or 'sandbox' -in $texts) $line
    }
}

Test-That 'The module is found by its name, and by the names of its functions' {
    $pwsh = (Get-Process -Id $PID).Path
    $before = $env:PSModulePath
    $env:PSModulePath = (Split-Path $env:POWERSHELL_MODULE) + [System.IO.Path]::PathSeparator + $before
    try {
        $said = & $pwsh -NoProfile -NonInteractive -Command '(Get-Configuration).GetType().FullName'
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
