<?php

/** The same as worker.c in PHP, one caller after the other: `worker.php CALLERS < lines`. */

declare(strict_types=1);

use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\TokenManager;

require __DIR__ . '/../../bindings/php/autoload.php';

$settings = [];
foreach (json_decode(fgets(STDIN), true) as $name => $value) {
    $settings[lcfirst(str_replace('_', '', ucwords($name, '_')))] = $value;
}
$account = (new TokenManager(...$settings))->account('shop');
echo "ready\n";

while (fgets(STDIN) !== false) {
    for ($caller = 0; $caller < (int) $argv[1]; $caller++) {
        try {
            echo "0 {$account->accessToken()}\n";
        } catch (PinterestOAuthException $error) {
            echo "1 {$error->getKind()->value}: {$error->getMessage()}\n";
        }
    }
    echo ".\n";
}
