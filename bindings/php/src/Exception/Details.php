<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\Answer;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Outcome;

/**
 * What an exception knows beside its message: the error document of the core.
 *
 * @internal
 */
trait Details
{
    /** @var array<string, mixed> */
    private array $details;

    /**
     * @param array<string, mixed> $details what `toArray()` gives, as far as it is known
     */
    public function __construct(
        string $message = '',
        int $code = 0,
        ?\Throwable $previous = null,
        array $details = [],
    ) {
        parent::__construct($message, $code, $previous);
        $this->details = $details;
    }

    public function getKind(): ErrorKind
    {
        return self::KIND;
    }

    public function getWhatNow(): string
    {
        return $this->details['what_now'] ?? '';
    }

    public function getOutcome(): Outcome
    {
        return Outcome::tryFrom($this->details['outcome'] ?? '') ?? Outcome::Unknown;
    }

    public function getField(): ?string
    {
        return $this->details['field'] ?? null;
    }

    public function getHttpStatus(): ?int
    {
        return $this->details['http_status'] ?? null;
    }

    public function getPinterestCode(): ?int
    {
        return $this->details['code'] ?? null;
    }

    public function getPinterestMessage(): ?string
    {
        return $this->details['pinterest_message'] ?? null;
    }

    public function getRequestId(): ?string
    {
        return $this->details['request_id'] ?? null;
    }

    public function getRetryAfter(): ?int
    {
        return $this->details['retry_after'] ?? null;
    }

    public function getRateLimit(): ?array
    {
        return $this->details['rate_limit'] ?? null;
    }

    public function getHeaders(): array
    {
        return $this->details['headers'] ?? [];
    }

    public function getBody(): ?array
    {
        return $this->details['body'] ?? null;
    }

    public function getExtra(): ?array
    {
        return $this->details['extra'] ?? null;
    }

    public function getAnswer(): ?Answer
    {
        return isset($this->details['answer']) ? new Answer($this->details['answer']) : null;
    }

    public function toArray(): array
    {
        return $this->details + [
            'kind' => self::KIND->value,
            'message' => $this->getMessage(),
            'what_now' => $this->getWhatNow(),
            'text' => $this->getMessage(),
            'outcome' => $this->getOutcome()->value,
            'field' => null,
            'http_status' => null,
            'code' => null,
            'pinterest_message' => null,
            'request_id' => null,
            'retry_after' => null,
            'rate_limit' => null,
            'headers' => [],
            'body' => null,
            'extra' => null,
            'answer' => null,
        ];
    }
}
