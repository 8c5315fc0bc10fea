<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Answer;

/**
 * A token document that no dump, cast, export or serialiser sees: it is kept beside the object, not in it.
 *
 * @internal
 */
final class Sealed
{
    /** @var \WeakMap<self, array{json: string, values: array<string, mixed>, answer: ?Answer, stored: bool}>|null */
    private static ?\WeakMap $documents = null;
    private static string $key = '';

    /** Makes `==` true for equal tokens only, however they were obtained, and says nothing about them. */
    private readonly string $mark;

    public function __construct(#[\SensitiveParameter] string $json)
    {
        self::prepare();
        $values = Document::read($json);
        $stored = !\array_key_exists('answer', $values);
        $answer = Value::members($values['answer'] ?? null);
        unset($values['answer']);
        $this->mark = \hash('xxh128', self::$key . \serialize($values));
        self::$documents[$this] = [
            'json' => $json,
            'values' => $values,
            'answer' => $answer === null ? null : new Answer($answer),
            'stored' => $stored,
        ];
    }

    /** Makes ready what a token needs, so that nothing is left to fail once one has come. */
    public static function prepare(): void
    {
        if (self::$documents === null) {
            self::$key = \random_bytes(32);
            self::$documents = new \WeakMap();
        }
    }

    /** The document to store. The core takes `answer` out of it, when it is first asked for. */
    public function json(): string
    {
        $document = &self::$documents[$this];
        if (!$document['stored']) {
            $document['json'] = Native::call('pinterest_oauth_token_read', $document['json']);
            $document['stored'] = true;
        }

        return $document['json'];
    }

    /** @return array<string, mixed> */
    public function values(): array
    {
        return self::$documents[$this]['values'];
    }

    /** How the call went that gave this token; null for one that was stored. */
    public function answer(): ?Answer
    {
        return self::$documents[$this]['answer'];
    }
}
