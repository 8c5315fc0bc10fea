<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** Who logged in at Pinterest. */
final class User
{
    /**
     * @internal what tells of a login makes it
     *
     * @param string  $id       Pinterest's id of the person
     * @param ?string $username the name that the person shows
     */
    private function __construct(public readonly string $id, public readonly ?string $username)
    {
    }

    /**
     * @internal
     */
    public static function read(mixed $values): ?self
    {
        $id = Value::text(Value::members($values)['id'] ?? null);

        return $id === null ? null : new self($id, Value::text($values['username'] ?? null));
    }
}
