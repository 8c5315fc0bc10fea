<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** Where to send the user, and what to keep until the user comes back. */
final class AuthorizeUrl
{
    /**
     * @param string $url   the address to open in the user's browser
     * @param string $state keep it in the user's session: {@see Client::redirect()} compares it
     */
    public function __construct(
        public readonly string $url,
        public readonly string $state,
    ) {
    }
}
