<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Sealed;
use Pinterest\OAuth\Internal\Value;

/**
 * Where to send a visitor who logs in, with status 303, and what goes along. No dump shows it.
 *
 * @property-read string       $url        the address to send the browser to; it carries the state
 * @property-read list<string> $setCookies the values of the answer's `Set-Cookie` headers, one header for each
 */
final class LoginBegin
{
    /** The HTTP status of the answer. */
    public const STATUS = 303;

    private readonly Sealed $document;

    /** @internal a manager makes it */
    public function __construct(#[\SensitiveParameter] string $json)
    {
        $this->document = new Sealed($json);
    }

    public function __get(string $name): mixed
    {
        $values = $this->document->values();

        return match ($name) {
            'url' => Value::text($values['url'] ?? null) ?? '',
            'setCookies' => Value::texts($values['set_cookies'] ?? null),
            default => throw new \LogicException("A LoginBegin has no $name"),
        };
    }

    public function __isset(string $name): bool
    {
        return $name === 'url' || $name === 'setCookies';
    }

    /**
     * The headers of the answer by name, as Symfony's `Response` and those of PSR-7 take them.
     *
     * @return array<string, list<string>>
     */
    public function headers(): array
    {
        return ['Location' => [$this->url], 'Cache-Control' => ['no-store'], 'Set-Cookie' => $this->setCookies];
    }

    /** Answers the visitor with all this, by `header()`. Nothing must have been printed before. */
    public function send(): void
    {
        Internal\Headers::send(self::STATUS, $this->headers());
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['url' => '[redacted]'];
    }

    public function __serialize(): array
    {
        throw new \LogicException('A LoginBegin is not serialized: answer the visitor with it');
    }

    /** @param array<mixed> $data */
    public function __unserialize(array $data): void
    {
        throw new \LogicException('A LoginBegin is not unserialized: begin the login anew');
    }
}
