<?php

/** A signal that arrives while a call waits; on standard input the scenario, the settings and the control address. */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';
require __DIR__ . '/asking.php';

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Tests\Support\Http;

ini_set('zend.exception_ignore_args', '0');
$given = json_decode(stream_get_contents(STDIN), true);
['scenario' => $scenario, 'settings' => $settings, 'control' => $control] = $given;
$client = new Client(...$settings);
$answered = 'the handler did not run';
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, static function () use (&$answered, $control, $scenario): void {
    $answered = Http::json('GET', "$control/requests")['requests'][0]['answered'];
    if ($scenario === 'throws') {
        throw new RuntimeException('from the handler');
    }
});
$parent = getmypid();
$child = forked(static function () use ($control, $parent): void {
    while (!Http::json('GET', "$control/requests")['requests']) {
        usleep(10_000);
    }
    posix_kill($parent, SIGUSR1);
});
try {
    $result = $client->oauthToken('client_credentials', scope: ['ads:read'], extra: ['x' => 'c4nary'])->scope;
} catch (RuntimeException $exception) {
    $result = $exception->getMessage();
    error_log((string) $exception);
}
succeeded($child);
ask($client, 1, 3);
echo json_encode(['answered' => $answered, 'result' => $result]);
