<?php

/** What is done with a token manager. */

declare(strict_types=1);

use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Token;
use Pinterest\OAuth\TokenManager;

/** A report with the names of documents. */
function plain(mixed $value): mixed
{
    return match (true) {
        $value instanceof BackedEnum => $value->value,
        $value instanceof PinterestOAuthException => $value->toArray(),
        is_array($value) => array_map('plain', $value),
        is_object($value) => array_combine(
            array_map('snake', array_keys(get_object_vars($value))),
            array_map('plain', array_values(get_object_vars($value))),
        ),
        default => $value,
    };
}

/** Does it, and gives the answer as JSON. */
function managed(string $operation, array $config, array $request): string
{
    [$whose, $name] = explode('.', $operation);
    $given = arguments($request);
    $manager = new TokenManager(...arguments($config));
    $object = match ($whose) {
        'manager' => $manager,
        'app' => $manager->app($given['scopes']),
        'account' => array_key_exists('account', $given) ? $manager->account($given['account']) : $manager->account(),
    };
    unset($given['account'], $given[$whose === 'app' ? 'scopes' : '']);
    if (is_array($given['token'] ?? null)) {
        $given['token'] = Token::fromArray($given['token']);
    }
    $answer = $object->{camel($name)}(...$given);
    if ($name === 'unsaved' && $answer === null) {
        return '{"token":null}';
    }
    if ($answer instanceof Token) {
        return document($answer, $request);
    }

    return json_encode(match ($name) {
        'access_token', 'access_token_now', 'rejected' => ['access_token' => $answer],
        'accounts' => ['accounts' => plain($answer)],
        'import', 'rename' => new stdClass(),
        default => plain($answer),
    }, JSON);
}
