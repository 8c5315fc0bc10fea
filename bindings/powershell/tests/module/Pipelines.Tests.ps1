# Several tokens in a pipeline, and calls whose waiting was ended: no token that came is lost.

Test-That 'An item that fails is an error of its own, and the others are renewed' {
    $a = Get-LoginToken
    $c = Get-LoginToken
    $new = @($a, 'no token', $c | Update-PinterestToken -ErrorVariable failed -ErrorAction SilentlyContinue)
    Assert-Equal 2 $new.Count 'tokens'
    Assert-Equal 1 @($failed).Count 'errors'
    Assert-Equal 'item 2' $failed[0].TargetObject 'which item'
    Assert-That ($new[1].refresh_token -ne $c.refresh_token) 'the last one too'
}

Test-That '-ErrorAction Stop throws, and what was renewed before is received' {
    $a = Get-LoginToken
    $new = $null
    $record = Get-Failure { $new = $a, 'no token' | Update-PinterestToken -ErrorAction Stop }
    Assert-That ($record.Exception.Kind -eq 'invalid_argument' -or $record.Exception.InnerException.Kind -eq 'invalid_argument') 'thrown'
    $received = @(Receive-PinterestToken)
    Assert-Equal 1 $received.Count 'received'
    Assert-That ($received[0].refresh_token -ne $a.refresh_token) 'the new one'
    Assert-Equal 0 @(Receive-PinterestToken).Count 'once'
}

Test-That 'A token whose storing failed is received' {
    $a = Get-LoginToken
    $null = Get-Failure { $a | Update-PinterestToken | ForEach-Object { throw 'disk full' } }
    Assert-Equal 1 @(Receive-PinterestToken -Token $a).Count 'received'
}

Test-That 'Select-Object -First has what it wanted, and nothing is kept' {
    $new = Get-LoginToken | Update-PinterestToken | Select-Object -First 1
    Assert-That $new.access_token 'a token'
    Assert-Equal 0 @(Receive-PinterestToken).Count 'kept'
}

Test-That 'Objects of a pipeline give all their fields' {
    $row = [pscustomobject]@{ grant_type = 'refresh_token'; refresh_token = 'pinr.x'; scope = 'pins:read'; continuous_refresh = 'true'; redirect_uri = '' }
    $row | Invoke-OauthToken -ErrorAction SilentlyContinue
    $form = Get-SentForm 0
    Assert-Equal 'pinr.x pins:read true' "$($form.refresh_token) $($form.scope) $($form.continuous_refresh)" 'what was sent'
}

Test-That 'A token that is piped to Invoke-OauthToken keeps what Update-PinterestToken keeps' {
    $token = ConvertTo-PinterestToken '{"access_token":"x","refresh_token":"pinr.x","scope":"pins:read","refresh_token_expires_at":1900000000}'
    Set-Answer @{ status = 200; body_json = @{ access_token = 'y' } }
    $new = $token | Invoke-OauthToken refresh_token
    Assert-Equal 'pinr.x pins:read 1900000000' "$($new.refresh_token) $($new.scope) $($new.refresh_token_expires_at)" 'kept'
}

Test-That 'A whole token is revoked, and makes a token for conversions' {
    $token = Invoke-OauthToken client_credentials -Scope ads:write
    Assert-That (($token.ToJson() | New-PinterestConversionToken).access_token) 'of JSON'
    $token | Revoke-PinterestToken
    Assert-Equal $token.access_token (Get-SentForm 2).token 'the access token'
}
