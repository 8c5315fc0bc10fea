<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

/**
 * A JSON document that no dump, cast, export or serialiser sees: it is kept beside the object, not in it.
 *
 * @internal
 */
final class Sealed
{
    /** @var \WeakMap<self, array{string, array<string, mixed>}>|null */
    private static ?\WeakMap $documents = null;
    private static string $key = '';

    /** Makes `==` true for equal documents only, and says nothing about them. */
    private readonly string $mark;

    public function __construct(#[\SensitiveParameter] string $json)
    {
        if (self::$documents === null) {
            self::$documents = new \WeakMap();
            self::$key = \random_bytes(32);
        }
        $this->mark = \hash('xxh128', self::$key . $json);
        self::$documents[$this] = [$json, \json_decode($json, true, 512, \JSON_BIGINT_AS_STRING)];
    }

    public function json(): string
    {
        return self::$documents[$this][0];
    }

    /** @return array<string, mixed> */
    public function values(): array
    {
        return self::$documents[$this][1];
    }
}
