<?php

declare(strict_types=1);

namespace OpenAPI\Server\Http;

use Symfony\Component\HttpFoundation\Request;

/**
 * Reads the form body to the letter. PHP's own `$_POST` would hide repeated fields and rename some.
 *
 * @internal
 */
final class Form
{
    public const TYPE = 'application/x-www-form-urlencoded';

    /** The largest body that is read, in bytes. */
    public const LIMIT = 65536;

    /** Names that a message may show; any other may be a secret in the wrong place. */
    private const KNOWN = [
        'grant_type', 'code', 'redirect_uri', 'refresh_token', 'scope', 'continuous_refresh', 'refresh_on',
    ];

    /**
     * @param array<string, string> $fields
     */
    private function __construct(#[\SensitiveParameter] private array $fields)
    {
    }

    /**
     * @throws Refusal when the body is no form that can be read without doubt
     */
    public static function of(Request $request): self
    {
        self::checkType((string) $request->headers->get('Content-Type', ''));
        $fields = [];
        foreach (explode('&', self::body($request)) as $pair) {
            if ($pair === '') {
                continue;
            }
            [$name, $value] = array_map('urldecode', explode('=', $pair, 2)) + [1 => ''];
            if (preg_match('//u', "$name=$value") !== 1) {
                throw Refusal::invalid('the body is not UTF-8');
            }
            if (isset($fields[$name])) {
                throw Refusal::invalid(self::named($name) . ' is there more than once');
            }
            $fields[$name] = $value;
        }

        return new self($fields);
    }

    /**
     * Takes a field out; null when it was not sent.
     */
    public function take(string $name): ?string
    {
        $value = $this->fields[$name] ?? null;
        unset($this->fields[$name]);

        return $value;
    }

    /**
     * Takes a flag out. Pinterest's own clients write `true` and `True`.
     *
     * @throws Refusal when it is neither true nor false
     */
    public function flag(string $name): ?bool
    {
        $value = $this->take($name);

        return match ($value === null ? null : strtolower($value)) {
            null => null,
            'true', '1' => true,
            'false', '0' => false,
            default => throw Refusal::invalid(self::named($name) . ' must be true or false'),
        };
    }

    /**
     * What was not taken.
     *
     * @return array<string, string>
     */
    public function rest(): array
    {
        return $this->fields;
    }

    private static function checkType(string $type): void
    {
        $parts = array_map('trim', explode(';', strtolower($type)));
        if (self::TYPE !== $parts[0]) {
            throw Refusal::invalid('the content type must be ' . self::TYPE, 415);
        }
        foreach ($parts as $part) {
            if (str_starts_with($part, 'charset=') && trim(substr($part, 8), '"') !== 'utf-8') {
                throw Refusal::invalid('the charset must be UTF-8', 415);
            }
        }
    }

    private static function body(Request $request): string
    {
        if ((int) $request->headers->get('Content-Length', '0') > self::LIMIT) {
            throw self::tooLarge();
        }
        $body = stream_get_contents($request->getContent(true), self::LIMIT + 1);
        if ($body === false || \strlen($body) > self::LIMIT) {
            throw self::tooLarge();
        }

        return $body;
    }

    private static function tooLarge(): Refusal
    {
        return Refusal::invalid('the body is larger than 64 KiB', 413);
    }

    private static function named(string $name): string
    {
        return \in_array($name, self::KNOWN, true) ? $name : 'a field';
    }
}
