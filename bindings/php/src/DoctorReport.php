<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** What {@see TokenManager::doctor()} found in a store. */
final class DoctorReport
{
    /** Where the store is. */
    public readonly string $store;

    /** Its random id. */
    public readonly string $storeId;

    /** How many accounts it has. */
    public readonly int $accounts;

    /**
     * What is not as it should be.
     *
     * @var list<DoctorFinding>
     */
    public readonly array $findings;

    /**
     * When all accounts were last looked after, and how that went; null where they never were. `at` is Unix time in
     * seconds.
     *
     * @var array{at: int, accounts: int, due: int, refreshed: int, failed: int, needs_login: int, seconds: float}|null
     */
    public readonly ?array $lastRefreshDue;

    /**
     * @internal a manager makes it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(array $values)
    {
        $this->store = Value::text($values['store'] ?? null) ?? '';
        $this->storeId = Value::text($values['store_id'] ?? null) ?? '';
        $this->accounts = Value::integer($values['accounts'] ?? null) ?? 0;
        $findings = [];
        foreach (Value::documents($values['findings'] ?? null) as $finding) {
            $findings[] = new DoctorFinding($finding);
        }
        $this->findings = $findings;
        $this->lastRefreshDue = Value::members($values['last_refresh_due'] ?? null);
    }
}
