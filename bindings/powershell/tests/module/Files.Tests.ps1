# A token is refreshed in the file where it is stored.

# A folder in which PowerShell is, with a token in token.json; the process is elsewhere.
function Use-TokenFile {
    param([scriptblock]$Body)
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid())"
    $null = New-Item -ItemType Directory -Path $folder
    Push-Location -LiteralPath $folder
    try {
        $file = Join-Path $folder 'token.json'
        Get-LoginToken | ConvertFrom-PinterestToken | Set-Content -LiteralPath $file
        & $Body $file
    } finally {
        Pop-Location
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

function Get-StoredToken {
    param([string]$File)
    Get-Content -LiteralPath $File -Raw | ConvertTo-PinterestToken
}

Test-That 'A file whose token is refreshed has the new one, whichever way it is named' {
    $null = Send-Control 'Post' 'switches' @{ rotation = 'strict' }
    Use-TokenFile {
        param($file)
        $ways = [ordered]@{
            'a path' = { Update-PinterestToken -Path token.json }
            'a pattern' = { Update-PinterestToken -Path *.json }
            'a literal path' = { Update-PinterestToken -LiteralPath $file }
            'its alias' = { Update-PinterestToken -PSPath (Get-Item token.json).PSPath }
            'Get-Item' = { Get-Item token.json | Update-PinterestToken }
            'Get-ChildItem' = { Get-ChildItem *.json | Update-PinterestToken }
            'Resolve-Path' = { Resolve-Path *.json | Update-PinterestToken }
            'an object with a path' = { [pscustomobject]@{ Path = 'token.json' } | Update-PinterestToken }
            'a value of -Path' = { Update-PinterestToken -Path (Get-Item token.json) }
        }
        foreach ($way in $ways.Keys) {
            $old = Get-StoredToken $file
            $new = @(& $ways[$way])
            Assert-Equal 1 $new.Count $way
            Assert-That ($new[0].refresh_token -ne $old.refresh_token) "${way}: another token"
            Assert-Equal $new[0].ToJson() (Get-StoredToken $file).ToJson() "${way}: the file"
        }
        Assert-Equal 'token.json' (@(Get-ChildItem -Force).Name -join ',') 'files'
    }
}

Test-That 'The text of a file is a token still, although it knows its path' {
    Use-TokenFile {
        param($file)
        $before = Get-Content -LiteralPath $file -Raw
        Assert-Equal 1 @(Get-Content token.json | Update-PinterestToken).Count 'lines'
        Assert-Equal 1 @(Get-Content token.json -Raw | Update-PinterestToken).Count 'the whole'
        Assert-Equal $before (Get-Content -LiteralPath $file -Raw) 'the file'
    }
}

Test-That 'Of several files one that fails is an error of its own, and names its file' {
    Use-TokenFile {
        param($file)
        $other = Join-Path (Split-Path $file) 'a.json'
        Set-Content -LiteralPath $other -Value '{"access_token":"made-up"}'
        $new = @(Update-PinterestToken -Path *.json -ErrorVariable failed -ErrorAction SilentlyContinue)
        Assert-Equal 1 $new.Count 'tokens'
        Assert-Equal $other $failed[0].TargetObject 'which file'
        Assert-Equal '-Path' $failed[0].Exception.Field 'field'
    }
}

Test-That 'What is wrong with a file is said of the parameter, and nothing is sent' {
    foreach ($call in @(
            { Update-PinterestToken -Path none.json }, { Update-PinterestToken -LiteralPath none.json },
            { Update-PinterestToken -Path 'none[1]*.json' }, { Update-PinterestToken -LiteralPath 'none[1]*.json' },
            { Update-PinterestToken -Path Env:PATH }, { Update-PinterestToken -LiteralPath nowhere:token.json },
            { Update-PinterestToken -Path $null }, { Update-PinterestToken -Path . }
        )) {
        $problem = (Get-Failure $call).Exception
        $parameter = ($call.ToString().Trim() -split ' ')[1]
        Assert-Equal "invalid_argument $parameter not_sent" "$($problem.Kind) $($problem.Field) $($problem.Outcome)" "$call"
    }
    Assert-Equal 0 @(Get-Sent).Count 'requests'
}

Test-That '-WhatIf leaves the file as it is' {
    Use-TokenFile {
        param($file)
        $before = Get-Content -LiteralPath $file -Raw
        $sent = @(Get-Sent).Count
        Assert-Equal 0 @(Update-PinterestToken -Path token.json -WhatIf).Count 'tokens'
        Assert-Equal $before (Get-Content -LiteralPath $file -Raw) 'the file'
        Assert-Equal $sent @(Get-Sent).Count 'requests'
    }
}

Test-That 'The syntax and the help have a set for each kind of path' {
    $sets = (Get-Command Update-PinterestToken).ParameterSets
    Assert-Equal 'LiteralPath,Path,Token' (@($sets.Name | Sort-Object) -join ',') 'sets'
    Assert-Equal 'Token' @($sets | Where-Object { $_.IsDefault })[0].Name 'the default'
    $help = Get-Help Update-PinterestToken -Parameter Path
    Assert-Equal 'true' "$($help.globbing)" 'wildcards'
    Assert-That ($help.pipelineInput -match 'ByPropertyName') 'the pipeline'
}
