# The example of the document, as it is printed, but for the credentials and the host.

function Get-Example {
    $document = Get-Content -Raw -LiteralPath $env:SEED
    $code = [regex]::Match($document, '(?s)```powershell\r?\n(.*?)```').Groups[1].Value
    Assert-That ($code.Contains('Invoke-OauthToken -GrantType $GrantType')) 'the example was found'
    $code.Replace('"YOUR_USERNAME"', '$Urls.app_id').Replace('"YOUR_PASSWORD"', '$Urls.app_secret')
}

Test-That 'The example as it is printed says which fields are missing' {
    $said = . ([scriptblock]::Create((Get-Example))) 6>&1 | Out-String
    Assert-That ($said.Contains('Exception occurred when calling Invoke-OauthToken: ')) $said
    Assert-That ($said.Contains('-Code and -RedirectUri are required')) $said
    Assert-That ($said.Contains('Response headers: {}')) $said
    Assert-Equal 0 @(Get-Sent).Count 'requests'
}

Test-That 'The example with the fields that it leaves out gives a token' {
    $code = (Get-Consent).code
    $fields = '-GrantType $GrantType -Code $code -RedirectUri $RedirectUri'
    . ([scriptblock]::Create((Get-Example).Replace('-GrantType $GrantType', $fields)))
    Assert-That ($Result.access_token -like 'pina_*') 'a token'
    Assert-Equal 1 @(Get-Sent).Count 'requests'
}

Test-That 'The example shows what Pinterest answered' {
    $fields = '-GrantType $GrantType -Code "made-up" -RedirectUri $RedirectUri'
    $said = . ([scriptblock]::Create((Get-Example).Replace('-GrantType $GrantType', $fields))) 6>&1 | Out-String
    Assert-That ($said.Contains('code=283')) $said
    Assert-That ($said.Contains('x-pinterest-rid')) $said
}
