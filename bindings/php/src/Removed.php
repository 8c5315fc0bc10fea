<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** What {@see Account::remove()} removed. */
final class Removed
{
    /** The name of the account. */
    public readonly string $account;

    /** Whether it had a token. */
    public readonly bool $token;

    /** How many logins were under way: their tokens are dropped when they come. */
    public readonly int $logins;

    /** How many answers and copies of it lay elsewhere and are gone. */
    public readonly int $copies;

    /**
     * @internal an account makes it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(array $values)
    {
        $this->account = Value::text($values['account'] ?? null) ?? '';
        $this->token = ($values['token'] ?? null) === true;
        $this->logins = Value::integer($values['logins'] ?? null) ?? 0;
        $this->copies = Value::integer($values['copies'] ?? null) ?? 0;
    }
}
