<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** What went wrong last with an account of a {@see TokenManager}. */
final class StatusTrouble
{
    /** Why it failed. */
    public readonly ErrorKind $kind;

    /** What happened. */
    public readonly string $message;

    /** Pinterest's own code of the error, or null. */
    public readonly ?int $code;

    /** The status of the answer, or null where there was none. */
    public readonly ?int $httpStatus;

    /** The request id that Pinterest's support asks for, or null. */
    public readonly ?string $requestId;

    /** Unix time in seconds at which it happened. */
    public readonly int $at;

    /** How often in a row. */
    public readonly int $count;

    /** Unix time in seconds before which nothing is sent. */
    public readonly int $retryAt;

    /**
     * @internal a status makes it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(array $values)
    {
        $this->kind = ErrorKind::tryFrom(Value::text($values['kind'] ?? null) ?? '') ?? ErrorKind::Internal;
        $this->message = Value::text($values['message'] ?? null) ?? '';
        $this->code = Value::integer($values['code'] ?? null);
        $this->httpStatus = Value::integer($values['http_status'] ?? null);
        $this->requestId = Value::text($values['request_id'] ?? null);
        $this->at = Value::integer($values['at'] ?? null) ?? 0;
        $this->count = Value::integer($values['count'] ?? null) ?? 0;
        $this->retryAt = Value::integer($values['retry_at'] ?? null) ?? 0;
    }
}
