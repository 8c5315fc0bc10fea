<?php

declare(strict_types=1);

namespace OpenAPI\Server\Gateway;

use OpenAPI\Server\Model\Error;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Psr\Log\LogLevel;

/**
 * What the gateway's caller is told about a call that failed, and what the gateway logs.
 *
 * Pinterest's own errors are passed on. What is the gateway's fault, or the network's, is never put down to
 * the caller.
 *
 * @internal
 */
final class Failure
{
    /** Headers of Pinterest that callers need. */
    private const PASSED_ON = '/^(?:retry-after|x-pinterest-rid|x-ratelimit-[a-z-]+)$/i';

    /**
     * @param array<string, mixed>  $body
     * @param array<string, string> $headers
     */
    private function __construct(
        public readonly int $status,
        public readonly array $body,
        public readonly string $level,
        public readonly string $remark,
        public readonly array $headers = [],
    ) {
    }

    public static function of(PinterestOAuthException $problem): self
    {
        return match ($problem->getKind()) {
            ErrorKind::InvalidArgument => self::callers($problem),
            ErrorKind::InvalidClient => self::ours($problem, 502, 'it does not accept the credentials of this gateway'),
            ErrorKind::Timeout => self::ours($problem, 504, 'it does not answer in time'),
            ErrorKind::Connect,
            ErrorKind::Tls,
            ErrorKind::Proxy => self::ours($problem, 502, 'it cannot be reached'),
            ErrorKind::InvalidConfig,
            ErrorKind::Internal => self::ours($problem, 500, 'this gateway is not set up right'),
            default => self::pinterests($problem),
        };
    }

    /** The caller's request was refused before anything was sent. */
    private static function callers(PinterestOAuthException $problem): self
    {
        $error = new Error(1, 'Invalid request: ' . $problem->toArray()['message'] . '.');

        return new self(400, $error->jsonSerialize(), LogLevel::NOTICE, 'A request was refused');
    }

    /** The caller can do nothing about it; the log says what happened. */
    private static function ours(PinterestOAuthException $problem, int $status, string $why): self
    {
        $error = new Error(12, 'No answer from Pinterest: ' . $why . '.');

        return new self($status, $error->jsonSerialize(), LogLevel::CRITICAL, $problem->getMessage());
    }

    /** Pinterest refused, or what answered is not Pinterest. */
    private static function pinterests(PinterestOAuthException $problem): self
    {
        $status = $problem->getHttpStatus() ?? 0;
        $code = $problem->getPinterestCode();
        if ($status < 400 || ($code === null && $status !== 429 && $status < 500)) {
            return self::ours($problem, 502, 'what came is not an answer of Pinterest');
        }
        $error = $code === null ? Error::forStatus($status) : new Error($code, $problem->getPinterestMessage() ?? '');
        $headers = [];
        foreach ($problem->getHeaders() as [$name, $value]) {
            if (preg_match(self::PASSED_ON, $name) === 1) {
                $headers[$name] = $value;
            }
        }

        return new self(
            $status,
            $error->jsonSerialize() + ($problem->getBody() ?? []),
            $status < 500 ? LogLevel::NOTICE : LogLevel::ERROR,
            'Pinterest refused a request',
            $headers,
        );
    }
}
