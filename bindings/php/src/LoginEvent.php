<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** What happens during a {@see Login}. It holds no secret. */
final class LoginEvent
{
    /** What it is about; null where a newer library tells what this package does not know. */
    public readonly ?LoginEventKind $event;

    /** The same as a sentence for the person. */
    public readonly string $message;

    /** With `Confirm` and `Done`: who logged in, where the token may say it. */
    public readonly ?User $user;

    /** With `Confirm` and `Done`: who had logged in before, where that is known. */
    public readonly ?User $previousUser;

    /** With `Done`: how the login ended. */
    public readonly ?LoginEnd $end;

    /**
     * @internal a login makes it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(array $values)
    {
        $this->event = LoginEventKind::tryFrom(Value::text($values['event'] ?? null) ?? '');
        $this->message = Value::text($values['message'] ?? null) ?? '';
        $this->user = User::read($values['user'] ?? null);
        $this->previousUser = User::read($values['previous_user'] ?? null);
        $end = Value::members($values['end'] ?? null);
        $this->end = $end === null ? null : new LoginEnd($end);
    }
}
