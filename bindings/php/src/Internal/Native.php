<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Library;

/**
 * Calls of the C library that hand out a document.
 *
 * @internal
 */
final class Native
{
    /**
     * The document that `$function` hands out, whose last parameter is left to this method.
     *
     * @throws \Pinterest\OAuth\Exception\PinterestOAuthException
     */
    public static function call(string $function, #[\SensitiveParameter] mixed ...$arguments): string
    {
        $library = Library::ffi();
        // One per call: a signal handler may call while this one is not done.
        $out = $library->new('char *');
        $arguments[] = \FFI::addr($out);
        $status = $library->$function(...$arguments);
        try {
            $document = \FFI::string($out);
        } finally {
            $library->pinterest_oauth_string_free($out);
        }
        if ($status !== 0) {
            throw Failure::fromJson($status, $document);
        }

        return $document;
    }
}
