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

    /**
     * @param array<string, mixed> $settings by PHP's name
     */
    public function __construct(#[\SensitiveParameter] array $settings)
    {
        $client = Library::ffi()->new('pinterest_oauth_client *');
        Native::call('pinterest_oauth_client_new', Document::write($settings), \FFI::addr($client));
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
     * The document that `pinterest_oauth_client_…` answers with.
     *
     * @param array<string, mixed> $request arguments by PHP's name
     *
     * @throws \Pinterest\OAuth\Exception\PinterestOAuthException
     */
    public function call(string $name, #[\SensitiveParameter] array $request): string
    {
        return Native::call('pinterest_oauth_client_' . $name, $this->client, Document::write($request));
    }
}
