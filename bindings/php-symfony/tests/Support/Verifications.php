<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support {
    /**
     * The hashes that were verified.
     */
    final class Verifications
    {
        /** @var list<string> */
        public static array $hashes = [];
    }
}

namespace OpenAPI\Server\Security {
    use OpenAPI\Server\Tests\Support\Verifications;

    /** Called in place of PHP's own. */
    function password_verify(#[\SensitiveParameter] string $password, string $hash): bool
    {
        Verifications::$hashes[] = $hash;

        return \password_verify($password, $hash);
    }
}
