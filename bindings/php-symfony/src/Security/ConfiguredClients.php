<?php

declare(strict_types=1);

namespace OpenAPI\Server\Security;

use OpenAPI\Server\Misuse;

/**
 * The clients of `open_api_server.clients`. Where none is configured, nobody is let in.
 */
final class ConfiguredClients implements ClientAuthenticatorInterface
{
    /**
     * @param array<string, string> $hashes user name => hash, as `password_hash()` makes it
     */
    public function __construct(#[\SensitiveParameter] private array $hashes)
    {
    }

    public function authenticate(string $user, #[\SensitiveParameter] string $password): bool
    {
        if ($this->hashes === [] || str_contains($password, "\0")) {
            return false;
        }
        // An unknown user costs as much as a known one: some hash is verified, and its verdict thrown away.
        $hash = $this->hashes[$user] ?? reset($this->hashes);
        if (password_get_info($hash)['algo'] === null) {
            throw new Misuse('A value of open_api_server.clients is not a hash of password_hash().');
        }

        return password_verify($password, $hash) && isset($this->hashes[$user]);
    }

    /**
     * @return array<string, list<string|int>>
     */
    public function __debugInfo(): array
    {
        return ['clients' => array_keys($this->hashes)];
    }
}
