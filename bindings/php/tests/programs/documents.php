<?php

/** Every call on a library that answers whatever it is told to; on standard input the documents. Says what went wrong. */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';

use Pinterest\OAuth\Answer;
use Pinterest\OAuth\AuthorizeUrl;
use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\DoctorReport;
use Pinterest\OAuth\DueReport;
use Pinterest\OAuth\Removed;
use Pinterest\OAuth\Status;
use Pinterest\OAuth\Token;
use Pinterest\OAuth\TokenManager;

/** Reads everything that there is to read. */
function read(object|string $given): void
{
    if (is_string($given)) {
        return;
    }
    $class = new ReflectionClass($given);
    foreach ($class->getMethods(ReflectionMethod::IS_PUBLIC) as $method) {
        if (preg_match('/^(get(?!Trace)|to|as|is)/', $method->getName()) && $method->getNumberOfParameters() === 0) {
            $method->invoke($given);
        }
    }
    foreach (['accessToken', 'refreshToken', 'extra', 'answer'] as $name) {
        $given instanceof Token && isset($given->$name) && $given->$name;
    }
    json_encode($given);
}

set_error_handler(static fn ($level, $text) => throw new ErrorException($text));
putenv('PINTEREST_OAUTH_LIBRARY=' . getenv('STUB'));
putenv('STUB_STATUS=0');
putenv('STUB_DOCUMENT={"access_token":"a"}');
$client = new Client(trustEnv: false);
$manager = new TokenManager(trustEnv: false);
$account = $manager->account();
$stored = Token::fromJson('{"access_token":"a"}');
$calls = [
    Token::class => static fn () => $client->refresh($stored),
    Answer::class => static fn () => $client->revoke('pina_a'),
    AuthorizeUrl::class => static fn () => $client->authorizeUrl('http://localhost:8085/'),
    'string' => static fn () => Client::redirect('?code=c&state=s', 's'),
    'stored' => static fn () => Token::fromJson('{}'),
    Status::class => static fn () => $account->status(),
    DueReport::class => static fn () => $manager->refreshDue(),
    DoctorReport::class => static fn () => $manager->doctor(),
    Removed::class => static fn () => $account->remove(),
    'accounts' => static fn () => implode(array_keys($manager->accounts())),
    'text' => static fn () => $account->accessToken(),
    PinterestOAuthException::class => static fn () => $client->conversionToken('pina_a'),
];
foreach (json_decode(stream_get_contents(STDIN), true) as $document) {
    putenv("STUB_DOCUMENT=$document");
    foreach ($calls as $kind => $call) {
        putenv('STUB_STATUS=' . ($kind === PinterestOAuthException::class ? 8 : 0));
        try {
            $given = $call();
        } catch (PinterestOAuthException $given) {
        } catch (Throwable $problem) {
            echo "$document as $kind: ", $problem->getMessage(), "\n";
            continue;
        }
        putenv('STUB_STATUS=0');
        try {
            read($given);
        } catch (Throwable $problem) {
            echo "$document, reading $kind: ", $problem->getMessage(), "\n";
        }
        if ($kind === Token::class && (!$given instanceof Token || !str_contains($given->toJson(), $document))) {
            echo "$document is lost\n";
        }
    }
}
