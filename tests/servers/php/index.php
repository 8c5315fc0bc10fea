<?php

/** The application: asks for a token with the visitor's scopes, and says who answered. */

declare(strict_types=1);

require __DIR__ . '/pinterest-oauth/autoload.php';

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;

header('Content-Type: application/json');
// What an application logs at its most talkative.
ini_set('zend.exception_ignore_args', '0');
try {
    $client = new Client();
    $token = $client->oauthToken('client_credentials', scope: $_GET['scope']);
    error_log(var_export($token, true) . print_r($client, true) . json_encode($token));
    $master = @file_get_contents(__DIR__ . '/master.pid');
    $answer = ['master' => $master ? (int) $master : null, 'worker' => getmypid(), 'scopes' => $token->scopes];
} catch (PinterestOAuthException $exception) {
    error_log((string) $exception);
    http_response_code(500);
    $answer = ['problem' => $exception->getMessage()];
}
echo json_encode($answer);
