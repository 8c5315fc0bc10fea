<?php

/**
 * Logs a user in with the browser of this machine, and keeps the token: one call.
 *
 * Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and register http://localhost:8085/ with the app. For a test server
 * set PINTEREST_API_URI and PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.
 */

declare(strict_types=1);

use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\TokenManager;

// With Composer: vendor/autoload.php
require __DIR__ . '/../../bindings/php/autoload.php';

try {
    $end = (new TokenManager())->login(
        account: 'shop-42',
        redirectUri: $argv[1] ?? null,
        scope: 'pins:read,boards:read',
        confirm: true,
    );
} catch (PinterestOAuthException $problem) {
    fwrite(STDERR, $problem->getMessage() . "\n");
    exit(1);
}
echo 'Scopes: ', implode(', ', $end->scopes), "\n";
echo "Calls to Pinterest may be made with \$manager->account('shop-42')->accessToken().\n";
