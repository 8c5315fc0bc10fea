<?php

/** Calls in one process, one in five over the network; on standard input the settings. */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Tests\Support\Http;
use Pinterest\OAuth\Token;

/** KiB of this process that are in memory. */
function resident(): int
{
    preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents('/proc/self/status'), $found);

    return (int) $found[1];
}

['settings' => $settings, 'control' => $control, 'calls' => $calls] = json_decode(stream_get_contents(STDIN), true);
$client = new Client(...$settings);
$stranger = new Client(...['appSecret' => 'wrong'] + $settings);
$stored = '{"access_token":"pina_a","refresh_token":"pinr.b"}';
$page = 'http://localhost:8085/';
$rounds = [
    static fn () => $client->oauthToken('client_credentials', scope: 'ads:read')->toJson(),
    static fn () => $stranger->oauthToken('client_credentials'),
    static fn () => $client->authorizeUrl($page, scope: ['pins:read'])->url,
    static fn () => Client::redirect('?code=c&state=s', state: 's'),
    static fn () => Client::redirect('?code=c&state=other', state: 's'),
    static fn () => $client->oauthToken('nonsense'),
    static fn () => $client->oauthToken('authorization_code', code: "\xff"),
    static fn () => Token::fromJson($stored)->refreshToken,
    static fn () => new Client(environment: 'moon'),
    static fn () => (new Client(...$settings))->revoke(''),
];
$failures = 0;
$sizes = [];
for ($call = 0; $call < $calls; $call++) {
    try {
        $rounds[$call % 10]();
    } catch (PinterestOAuthException) {
        $failures++;
    }
    if ($call % intdiv($calls, 10) === 0) {
        Http::json('DELETE', "$control/requests");
        $sizes[] = resident();
    }
}
echo json_encode(['sizes' => $sizes, 'failures' => $failures]);
