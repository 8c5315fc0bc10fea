# The two ends of a login: where to send the user, and what came back. Nothing is sent.

function Get-OauthAuthorizeUrl {
    <#
    .SYNOPSIS
    Makes the address of the page at which a user gives access.
    .DESCRIPTION
    Nothing is sent. Open the address in the user's browser, and keep the state until the browser comes back.
    .PARAMETER RedirectUri
    Where the browser goes afterwards; one of those registered for the app.
    .PARAMETER Scope
    The scopes to ask for: one text with commas, or a list.
    .PARAMETER State
    A text of your own that has to come back. If it is missing, an unpredictable one is made.
    .PARAMETER Extra
    Further parameters of the address: a dictionary.
    .PARAMETER Credential
    App id and app secret for this call, instead of those of the settings.
    .EXAMPLE
    $page = Get-OauthAuthorizeUrl -RedirectUri 'http://localhost:8085/' -Scope 'pins:read,boards:read'
    Start-Process $page.Url
    .OUTPUTS
    Pinterest.OAuth.AuthorizeUrl, with Url and State
    #>
    [CmdletBinding()]
    [OutputType('Pinterest.OAuth.AuthorizeUrl')]
    param(
        [Parameter(Position = 0)][string]$RedirectUri,
        [object]$Scope,
        [string]$State,
        [object]$Extra,
        [pscredential]$Credential
    )
    Invoke-Client $PSCmdlet 'AuthorizeUrl' $PSBoundParameters
}

function Resolve-OauthRedirect {
    <#
    .SYNOPSIS
    Takes the authorization code out of the address at which the browser came back.
    .DESCRIPTION
    Nothing is sent, and no settings are needed. It is an error when the user said no, and when the state is not the one that was kept.
    .PARAMETER Url
    The whole address.
    .PARAMETER State
    The state that was kept.
    .EXAMPLE
    $code = Resolve-OauthRedirect -Url (Read-Host 'Address') -State $page.State
    .OUTPUTS
    System.String, the code
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Position = 0)][string]$Url,
        [string]$State
    )
    try {
        $fields = Get-Field $PSCmdlet $PSBoundParameters
        $request = [Pinterest.OAuth.Request]::From($fields)
        $request['language'] = 'powershell'
        $code = [Pinterest.OAuth.Client]::Redirect($request)
    } catch {
        Stop-Cmdlet $PSCmdlet $_
    }
    $code
}
