<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Token;

/**
 * Writes and reads the documents of the core. What they may hold is the core's to say.
 *
 * @internal
 */
final class Document
{
    private const FLAGS = \JSON_UNESCAPED_SLASHES | \JSON_UNESCAPED_UNICODE;

    /** @var array<string, string> names in documents, by PHP's name */
    private static array $keys = [];

    /**
     * @param array<string, mixed> $given arguments by PHP's name; null is as good as absent
     */
    public static function write(#[\SensitiveParameter] array $given): string
    {
        $members = [];
        foreach ($given as $name => $value) {
            // PHP writes an empty list and an empty object alike: no further fields.
            if ($value === null || ($value === [] && $name === 'extra')) {
                continue;
            }
            $text = $value instanceof Token ? $value->toJson() : \json_encode($value, self::FLAGS);
            if ($text === false) {
                throw Failure::argument($name, 'cannot be used: ' . \json_last_error_msg());
            }
            // redirectUri is redirect_uri in a document.
            $key = self::$keys[$name] ??= \strtolower((string) \preg_replace('/[A-Z]/', '_$0', $name));
            $members[] = "\"$key\":$text";
        }

        return '{' . \implode(',', $members) . '}';
    }

    /** A text that goes to C as it is: C would read up to a NUL and no further; any control character there is an error. */
    public static function text(string $name, #[\SensitiveParameter] string $value): string
    {
        if (\preg_match('//u', $value) !== 1) {
            throw Failure::argument($name, 'must be UTF-8');
        }

        return \strtr($value, "\0", "\1");
    }

    /** What a visitor sent: where it is no UTF-8, that is the visitor's, and no error of the program. */
    public static function received(#[\SensitiveParameter] ?string $value): ?string
    {
        if ($value === null || \preg_match('//u', $value) === 1) {
            return $value;
        }

        return \json_decode((string) \json_encode($value, \JSON_INVALID_UTF8_SUBSTITUTE));
    }

    /**
     * Scopes, with commas between them.
     *
     * @param string|array<mixed> $value
     */
    public static function scopes(string $name, string|array $value): string
    {
        if (\is_array($value) && Value::texts($value) !== \array_values($value)) {
            throw Failure::argument($name, 'must be a list of strings, or one string');
        }

        return self::text($name, \is_array($value) ? \implode(',', $value) : $value);
    }

    /**
     * Integers beyond PHP's are strings.
     *
     * @return array<string, mixed>
     */
    public static function read(#[\SensitiveParameter] string $json): array
    {
        return Value::members(\json_decode($json, true, flags: \JSON_BIGINT_AS_STRING)) ?? [];
    }
}
