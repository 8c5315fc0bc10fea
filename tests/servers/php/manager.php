<?php

/**
 * Asks a token manager that is made anew: whether this process knew the token already, and whether it is the one of the
 * login. With `?code=…` it logs the account in.
 */

declare(strict_types=1);

require __DIR__ . '/pinterest-oauth/autoload.php';

use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\TokenManager;

header('Content-Type: application/json');
ini_set('zend.exception_ignore_args', '0');
try {
    $account = (new TokenManager(store: $_GET['store'] ?? null))->account('shop-42');
    if (isset($_GET['code'])) {
        $account->login($_GET['code'], 'http://localhost:8085/');
    }
    $known = isset($_GET['code']) || $account->accessTokenNow() !== null;
    $answer = ['worker' => getmypid(), 'known' => $known, 'token' => hash('sha256', $account->accessToken())];
    error_log(var_export($account->token(), true) . print_r($account, true));
} catch (PinterestOAuthException $exception) {
    error_log((string) $exception);
    http_response_code(500);
    $answer = ['problem' => $exception->getMessage(), 'kind' => $exception->getKind()->value];
}
echo json_encode($answer);
