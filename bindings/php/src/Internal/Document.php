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
