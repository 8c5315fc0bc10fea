<?php

declare(strict_types=1);

namespace OpenAPI\Server\Security;

/**
 * Decides who may call, and what for. Alias this interface to a service of your own to replace the configured clients.
 */
interface ClientAuthenticatorInterface
{
    /**
     * Who has these Basic credentials; null where they are wrong. It should take as long for an unknown user as for a
     * known one.
     */
    public function authenticate(string $user, #[\SensitiveParameter] string $password): ?Caller;
}
