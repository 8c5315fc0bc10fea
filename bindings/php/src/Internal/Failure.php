<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Library;

/**
 * Makes exceptions from error documents.
 *
 * @internal
 */
final class Failure
{
    /** The status that C gives for the kinds that are made here. */
    private const INTERNAL = 1;
    private const INVALID_ARGUMENT = 2;
    private const INVALID_CONFIG = 3;

    /** No status has a larger number. */
    private const LAST = 99;

    /** The exception for a call that the library failed with `$status`. */
    public static function fromJson(int $status, string $document): PinterestOAuthException
    {
        return self::make($status, Document::read($document));
    }

    /**
     * The exception for an error document that stands in another document.
     *
     * @param array<string, mixed> $details
     */
    public static function told(array $details): PinterestOAuthException
    {
        $library = Library::ffi();
        $kind = Value::text($details['kind'] ?? null);
        $status = self::LAST;
        while ($status > self::INTERNAL && $library->pinterest_oauth_status_name($status) !== $kind) {
            --$status;
        }

        return self::make($status, $details);
    }

    /** An argument that cannot be handed over. */
    public static function argument(string $field, string $problem): PinterestOAuthException
    {
        $kind = ErrorKind::InvalidArgument;

        return self::own(self::INVALID_ARGUMENT, $kind, $field, "$field $problem", "Fix `$field`.");
    }

    /** Something of PHP's own set-up that keeps the library from being used. */
    public static function setup(string $field, string $message, string $whatNow): PinterestOAuthException
    {
        return self::own(self::INVALID_CONFIG, ErrorKind::InvalidConfig, $field, $message, $whatNow);
    }

    private static function own(
        int $status,
        ErrorKind $kind,
        string $field,
        string $message,
        string $whatNow,
    ): PinterestOAuthException {
        return self::make($status, [
            'kind' => $kind->value,
            'message' => $message,
            'what_now' => $whatNow,
            'text' => "$message. $whatNow",
            'outcome' => 'not_sent',
            'field' => $field,
        ]);
    }

    /**
     * @param array<string, mixed> $details
     */
    private static function make(int $status, array $details): PinterestOAuthException
    {
        $kind = ErrorKind::tryFrom(Value::text($details['kind'] ?? null) ?? '') ?? ErrorKind::Internal;

        return new ($kind->exception())(Value::text($details['text'] ?? null) ?? '', $status, null, $details);
    }
}
