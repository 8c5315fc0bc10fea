<?php

/**
 * A code becomes a token, and the token is refreshed.
 *
 * Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and for a test server PINTEREST_API_URI and
 * PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.
 */

declare(strict_types=1);

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\GrantType;
use Pinterest\OAuth\Token;

// With Composer: vendor/autoload.php.
require __DIR__ . '/../../bindings/php/autoload.php';

const REDIRECT_URI = 'http://localhost:8085/';

/** What to print instead of a token: equal for equal tokens, and useless for anything else. */
function fingerprint(string $secret): string
{
    return substr(hash('sha256', $secret), 0, 12);
}

function show(string $step, Token $token): void
{
    $access = fingerprint($token->accessToken);
    $refresh = fingerprint($token->refreshToken ?? '');
    echo "$step: access token $access, refresh token $refresh\n";
}

try {
    $client = new Client();
    $page = $client->authorizeUrl(REDIRECT_URI, scope: 'pins:read,boards:read');
    echo "Open this address, give access, and paste the address at which the browser ends up:\n{$page->url}\n";
    $code = Client::redirect(trim((string) fgets(STDIN)), state: $page->state);
    $token = $client->oauthToken(GrantType::AuthorizationCode, code: $code, redirectUri: REDIRECT_URI);
    show('code', $token);
    $token = $client->refresh($token);
    show('refresh', $token);
} catch (PinterestOAuthException $exception) {
    fwrite(STDERR, $exception->getMessage() . "\n");
    exit(1);
}
if ($token->refreshTokenRotated) {
    echo "The refresh token has rotated: store \$token->toJson() in place of the old one.\n";
}
