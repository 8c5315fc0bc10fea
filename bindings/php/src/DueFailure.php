<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Internal\Failure;
use Pinterest\OAuth\Internal\Value;

/** An account that {@see TokenManager::refreshDue()} could not refresh. */
final class DueFailure
{
    /** The name of the account. */
    public readonly string $account;

    /** Why: what a refresh of this account alone would have thrown. */
    public readonly PinterestOAuthException $error;

    /**
     * @internal a report makes it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(array $values)
    {
        $this->account = Value::text($values['account'] ?? null) ?? '';
        $this->error = Failure::told(Value::members($values['error'] ?? null) ?? []);
    }
}
