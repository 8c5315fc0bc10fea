<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** How a call went on the wire: what it tells besides a token or an error. It is never stored. */
final class Answer
{
    /** The method of the request. */
    public readonly string $method;

    /** The path of the request, for example `/v5/oauth/token`. */
    public readonly string $path;

    /** The HTTP status; null where no answer came. */
    public readonly ?int $status;

    /** The request id that Pinterest's support asks for (`x-pinterest-rid`); null where none came. */
    public readonly ?string $requestId;

    /**
     * How much is left; `reset` and `window` are seconds. Null where the answer does not say.
     *
     * @var array{
     *     limit: ?int,
     *     remaining: ?int,
     *     reset: ?int,
     *     policies: list<array{limit: int, window: ?int, name: ?string}>
     * }|null
     */
    public readonly ?array $rateLimit;

    /** How long the call took, in milliseconds. */
    public readonly int $milliseconds;

    /** How often it was tried: 2 where the first connection could not be made. */
    public readonly int $attempts;

    /**
     * @param array<string, mixed> $values as {@see toArray()} gives them
     */
    public function __construct(private readonly array $values)
    {
        $this->method = Value::text($values['method'] ?? null) ?? 'POST';
        $this->path = Value::text($values['path'] ?? null) ?? '';
        $this->status = Value::integer($values['status'] ?? null);
        $this->requestId = Value::text($values['request_id'] ?? null);
        $this->rateLimit = Value::rateLimit($values['rate_limit'] ?? null);
        $this->milliseconds = Value::integer($values['milliseconds'] ?? null) ?? 0;
        $this->attempts = Value::integer($values['attempts'] ?? null) ?? 1;
    }

    /**
     * Everything at once, under the names that it has in every language: for logs.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array
    {
        return $this->values;
    }
}
