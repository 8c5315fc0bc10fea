<?php

declare(strict_types=1);

namespace OpenAPI\Server\Model;

/**
 * An error as Pinterest writes it: `{"code": 283, "message": "The authorization grant is invalid"}`.
 */
final class Error implements \JsonSerializable
{
    /**
     * @param int    $code    Pinterest's number, which is not the HTTP status
     * @param string $message what the caller is told; it must hold no secret
     */
    public function __construct(public readonly int $code, public readonly string $message)
    {
    }

    /**
     * Pinterest's own code and message for an HTTP status from 400 on.
     */
    public static function forStatus(int $status): self
    {
        return match (true) {
            $status === 401 => new self(2, 'Authentication failed.'),
            $status === 403 => new self(29, 'You are not permitted to access that resource.'),
            $status === 405 => new self(5, 'Method not allowed'),
            $status === 429 => new self(8, 'This request exceeded a rate limit.'),
            $status < 500 => new self(1, 'Invalid request.'),
            default => new self(12, 'Something went wrong on our end. Sorry about that.'),
        };
    }

    /**
     * @return array{code: int, message: string}
     */
    public function jsonSerialize(): array
    {
        return ['code' => $this->code, 'message' => $this->message];
    }
}
