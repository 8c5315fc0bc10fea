<?php

/** A call when so many bytes are left below the memory limit; on standard input how many, and the settings. */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';

use Pinterest\OAuth\Client;

['free' => $free, 'settings' => $settings] = json_decode(stream_get_contents(STDIN), true);
$client = new Client(...$settings);
$kept = [];
ini_set('memory_limit', (string) memory_get_usage(true));
while (memory_get_usage(true) - memory_get_usage() > $free + 8192) {
    $kept[] = str_repeat('x', 4000);
}
echo 'a token of ', $client->oauthToken('client_credentials', scope: 'ads:read')->scope;
