<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use OpenAPI\Server\Security\Caller;
use OpenAPI\Server\Security\ClientAuthenticatorInterface;

/**
 * An application's own way to know its callers.
 */
final class TwoFriends implements ClientAuthenticatorInterface
{
    public function authenticate(string $user, #[\SensitiveParameter] string $password): ?Caller
    {
        $known = \in_array($user, ['friend', 'neighbour'], true) && hash_equals('of the house', $password);

        return $known ? new Caller($user, ['refresh_token'], Caller::EVERY) : null;
    }
}
