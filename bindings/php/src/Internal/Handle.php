<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Library;

/**
 * A client of the C library, freed with this object. A child may use, and free, what it inherited at a fork.
 *
 * @internal
 */
final class Handle
{
    private ?\FFI\CData $client = null;

    public function __construct(#[\SensitiveParameter] string $config)
    {
        $client = Library::ffi()->new('pinterest_oauth_client *');
        Native::call('pinterest_oauth_client_new', $config, \FFI::addr($client));
        $this->client = $client;
    }

    public function __destruct()
    {
        if ($this->client !== null) {
            Library::ffi()->pinterest_oauth_client_free($this->client);
        }
    }

    /** Freed once. */
    private function __clone()
    {
    }

    /**
     * The answer of `pinterest_oauth_client_…`.
     *
     * @throws \Pinterest\OAuth\Exception\PinterestOAuthException
     */
    public function call(string $name, #[\SensitiveParameter] string $request): string
    {
        return Native::call('pinterest_oauth_client_' . $name, $this->client, $request);
    }
}
