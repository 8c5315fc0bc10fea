<?php

declare(strict_types=1);

namespace OpenAPI\Server\Http;

use OpenAPI\Server\Model\Error;

/**
 * A request that is answered with an error of Pinterest's shape. Its message never quotes the request.
 *
 * @internal
 */
final class Refusal extends \RuntimeException
{
    /**
     * @param array<string, string> $headers
     */
    private function __construct(
        public readonly int $status,
        public readonly Error $error,
        public readonly array $headers = [],
    ) {
        parent::__construct($error->message);
    }

    public static function invalid(string $why, int $status = 400): self
    {
        return new self($status, new Error(1, 'Invalid request: ' . $why . '.'));
    }

    public static function unauthenticated(): self
    {
        return new self(401, Error::forStatus(401), [
            'WWW-Authenticate' => 'Basic realm="oauth/token", charset="UTF-8"',
        ]);
    }

    public static function method(string $allowed): self
    {
        return new self(405, Error::forStatus(405), ['Allow' => $allowed]);
    }
}
