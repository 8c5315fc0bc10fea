<?php

declare(strict_types=1);

namespace OpenAPI\Server\Security;

/**
 * Who has proved to be a client, and what it may ask for.
 */
final class Caller
{
    /** In place of a list: every grant, or every scope. */
    public const EVERY = ['*'];

    /**
     * @param string       $name   the user name of its Basic credentials
     * @param list<string> $grants the grant types that it may use, or {@see EVERY}
     * @param list<string> $scopes the scopes that its tokens may have, or {@see EVERY}
     */
    public function __construct(
        public readonly string $name,
        public readonly array $grants,
        public readonly array $scopes,
    ) {
    }

    /** Whether it may use this grant type. */
    public function mayUse(string $grantType): bool
    {
        return array_intersect([...self::EVERY, $grantType], $this->grants) !== [];
    }

    /** Whether its tokens may have any scope. */
    public function mayHaveEveryScope(): bool
    {
        return array_intersect(self::EVERY, $this->scopes) !== [];
    }

    /**
     * Whether its tokens may have all of these scopes.
     *
     * @param list<string> $scopes
     */
    public function mayHave(array $scopes): bool
    {
        return $this->mayHaveEveryScope() || array_diff($scopes, $this->scopes) === [];
    }
}
