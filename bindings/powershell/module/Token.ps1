# The calls that give, renew and end tokens.

function Invoke-OauthToken {
    <#
    .SYNOPSIS
    Gets a token from Pinterest.
    .DESCRIPTION
    Sends POST /oauth/token with the app id and the app secret of the settings (see Get-Configuration) or of -Credential.
    What each grant needs: authorization_code -Code and -RedirectUri; refresh_token -RefreshToken or -Token;
    client_credentials -Scope.

    A call that fails throws. $_.FullyQualifiedErrorId begins with the reason, for example invalid_grant;
    $_.ErrorDetails is Pinterest's JSON; $_.Exception has Kind, WhatNow, Outcome, Field, HttpStatus, Code, RequestId,
    RetryAfter, RateLimit, Answer and Response.Headers; its Text says all that matters. It holds no secret.

    A token says how its call went in Answer: RequestId, RateLimit, Status, Attempts, Milliseconds. IsExpired() and
    ExpiresWithin(300) say whether its access token has expired, or will within 300 seconds: $null where that is not
    known.

    Ctrl-C ends the waiting at once. The call itself goes on until it is answered or its deadline ends it, so it may
    still take effect.
    .PARAMETER GrantType
    authorization_code, refresh_token or client_credentials.
    .PARAMETER Code
    The authorization code: text or a SecureString.
    .PARAMETER RedirectUri
    The address that the code was asked for with.
    .PARAMETER RefreshToken
    The refresh token: text or a SecureString.
    .PARAMETER Token
    A token to refresh, instead of -RefreshToken: what a call returned, or its JSON.
    .PARAMETER Scope
    The scopes: one text with commas, or a list.
    .PARAMETER ContinuousRefresh
    Asks for refresh tokens that change at each use. -ContinuousRefresh:$false asks for the contrary.
    .PARAMETER Extra
    Further fields of the form: a dictionary.
    .PARAMETER TimeoutSec
    The deadline of this call in seconds, name look-up included. Fractions are allowed.
    .PARAMETER Credential
    App id and app secret for this call, instead of those of the settings.
    .EXAMPLE
    $token = Invoke-OauthToken -GrantType authorization_code -Code $code -RedirectUri 'http://localhost:8085/'
    $token.ToJson() | Set-Content token.json

    Gets a token from the code of a login, and stores all of it.
    .EXAMPLE
    Invoke-OauthToken client_credentials -Scope ads:read -Credential $app

    Gets a token for the app itself.
    .EXAMPLE
    try {
        $token = Invoke-OauthToken -GrantType refresh_token -RefreshToken $stored
    } catch [Pinterest.OAuth.InvalidGrantException] {
        'Please log in again.'
    }

    Catches one kind of error.
    .OUTPUTS
    Pinterest.OAuth.Token. Shown, it hides its secrets; ToJson() writes all of it, as do Format-List * and ConvertTo-Json.
    #>
    [CmdletBinding()]
    [OutputType('Pinterest.OAuth.Token')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [ArgumentCompleter({ 'authorization_code', 'refresh_token', 'client_credentials' })]
        [Alias('grant_type')]
        [string]$GrantType,
        [Parameter(ValueFromPipelineByPropertyName)]
        [object]$Code,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('redirect_uri')]
        [string]$RedirectUri,
        [Parameter(ValueFromPipelineByPropertyName)]
        [Alias('refresh_token')]
        [object]$RefreshToken,
        [object]$Token,
        [object]$Scope,
        [switch]$ContinuousRefresh,
        [object]$Extra,
        [double]$TimeoutSec,
        [pscredential]$Credential
    )
    process {
        Invoke-Client $PSCmdlet 'OauthTokenAsync' $PSBoundParameters
    }
}

function Update-OauthToken {
    <#
    .SYNOPSIS
    Refreshes a token.
    .DESCRIPTION
    Returns the new token. Store it at once in place of the old one: the refresh token may have changed.
    .PARAMETER Token
    The token to refresh: what a call returned, or its JSON.
    .PARAMETER TimeoutSec
    The deadline of this call in seconds. Fractions are allowed.
    .PARAMETER Credential
    App id and app secret for this call, instead of those of the settings.
    .EXAMPLE
    $token = Get-Content token.json -Raw | Update-OauthToken
    $token.ToJson() | Set-Content token.json
    .OUTPUTS
    Pinterest.OAuth.Token
    #>
    [CmdletBinding()]
    [OutputType('Pinterest.OAuth.Token')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)][object]$Token,
        [double]$TimeoutSec,
        [pscredential]$Credential
    )
    process {
        Invoke-Client $PSCmdlet 'OauthTokenAsync' $PSBoundParameters @{ GrantType = 'refresh_token' }
    }
}

function Revoke-OauthToken {
    <#
    .SYNOPSIS
    Revokes a token.
    .DESCRIPTION
    Pinterest permits it for tokens of system users alone.
    .PARAMETER Token
    The access token or refresh token itself: text or a SecureString.
    .PARAMETER TokenTypeHint
    access_token or refresh_token.
    .PARAMETER TimeoutSec
    The deadline of this call in seconds. Fractions are allowed.
    .PARAMETER Credential
    App id and app secret for this call, instead of those of the settings.
    .PARAMETER PassThru
    Returns how the call went: status, request id, rate limit.
    .EXAMPLE
    Revoke-OauthToken -Token $token.RefreshToken -TokenTypeHint refresh_token
    .OUTPUTS
    Nothing, or with -PassThru Pinterest.OAuth.Answer
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('Pinterest.OAuth.Answer')]
    param(
        [Parameter(Position = 0)][object]$Token,
        [ArgumentCompleter({ 'access_token', 'refresh_token' })][string]$TokenTypeHint,
        [double]$TimeoutSec,
        [pscredential]$Credential,
        [switch]$PassThru
    )
    if ($PSCmdlet.ShouldProcess('the token', 'Revoke')) {
        $answer = Invoke-Client $PSCmdlet 'RevokeAsync' $PSBoundParameters
        if ($PassThru) { $answer }
    }
}

function New-OauthConversionToken {
    <#
    .SYNOPSIS
    Makes a token for sending conversions.
    .PARAMETER AccessToken
    An access token with the scope ads:write: text or a SecureString.
    .PARAMETER TimeoutSec
    The deadline of this call in seconds. Fractions are allowed.
    .PARAMETER Credential
    App id and app secret for this call, instead of those of the settings.
    .EXAMPLE
    $conversion = $token | New-OauthConversionToken
    .OUTPUTS
    Pinterest.OAuth.Token
    #>
    [CmdletBinding()]
    [OutputType('Pinterest.OAuth.Token')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [Alias('access_token')]
        [object]$AccessToken,
        [double]$TimeoutSec,
        [pscredential]$Credential
    )
    process {
        Invoke-Client $PSCmdlet 'ConversionTokenAsync' $PSBoundParameters
    }
}

function ConvertTo-OauthToken {
    <#
    .SYNOPSIS
    Reads a stored token.
    .PARAMETER Json
    What ToJson() of a token wrote.
    .EXAMPLE
    $token = Get-Content token.json -Raw | ConvertTo-OauthToken
    .OUTPUTS
    Pinterest.OAuth.Token
    #>
    [CmdletBinding()]
    [OutputType('Pinterest.OAuth.Token')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)][AllowEmptyString()][string]$Json
    )
    process {
        try {
            $token = [Pinterest.OAuth.Token]::FromJson($Json)
        } catch {
            Stop-Cmdlet $PSCmdlet $_
        }
        $token
    }
}
