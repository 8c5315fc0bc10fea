<?php

/** The PHP driver of the conformance cases: the public classes of Pinterest\OAuth and nothing else. */

declare(strict_types=1);

use Pinterest\OAuth\Answer;
use Pinterest\OAuth\AuthorizeUrl;
use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Token;

use function Pinterest\OAuth\oauthToken;

require __DIR__ . '/../../../../bindings/php/autoload.php';
require __DIR__ . '/managed.php';

const JSON = JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR;
const CENTURY = 100 * 365 * 86400;

/** PHP names in camelCase what documents name in snake_case. */
function camel(string $name): string
{
    return lcfirst(str_replace('_', '', ucwords($name, '_')));
}

function snake(string $name): string
{
    return strtolower(preg_replace('/[A-Z]/', '_$0', $name));
}

/** A document as named arguments. */
function arguments(array $document): array
{
    return array_combine(array_map('camel', array_keys($document)), $document);
}

/** PHP itself refuses unknown names and wrong types, and names the parameter: that is its invalid_argument. */
function refused(Error $error): array
{
    if (!preg_match('/(?:Unknown named parameter|Argument #\d+) \(?\$(\w+)/', $error->getMessage(), $found)) {
        throw $error;
    }
    $document = ['kind' => 'invalid_argument', 'outcome' => 'not_sent', 'field' => $found[1]];

    return $document + ['message' => $error->getMessage(), 'what_now' => "Fix `{$found[1]}`."];
}

/** The four-argument call: everything but the credentials comes from the environment. */
function oneshot(array $config, array $request): Token
{
    putenv('PINTEREST_API_URI=' . $config['base_url']);
    putenv('SSL_CERT_FILE' . (isset($config['ca_file']) ? '=' . $config['ca_file'] : ''));

    return oauthToken($request['grant_type'], appId: $request['user'], appSecret: $request['pass']);
}

/** The call of that name. */
function call(?Client $client, string $operation, array $request): Token|Answer|AuthorizeUrl|string
{
    $given = arguments($request);
    if (is_array($given['token'] ?? null)) {
        $given['token'] = Token::fromArray($given['token']);
    }
    $method = new ReflectionMethod(Client::class, camel($operation));
    foreach ($method->getParameters() as $parameter) {
        // What is required and not there is null, so that PHP names it.
        $given += $parameter->isOptional() ? [] : [$parameter->getName() => null];
    }

    return $method->isStatic()
        ? Client::{$method->getName()}(...$given)
        : $client->{$method->getName()}(...$given);
}

/** What a call gave, as JSON. */
function document(Token|Answer|AuthorizeUrl|string $given, array $request): string
{
    if ($given instanceof Token) {
        return substr($given->toJson(), 0, -1) . ',' . substr(json_encode([
            'answer' => $given->answer?->toArray(),
            'is_expired' => $given->isExpired(),
            'expires_within_a_century' => $given->expiresWithin(CENTURY),
        ], JSON), 1);
    }

    return json_encode(match (true) {
        $given instanceof Answer => ['answer' => $given->toArray()],
        $given instanceof AuthorizeUrl => $given,
        default => ['code' => $given, 'state' => $request['state']],
    }, JSON);
}

ini_set('zend.exception_ignore_args', '0');
$results = fopen('php://fd/' . (getenv('CONFORMANCE_FD') ?: '3'), 'w');
$client = null;
while (($line = fgets(STDIN)) !== false) {
    [$reuse, $operation] = str_starts_with($line, 'reuse:') ? [true, trim(substr($line, 6))] : [false, trim($line)];
    $config = json_decode((string) fgets(STDIN), true);
    $request = json_decode((string) fgets(STDIN), true);
    try {
        if (str_contains($operation, '.')) {
            fwrite($results, '{"ok":' . managed($operation, $config, $request) . "}\n");
            continue;
        }
        if ($operation === 'oneshot') {
            $given = oneshot($config, $request);
        } elseif ($operation === 'token_read') {
            $given = Token::fromJson($request['token']);
        } else {
            if (!$reuse && $operation !== 'redirect') {
                $client = new Client(...arguments($config));
            }
            $given = call($client, $operation, $request);
        }
        $line = '{"ok":' . document($given, $request) . '}';
    } catch (PinterestOAuthException $exception) {
        error_log((string) $exception);
        $error = $exception->toArray();
    } catch (Error $problem) {
        error_log((string) $problem);
        $error = refused($problem);
    }
    if (isset($error)) {
        // A case names the field as documents do.
        $error['field'] = isset($error['field']) ? snake($error['field']) : null;
        $line = '{"error":' . json_encode($error, JSON) . '}';
        unset($error);
    }
    fwrite($results, $line . "\n");
}
