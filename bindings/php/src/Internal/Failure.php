<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception\PinterestOAuthException;

/**
 * Makes exceptions from error documents.
 *
 * @internal
 */
final class Failure
{
    private const NUMBERS = [
        'http_status' => 'HTTP',
        'code' => 'code',
        'request_id' => 'request id',
        'retry_after' => 'retry after',
    ];

    /** The status that C gives for the two kinds that are made here. */
    private const INVALID_ARGUMENT = 2;
    private const INVALID_CONFIG = 3;

    /** The exception for a call that the library failed with `$status`. */
    public static function fromJson(int $status, string $document): PinterestOAuthException
    {
        $details = \json_decode($document, true, 512, \JSON_BIGINT_AS_STRING) ?? [];
        // Times are milliseconds in documents and seconds in PHP.
        $details['field'] = \preg_replace('/_ms$/D', '', $details['field'] ?? '') ?: null;

        return self::make($status, $details);
    }

    /** An argument that cannot be handed over. */
    public static function argument(string $field, string $problem): PinterestOAuthException
    {
        return self::make(self::INVALID_ARGUMENT, [
            'kind' => ErrorKind::InvalidArgument->value,
            'message' => "$field $problem",
            'what_now' => 'Fix the call: the field is named.',
            'outcome' => 'not_sent',
            'field' => $field,
        ]);
    }

    /** Something of PHP's own set-up that keeps the library from being used. */
    public static function setup(string $field, string $message, string $whatNow): PinterestOAuthException
    {
        return self::make(self::INVALID_CONFIG, [
            'kind' => ErrorKind::InvalidConfig->value,
            'message' => $message,
            'what_now' => $whatNow,
            'outcome' => 'not_sent',
            'field' => $field,
        ]);
    }

    /**
     * Without arguments in the trace: they may be secrets, in frames of the caller too.
     *
     * @param array<string, mixed> $details
     */
    private static function make(int $status, array $details): PinterestOAuthException
    {
        $kind = ErrorKind::tryFrom($details['kind'] ?? '') ?? ErrorKind::Internal;
        $ignored = \ini_set('zend.exception_ignore_args', '1');
        try {
            return new ($kind->exception())(self::text($details), $status, null, $details);
        } finally {
            if ($ignored !== false) {
                \ini_set('zend.exception_ignore_args', $ignored);
            }
        }
    }

    /**
     * The message with the numbers that people ask for, and what to do.
     *
     * @param array<string, mixed> $details
     */
    private static function text(array $details): string
    {
        $numbers = [];
        foreach (self::NUMBERS as $key => $name) {
            if (isset($details[$key])) {
                $numbers[] = "$name {$details[$key]}";
            }
        }
        $text = ($details['message'] ?? '') . ($numbers ? ' (' . \implode(', ', $numbers) . ')' : '');

        return $text . '. ' . ($details['what_now'] ?? '');
    }
}
