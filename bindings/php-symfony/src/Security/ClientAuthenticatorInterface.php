<?php

declare(strict_types=1);

namespace OpenAPI\Server\Security;

/**
 * Decides who may call. Alias this interface to a service of your own to replace the configured clients.
 */
interface ClientAuthenticatorInterface
{
    /**
     * Whether these Basic credentials are right. It should take as long for an unknown user as for a known one.
     */
    public function authenticate(string $user, #[\SensitiveParameter] string $password): bool;
}
