<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Token;

/**
 * Writes the documents that the core reads. What they may hold is the core's to say.
 *
 * @internal
 */
final class Document
{
    private const FLAGS = \JSON_UNESCAPED_SLASHES | \JSON_UNESCAPED_UNICODE;

    /**
     * @param array<string, mixed> $values null is as good as absent
     */
    public static function write(#[\SensitiveParameter] array $values): string
    {
        $members = [];
        foreach ($values as $name => $value) {
            if ($value === null) {
                continue;
            }
            $text = $value instanceof Token ? $value->toJson() : \json_encode($value, self::FLAGS);
            if ($text === false) {
                $name = \preg_replace('/_ms$/D', '', $name);
                throw Failure::argument($name, 'cannot be used: ' . \json_last_error_msg());
            }
            $members[] = "\"$name\":$text";
        }

        return '{' . \implode(',', $members) . '}';
    }

    /** Seconds as the core wants them. */
    public static function milliseconds(?float $seconds): ?float
    {
        return $seconds === null ? null : \round($seconds * 1000);
    }
}
