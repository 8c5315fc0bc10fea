<?php

/** The PHP driver of the conformance cases: the public classes of Pinterest\OAuth and nothing else. */

declare(strict_types=1);

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Token;

use function Pinterest\OAuth\oauthToken;

require __DIR__ . '/../../../../bindings/php/autoload.php';

const JSON = JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR;

/** Documents name in snake_case what PHP names in camelCase, and give times in milliseconds instead of seconds. */
function arguments(array $document): array
{
    $arguments = [];
    foreach ($document as $name => $value) {
        if (str_ends_with($name, 'timeout_ms')) {
            $name = substr($name, 0, -strlen('_ms'));
            $value = is_numeric($value) ? $value / 1000 : $value;
        }
        $arguments[lcfirst(str_replace('_', '', ucwords($name, '_')))] = $value;
    }

    return $arguments;
}

/** PHP itself refuses unknown names and wrong types, and names the parameter: that is its invalid_argument. */
function refused(Error $error): array
{
    if (!preg_match('/(?:Unknown named parameter|Argument #\d+) \(?\$(\w+)/', $error->getMessage(), $found)) {
        throw $error;
    }
    $field = strtolower(preg_replace('/[A-Z]/', '_$0', $found[1]));
    $document = ['kind' => 'invalid_argument', 'outcome' => 'not_sent', 'field' => $field];

    return $document + ['message' => $error->getMessage()];
}

/** The four-argument call: everything but the credentials comes from the environment. */
function oneshot(array $config, array $request): string
{
    putenv('PINTEREST_API_URI=' . $config['base_url']);
    putenv('SSL_CERT_FILE' . (isset($config['ca_file']) ? '=' . $config['ca_file'] : ''));

    return oauthToken($request['grant_type'], appId: $request['user'], appSecret: $request['pass'])->toJson();
}

/** One call; its answer document. */
function call(Client $client, string $operation, array $request): string
{
    $given = arguments($request);
    switch ($operation) {
        case 'token':
            if (is_array($given['token'] ?? null)) {
                $given['token'] = Token::fromArray($given['token']);
            }
            return $client->oauthToken(...$given + ['grantType' => null])->toJson();
        case 'revoke':
            $client->revoke(...$given + ['token' => null]);
            return '{}';
        case 'conversion_token':
            return $client->conversionToken(...$given + ['accessToken' => null])->toJson();
        case 'authorize_url':
            return json_encode($client->authorizeUrl(...$given + ['redirectUri' => null]), JSON);
        default:
            $code = $client->redirect(...$given + ['url' => null, 'state' => null]);
            return json_encode(['code' => $code, 'state' => $request['state']], JSON);
    }
}

ini_set('zend.exception_ignore_args', '0');
$results = fopen('php://fd/' . (getenv('CONFORMANCE_FD') ?: '3'), 'w');
$client = null;
while (($line = fgets(STDIN)) !== false) {
    [$reuse, $operation] = str_starts_with($line, 'reuse:') ? [true, trim(substr($line, 6))] : [false, trim($line)];
    $config = json_decode((string) fgets(STDIN), true);
    $request = json_decode((string) fgets(STDIN), true);
    try {
        if ($operation === 'oneshot') {
            $answer = oneshot($config, $request);
        } elseif ($operation === 'token_read') {
            $answer = Token::fromJson($request['token'])->toJson();
        } else {
            $client = $reuse && $client ? $client : new Client(...arguments($config));
            $answer = call($client, $operation, $request);
        }
        $line = '{"ok":' . $answer . '}';
    } catch (PinterestOAuthException $exception) {
        error_log((string) $exception);
        $line = '{"error":' . json_encode($exception->toArray(), JSON) . '}';
    } catch (Error $error) {
        error_log((string) $error);
        $line = '{"error":' . json_encode(refused($error), JSON) . '}';
    }
    fwrite($results, $line . "\n");
}
