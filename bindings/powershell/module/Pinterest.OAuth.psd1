@{
    RootModule           = 'Pinterest.OAuth.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b7c1d0f2-58a4-4e0b-9a3d-6a1f0c9e2d74'
    Author               = 'The contributors of pinterest-oauth'
    CompanyName          = 'The contributors of pinterest-oauth'
    Copyright            = 'The contributors of pinterest-oauth'
    Description          = 'OAuth tokens of Pinterest API v5. Unofficial: not made or endorsed by Pinterest.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    TypesToProcess       = @('Pinterest.OAuth.types.ps1xml')
    FormatsToProcess     = @('Pinterest.OAuth.format.ps1xml')
    FunctionsToExport    = @(
        'ConvertTo-OauthToken'
        'Get-Configuration'
        'Get-OauthAuthorizeUrl'
        'Invoke-OauthToken'
        'New-OauthConversionToken'
        'Resolve-OauthRedirect'
        'Revoke-OauthToken'
        'Set-Configuration'
        'Update-OauthToken'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{ PSData = @{ Tags = @('Pinterest', 'OAuth') } }
}
