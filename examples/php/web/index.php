<?php

/**
 * A web app in which visitors log in at Pinterest. PHP's own server, with four workers:
 *
 *     PHP_CLI_SERVER_WORKERS=4 php -d ffi.enable=1 -S localhost:5000 index.php
 *
 * Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and in REDIRECT_URI the address of /callback, registered with the app.
 * No session is needed, and each step may reach another worker.
 */

declare(strict_types=1);

use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\TokenManager;
use Pinterest\OAuth\Visitor;

// With Composer: vendor/autoload.php
require __DIR__ . '/../../../bindings/php/autoload.php';

$show = static function (int $status, string $text): void {
    http_response_code($status);
    header('Content-Type: text/plain; charset=utf-8');
    echo "$text\n";
};

try {
    $manager = new TokenManager();
    switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
        case '/':
            $show(200, 'Open /login to log in at Pinterest.');
            break;
        case '/login':
            $manager->beginLogin(
                ...Visitor::begins($_SERVER),
                account: 'shop-42',
                redirectUri: getenv('REDIRECT_URI') ?: 'http://localhost:5000/callback',
                scope: 'pins:read,boards:read',
                next: '/status',
            )->send();
            break;
        case '/callback':
            $manager->finishLogin(...Visitor::returns($_SERVER))->send();
            break;
        case '/status':
            $status = $manager->account('shop-42')->status();
            $show(200, "The account is {$status->state->value}: " . implode(' ', $status->scopes));
            break;
        default:
            $show(404, 'There is nothing here.');
    }
} catch (PinterestOAuthException $problem) {
    error_log($problem->getMessage()); // without any secret
    $show(502, 'The login did not work; it can be tried again.');
}
