<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Answer;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Library;
use Pinterest\OAuth\Token;

/**
 * A client of the C library, freed with this object. A child may use, and free, what it inherited at a fork.
 *
 * @internal
 */
final class Handle
{
    /** Bytes of memory that must be free when a request is sent: what its answer becomes. */
    private const ROOM = 65536;

    private ?\FFI\CData $client = null;

    /**
     * @param array<string, mixed> $settings by PHP's name
     */
    public function __construct(#[\SensitiveParameter] array $settings, private readonly ?CallLog $log = null)
    {
        // An autoloader that fails fails here, and not when a token has come.
        \class_exists(Token::class);
        \class_exists(Answer::class);
        \class_exists(Value::class);
        Sealed::prepare();
        $client = Library::ffi()->new('pinterest_oauth_client *');
        Native::call('pinterest_oauth_client_new', Document::write($settings), \FFI::addr($client));
        $this->client = $client;
        // PHP frees the client at the end of a request; its connections are for the next one.
        Library::ffi()->pinterest_oauth_client_keep_connections($client);
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
        $document = Document::write($request);
        // Where the memory limit is near, PHP ends here, and not when a token has come.
        \str_repeat("\0", self::ROOM + \strlen($document));
        try {
            $answer = Native::call('pinterest_oauth_client_' . $name, $this->client, $document);
        } catch (PinterestOAuthException $problem) {
            $this->log?->failed($problem);
            throw $problem;
        }
        $this->log?->succeeded($answer);

        return $answer;
    }

    /**
     * Nothing is sent.
     *
     * @throws \Pinterest\OAuth\Exception\InvalidConfigException without app id or secret
     */
    public function check(): void
    {
        Native::call('pinterest_oauth_client_check', $this->client);
    }
}
