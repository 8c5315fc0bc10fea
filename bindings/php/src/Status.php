<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** Where an account of a {@see TokenManager} stands. It holds no secret. */
final class Status
{
    /** The name of the account. */
    public readonly string $account;

    /** The app that it belongs to. */
    public readonly string $appId;

    /** `production`, `sandbox`, or the origin of an address of one's own. */
    public readonly string $environment;

    /** How it is. */
    public readonly AccountState $state;

    /**
     * What the access token may do.
     *
     * @var list<string>
     */
    public readonly array $scopes;

    /** Unix time in seconds at which the token was obtained. */
    public readonly ?int $obtainedAt;

    /** Unix time in seconds at which the access token expires; null where it is not known. */
    public readonly ?int $expiresAt;

    /** Unix time in seconds at which the next refresh is due; null where none can be. */
    public readonly ?int $refreshAt;

    /** Unix time in seconds at which the refresh token expires; null where it is not known. */
    public readonly ?int $refreshTokenExpiresAt;

    /** Unix time in seconds at which the user logged in, or the token was imported. */
    public readonly ?int $loginAt;

    /** How many tokens the account has had. */
    public readonly int $generation;

    /** Whether a refresh is under way. */
    public readonly bool $refreshing;

    /** Whether this process has a token that no disk took. */
    public readonly bool $unsaved;

    /** What went wrong last; null where nothing did. */
    public readonly ?StatusTrouble $trouble;

    /** Who logged in; null where that is not known. */
    public readonly ?User $user;

    /** What somebody should look after, as one sentence; null where there is nothing. */
    public readonly ?string $warning;

    /**
     * @internal accounts make it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(private readonly array $values)
    {
        $this->account = Value::text($values['account'] ?? null) ?? '';
        $this->appId = Value::text($values['app_id'] ?? null) ?? '';
        $this->environment = Value::text($values['environment'] ?? null) ?? '';
        // Of a state that a newer library knows nobody can say that all is well.
        $this->state = AccountState::tryFrom(Value::text($values['state'] ?? null) ?? '') ?? AccountState::Doubtful;
        $this->scopes = Value::texts($values['scopes'] ?? null);
        $this->obtainedAt = Value::integer($values['obtained_at'] ?? null);
        $this->expiresAt = Value::integer($values['expires_at'] ?? null);
        $this->refreshAt = Value::integer($values['refresh_at'] ?? null);
        $this->refreshTokenExpiresAt = Value::integer($values['refresh_token_expires_at'] ?? null);
        $this->loginAt = Value::integer($values['login_at'] ?? null);
        $this->generation = Value::integer($values['generation'] ?? null) ?? 0;
        $this->refreshing = ($values['refreshing'] ?? null) === true;
        $this->unsaved = ($values['unsaved'] ?? null) === true;
        $trouble = Value::members($values['trouble'] ?? null);
        $this->trouble = $trouble === null ? null : new StatusTrouble($trouble);
        $this->user = User::read($values['user'] ?? null);
        $this->warning = Value::text($values['warning'] ?? null);
    }

    /**
     * Everything at once, under the names that it has in every language.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array
    {
        return $this->values;
    }
}
