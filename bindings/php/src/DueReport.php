<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** What {@see TokenManager::refreshDue()} did. */
final class DueReport
{
    /** How many accounts there are. */
    public readonly int $accounts;

    /** How many were due. */
    public readonly int $due;

    /** How many were refreshed. */
    public readonly int $refreshed;

    /**
     * Those that failed.
     *
     * @var list<DueFailure>
     */
    public readonly array $failed;

    /**
     * The names of the accounts whose user has to log in again.
     *
     * @var list<string>
     */
    public readonly array $needsLogin;

    /** How long it took, in seconds. */
    public readonly float $seconds;

    /**
     * @internal a manager makes it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(array $values)
    {
        $this->accounts = Value::integer($values['accounts'] ?? null) ?? 0;
        $this->due = Value::integer($values['due'] ?? null) ?? 0;
        $this->refreshed = Value::integer($values['refreshed'] ?? null) ?? 0;
        $failed = [];
        foreach (Value::documents($values['failed'] ?? null) as $failure) {
            $failed[] = new DueFailure($failure);
        }
        $this->failed = $failed;
        $this->needsLogin = Value::texts($values['needs_login'] ?? null);
        $this->seconds = Value::number($values['seconds'] ?? null) ?? 0.0;
    }
}
