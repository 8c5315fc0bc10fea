<?php

declare(strict_types=1);

namespace OpenAPI\Server\Model;

/**
 * Keeps the values of the models outside the objects, where no dump, trace or serializer looks.
 *
 * @internal
 */
trait Hidden
{
    /** @var \WeakMap<self, array<string, mixed>>|null */
    private static ?\WeakMap $hidden = null;

    /**
     * @param array<string, mixed> $values
     */
    private function hide(#[\SensitiveParameter] array $values): void
    {
        self::$hidden ??= new \WeakMap();
        self::$hidden[$this] = $values;
    }

    private function reveal(string $name): mixed
    {
        return self::$hidden[$this][$name];
    }

    /**
     * @return array<string, string>
     */
    public function __debugInfo(): array
    {
        return array_map(
            static fn (mixed $value): string => $value === null ? 'null' : '[redacted]',
            self::$hidden[$this],
        );
    }

    /**
     * As hidden as in a dump: loggers call this.
     *
     * @return array<string, string>
     */
    public function jsonSerialize(): array
    {
        return $this->__debugInfo();
    }

    public function __serialize(): array
    {
        throw new \LogicException(self::class . ' is not serialized: it holds secrets.');
    }

    private function __clone()
    {
    }
}
