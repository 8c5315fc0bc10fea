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
     * @param array<string, array{password_hash: string, grants: list<string>, scopes: list<string>}> $clients by name;
     *        a hash as `password_hash()` makes it; no grants or no scopes: every one
     */
    public function __construct(#[\SensitiveParameter] private array $clients)
    {
    }

    public function isEmpty(): bool
    {
        return $this->clients === [];
    }

    /**
     * Verifies one hash of each cost that there is, whoever asks: how long it takes does not show which names exist.
     */
    public function authenticate(string $user, #[\SensitiveParameter] string $password): ?Caller
    {
        if (str_contains($password, "\0")) {
            return null;
        }
        $client = $this->clients[$user] ?? null;
        $verified = false;
        foreach ($this->hashesByCost($client['password_hash'] ?? null) as $hash) {
            $right = password_verify($password, $hash);
            $verified = $verified || ($right && $hash === ($client['password_hash'] ?? null));
        }

        return $client !== null && $verified
            ? new Caller($user, $client['grants'] ?: Caller::EVERY, $client['scopes'] ?: Caller::EVERY)
            : null;
    }

    /**
     * @return array<string, string> one hash for each algorithm and cost; for its own cost, the user's
     */
    private function hashesByCost(#[\SensitiveParameter] ?string $own): array
    {
        $hashes = [];
        foreach ([...array_column($this->clients, 'password_hash'), ...(array) $own] as $hash) {
            $info = password_get_info($hash);
            if ($info['algo'] === null) {
                throw new Misuse('A password_hash of open_api_server.clients is not a hash of password_hash().');
            }
            $hashes[json_encode([$info['algo'], $info['options']], \JSON_THROW_ON_ERROR)] = $hash;
        }

        return $hashes;
    }

    /**
     * @return array<string, list<string|int>>
     */
    public function __debugInfo(): array
    {
        return ['clients' => array_keys($this->clients)];
    }
}
