@{
    RootModule           = 'Pinterest.OAuth.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b7c1d0f2-58a4-4e0b-9a3d-6a1f0c9e2d74'
    Author               = 'the pinterest-oauth authors'
    CompanyName          = 'the pinterest-oauth authors'
    Copyright            = '(c) the pinterest-oauth authors. MIT or Apache-2.0, as you like.'
    Description          = 'OAuth tokens of Pinterest API v5: a token manager, login, refresh with rotation, and errors that say what to do. Unofficial: not made or endorsed by Pinterest.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    TypesToProcess       = @('Pinterest.OAuth.types.ps1xml')
    FormatsToProcess     = @('Pinterest.OAuth.format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Connect-PinterestAccount'
        'ConvertFrom-PinterestToken'
        'ConvertTo-PinterestToken'
        'Export-PinterestAccount'
        'Get-Configuration'
        'Get-PinterestAccessToken'
        'Get-PinterestAccount'
        'Get-PinterestAuthorizeUrl'
        'Import-PinterestAccount'
        'Invoke-OauthToken'
        'Invoke-PinterestRestMethod'
        'New-PinterestConversionToken'
        'Receive-PinterestToken'
        'Remove-PinterestAccount'
        'Rename-PinterestAccount'
        'Resolve-PinterestRedirect'
        'Revoke-PinterestToken'
        'Set-Configuration'
        'Test-PinterestStore'
        'Update-PinterestAccount'
        'Update-PinterestToken'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Pinterest', 'OAuth', 'OAuth2', 'Token', 'PSEdition_Desktop', 'PSEdition_Core', 'Linux')
            ProjectUri   = 'https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/'
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The first version.'
        }
    }
}
