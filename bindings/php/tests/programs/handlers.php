<?php

/** A host whose handler throws as soon as a call is under way; on standard input which one, and the settings. */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';

use Pinterest\OAuth\Client;
use Psr\Log\AbstractLogger;

['handler' => $handler, 'settings' => $settings] = json_decode(stream_get_contents(STDIN), true);
$throw = static fn () => throw new LogicException("the handler: $handler");
$logger = new class ($throw) extends AbstractLogger {
    public function __construct(private readonly Closure $throw)
    {
    }

    public function log($level, $message, array $context = []): void
    {
        ($this->throw)();
    }
};
$client = new Client(...$settings, logger: $logger);
error_reporting(-1);
match ($handler) {
    'errors' => set_error_handler($throw),
    'classes' => spl_autoload_register($throw, prepend: true),
    'logger' => null,
};
$token = $client->oauthToken('client_credentials', scope: 'ads:read');
$answered = $token->answer->status === 200 && $token->toJson() !== '' && $token->isExpired() === false;
echo $answered ? "a token of {$token->scope}" : 'something else';
