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

    /**
     * @param array<string, string> $fields
     * @param array<string, true>   $repeated names that are there more than once
     */
    private function __construct(
        #[\SensitiveParameter] private array $fields,
        #[\SensitiveParameter] private array $repeated,
    ) {
    }

    /**
     * @throws Refusal when the body is no form that can be read without doubt
     */
    public static function of(Request $request): self
    {
        self::checkType((string) $request->headers->get('Content-Type', ''));

        return self::parsed(self::body($request), 'the body');
    }

    /**
     * The query of the address, read in the same way.
     *
     * @throws Refusal when it cannot be read without doubt
     */
    public static function ofQuery(Request $request): self
    {
        return self::parsed((string) $request->server->get('QUERY_STRING', ''), 'the query');
    }

    private static function parsed(#[\SensitiveParameter] string $text, string $what): self
    {
        $fields = $repeated = [];
        foreach (explode('&', $text) as $pair) {
            if ($pair === '') {
                continue;
            }
            [$name, $value] = array_map('urldecode', explode('=', $pair, 2)) + [1 => ''];
            if (preg_match('//u', "$name=$value") !== 1) {
                throw Refusal::invalid($what . ' is not UTF-8');
            }
            if (isset($fields[$name])) {
                $repeated[$name] = true;
            }
            $fields[$name] = $value;
        }

        return new self($fields, $repeated);
    }

    /**
     * Takes a field out; null when it was not sent.
     *
     * @throws Refusal when it is there more than once
     */
    public function take(string $name): ?string
    {
        if (isset($this->repeated[$name])) {
            throw self::twice($name);
        }
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
            default => throw Refusal::invalid($name . ' must be true or false'),
        };
    }

    /**
     * What was not taken.
     *
     * @return array<string, string>
     *
     * @throws Refusal when one of them is there more than once; it is not named, as it may be a secret
     */
    public function rest(): array
    {
        if ($this->repeated !== []) {
            throw self::twice('a field');
        }

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

    private static function twice(string $name): Refusal
    {
        return Refusal::invalid($name . ' is there more than once');
    }
}
