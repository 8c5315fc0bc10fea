<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

/**
 * Values of a document in PHP's types. One of another type than expected is absent: a token that has come is never
 * lost to a TypeError.
 *
 * @internal
 */
final class Value
{
    public static function text(mixed $value): ?string
    {
        return \is_string($value) ? $value : null;
    }

    /** The nearest integer that PHP has: those beyond are text, see {@see Document::read()}. */
    public static function integer(mixed $value): ?int
    {
        return match (true) {
            \is_int($value) => $value,
            \is_float($value) && $value >= \PHP_INT_MAX => \PHP_INT_MAX,
            \is_float($value) && $value <= \PHP_INT_MIN => \PHP_INT_MIN,
            \is_float($value) => (int) $value,
            // PHP's cast ends at its largest and smallest integer.
            \is_string($value) && \preg_match('/^-?[0-9]+$/D', $value) === 1 => (int) $value,
            default => null,
        };
    }

    public static function number(mixed $value): ?float
    {
        return \is_int($value) || \is_float($value) ? (float) $value : null;
    }

    /** @return array<mixed>|null */
    public static function members(mixed $value): ?array
    {
        return \is_array($value) ? $value : null;
    }

    /** @return list<string> */
    public static function texts(mixed $value): array
    {
        return \is_array($value) ? \array_values(\array_filter($value, '\is_string')) : [];
    }

    /** @return list<array<mixed>> */
    public static function documents(mixed $value): array
    {
        return \is_array($value) ? \array_values(\array_filter($value, '\is_array')) : [];
    }

    /**
     * @return array{
     *     limit: ?int,
     *     remaining: ?int,
     *     reset: ?int,
     *     policies: list<array{limit: int, window: ?int, name: ?string}>
     * }|null
     */
    public static function rateLimit(mixed $value): ?array
    {
        if (!\is_array($value)) {
            return null;
        }
        $policies = [];
        foreach (self::members($value['policies'] ?? null) ?? [] as $policy) {
            $policies[] = [
                'limit' => self::integer($policy['limit'] ?? null) ?? 0,
                'window' => self::integer($policy['window'] ?? null),
                'name' => self::text($policy['name'] ?? null),
            ];
        }

        return [
            'limit' => self::integer($value['limit'] ?? null),
            'remaining' => self::integer($value['remaining'] ?? null),
            'reset' => self::integer($value['reset'] ?? null),
            'policies' => $policies,
        ];
    }
}
