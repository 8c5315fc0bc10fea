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
    /** @var array{\FFI\CData, \FFI\CData}|null where an answer goes, and its address, while no call uses them */
    private static ?array $place = null;

    /**
     * The document that `$function` hands out, whose last parameter is left to this method.
     *
     * @throws \Pinterest\OAuth\Exception\PinterestOAuthException
     */
    public static function call(string $function, #[\SensitiveParameter] mixed ...$arguments): string
    {
        $library = Library::ffi();
        [$out, $address] = self::taken($library);
        $arguments[] = $address;

        return self::answer($library, $library->$function(...$arguments), $out, $address);
    }

    /**
     * The access token of an account: what is called most often, at the least cost.
     *
     * @throws \Pinterest\OAuth\Exception\PinterestOAuthException
     */
    public static function accessToken(\FFI\CData $account): string
    {
        $library = Library::ffi();
        [$out, $address] = self::taken($library);
        $status = $library->pinterest_oauth_account_access_token($account, null, $address);

        return self::answer($library, $status, $out, $address);
    }

    /**
     * A place of this call alone: a signal handler may call while this one is not done.
     *
     * @return array{\FFI\CData, \FFI\CData}
     */
    private static function taken(\FFI $library): array
    {
        $place = self::$place;
        if ($place !== null) {
            self::$place = null;

            return $place;
        }
        $out = $library->new('char *');

        return [$out, \FFI::addr($out)];
    }

    private static function answer(\FFI $library, int $status, \FFI\CData $out, \FFI\CData $address): string
    {
        try {
            $document = \FFI::string($out);
        } finally {
            $library->pinterest_oauth_string_free($out);
        }
        self::$place = [$out, $address];
        if ($status !== 0) {
            throw Failure::fromJson($status, $document);
        }

        return $document;
    }
}
