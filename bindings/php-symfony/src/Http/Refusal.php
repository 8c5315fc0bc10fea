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
     * @param string|null           $remark  for the log and, in debug mode, for the caller
     */
    private function __construct(
        public readonly int $status,
        public readonly Error $error,
        public readonly array $headers = [],
        public readonly ?string $remark = null,
    ) {
        parent::__construct($error->message);
    }

    public static function invalid(string $why, int $status = 400): self
    {
        return new self($status, new Error(1, 'Invalid request: ' . $why . '.'));
    }

    public static function unauthenticated(?string $remark): self
    {
        $headers = ['WWW-Authenticate' => 'Basic realm="oauth/token", charset="UTF-8"'];

        return new self(401, Error::forStatus(401), $headers, $remark);
    }

    public static function forbidden(string $why): self
    {
        return new self(403, new Error(29, 'Not permitted: ' . $why . '.'));
    }

    public static function tooMany(int $retryAfter): self
    {
        return new self(429, Error::forStatus(429), ['Retry-After' => (string) $retryAfter]);
    }

    public static function method(string $allowed): self
    {
        return new self(405, Error::forStatus(405), ['Allow' => $allowed]);
    }
}
