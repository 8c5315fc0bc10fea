<?php

/**
 * What a user does, on a host that forbids functions: each thing by itself, with arguments in traces. The program calls
 * no function of PHP; the file that it is given has the settings, and names the files of the classes.
 */

declare(strict_types=1);

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Token;
use Pinterest\OAuth\TokenManager;

use function Pinterest\OAuth\oauthToken;

['settings' => $settings, 'files' => $files] = require $argv[1];
foreach ($files as $file) {
    require_once $file;
}
$stored = '{"access_token":"pina_c4nary","refresh_token":"pinr.c4nary"}';
$things = [
    'a client' => static fn () => (new Client(...$settings))->oauthToken('client_credentials', scope: 'ads:read'),
    'no client' => static fn () => oauthToken('client_credentials', ...$settings, scope: 'ads:read'),
    'a stored token' => static fn () => Token::fromJson($stored),
    'an array' => static fn () => Token::fromArray(['access_token' => 'pina_c4nary']),
    'a redirect' => static fn () => Client::redirect('?code=c4nary&state=s', 's'),
    'a bad grant' => static fn () => (new Client(...$settings))->oauthToken('nonsense', code: 'c4nary'),
    'a bad code' => static fn () => (new Client(...$settings))
        ->oauthToken('authorization_code', code: 'c4nary', redirectUri: 'http://localhost:8085/'),
    'another state' => static fn () => Client::redirect('?code=c4nary&state=s', 'another'),
    'a manager' => static fn () => (new TokenManager(...$settings, store: ':memory:'))->app('ads:read')->accessToken(),
    'a bad name' => static fn () => (new TokenManager(...$settings, store: ':memory:'))->account(''),
];
foreach ($things as $name => $thing) {
    try {
        $given = $thing();
        echo $name, ': ', $given instanceof Token ? 'a token' : 'a code', "\n";
    } catch (PinterestOAuthException $exception) {
        echo $name, ': ', $exception->getKind()->value, ' ', $exception->getField(), "\n";
        if ($exception->getFile() !== __FILE__) {
            echo $name, ': thrown at ', $exception->getFile(), "\n";
        }
        foreach ($exception->getTrace() as $frame) {
            if (isset($frame['args'])) {
                echo $name, ": arguments in the trace\n";
            }
        }
    } catch (Throwable $other) {
        echo $name, ': ', $other->getMessage(), "\n";
    }
}
