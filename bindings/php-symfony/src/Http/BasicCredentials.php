<?php

declare(strict_types=1);

namespace OpenAPI\Server\Http;

/**
 * The pair of an `Authorization: Basic` header.
 *
 * @internal
 */
final class BasicCredentials
{
    private function __construct(
        public readonly string $user,
        #[\SensitiveParameter] private string $password,
    ) {
    }

    /**
     * The ways to read the header: as it stands and, as RFC 6749 (2.3.1) encodes it, percent-decoded.
     *
     * @return list<self> empty when there are no Basic credentials
     */
    public static function read(#[\SensitiveParameter] ?string $header): array
    {
        if ($header === null || preg_match('~^Basic +([A-Za-z0-9+/]+={0,2})$~i', $header, $found) !== 1) {
            return [];
        }
        $pair = base64_decode($found[1], true);
        if ($pair === false || preg_match('//u', $pair) !== 1 || !str_contains($pair, ':')) {
            return [];
        }
        [$user, $password] = explode(':', $pair, 2);
        $read = [new self($user, $password)];
        $decoded = new self(urldecode($user), urldecode($password));
        if ($decoded->user !== $user || $decoded->password !== $password) {
            $read[] = $decoded;
        }

        return $read;
    }

    public function password(): string
    {
        return $this->password;
    }

    /**
     * @return array<string, string>
     */
    public function __debugInfo(): array
    {
        return ['user' => $this->user, 'password' => '[redacted]'];
    }
}
