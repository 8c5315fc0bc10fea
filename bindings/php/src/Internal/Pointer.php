<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Library;

/**
 * A manager, an account or a login of the C library, freed with this object. A child may free what it inherited at a
 * fork, and use it, but for a login.
 *
 * @internal
 */
final class Pointer
{
    private const PREFIX = 'pinterest_oauth_';

    private function __construct(private readonly \FFI\CData $at, private readonly string $type)
    {
    }

    /** What a function hands out whose last two parameters are places: of the handle, and of the document. */
    public static function made(string $type, string $function, #[\SensitiveParameter] mixed ...$arguments): self
    {
        return self::begun($type, $function, ...$arguments)[0];
    }

    /**
     * The same, with the document.
     *
     * @return array{self, string}
     */
    public static function begun(string $type, string $function, #[\SensitiveParameter] mixed ...$arguments): array
    {
        foreach ($arguments as $place => $argument) {
            $arguments[$place] = $argument instanceof self ? $argument->at : $argument;
        }
        $at = Library::ffi()->new(self::PREFIX . "$type *");
        $document = Native::call(self::PREFIX . $function, ...[...$arguments, \FFI::addr($at)]);

        return [new self($at, $type), $document];
    }

    /**
     * The document, or the text, that a function answers with.
     *
     * @throws \Pinterest\OAuth\Exception\PinterestOAuthException
     */
    public function call(string $function, #[\SensitiveParameter] mixed ...$arguments): string
    {
        return Native::call(self::PREFIX . $function, $this->at, ...$arguments);
    }

    /**
     * Of an account: a valid access token.
     *
     * @throws \Pinterest\OAuth\Exception\PinterestOAuthException
     */
    public function accessToken(): string
    {
        return Native::accessToken($this->at);
    }

    /** The text that a function returns, which may have none. */
    public function text(string $function): ?string
    {
        $library = Library::ffi();
        $text = $library->$function($this->at);
        if ($text === null || \FFI::isNull($text)) {
            return null;
        }
        try {
            return \FFI::string($text);
        } finally {
            $library->pinterest_oauth_string_free($text);
        }
    }

    /** A function that returns nothing. */
    public function tell(string $function, mixed ...$arguments): void
    {
        Library::ffi()->{self::PREFIX . $function}($this->at, ...$arguments);
    }

    public function __destruct()
    {
        Library::ffi()->{self::PREFIX . $this->type . '_free'}($this->at);
    }

    /** Freed once. */
    private function __clone()
    {
    }
}
