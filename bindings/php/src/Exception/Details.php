<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\Answer;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Internal\CallSite;
use Pinterest\OAuth\Internal\Value;
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
        ['file' => $this->file, 'line' => $this->line] = CallSite::of($this);
    }

    public function getKind(): ErrorKind
    {
        return self::KIND;
    }

    public function getWhatNow(): string
    {
        return Value::text($this->details['what_now'] ?? null) ?? '';
    }

    public function getOutcome(): Outcome
    {
        return Outcome::tryFrom(Value::text($this->details['outcome'] ?? null) ?? '') ?? Outcome::Unknown;
    }

    public function getField(): ?string
    {
        return Value::text($this->details['field'] ?? null);
    }

    public function getHttpStatus(): ?int
    {
        return Value::integer($this->details['http_status'] ?? null);
    }

    public function getPinterestCode(): ?int
    {
        return Value::integer($this->details['code'] ?? null);
    }

    public function getPinterestMessage(): ?string
    {
        return Value::text($this->details['pinterest_message'] ?? null);
    }

    public function getRequestId(): ?string
    {
        return Value::text($this->details['request_id'] ?? null);
    }

    public function getRetryAfter(): ?int
    {
        return Value::integer($this->details['retry_after'] ?? null);
    }

    public function getRateLimit(): ?array
    {
        return Value::rateLimit($this->details['rate_limit'] ?? null);
    }

    public function getHeaders(): array
    {
        $headers = Value::members($this->details['headers'] ?? null) ?? [];
        $isPair = static fn (mixed $pair): bool => \count(Value::texts($pair)) === 2;

        return \array_values(\array_filter($headers, $isPair));
    }

    public function getBody(): ?array
    {
        return Value::members($this->details['body'] ?? null);
    }

    public function getExtra(): ?array
    {
        return Value::members($this->details['extra'] ?? null);
    }

    public function getAnswer(): ?Answer
    {
        $answer = Value::members($this->details['answer'] ?? null);

        return $answer === null ? null : new Answer($answer);
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
