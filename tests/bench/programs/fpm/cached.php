<?php

/** A request that asks a token manager, which it makes anew. With `?code=…` it logs the account in first. */

declare(strict_types=1);

require __DIR__ . '/pinterest-oauth/autoload.php';

$account = (new Pinterest\OAuth\TokenManager())->account('bench');
if (isset($_GET['code'])) {
    $account->login($_GET['code'], 'http://localhost:8085/');
}
$token = $account->accessToken();
header('Content-Length: 3');
echo strlen($token);
