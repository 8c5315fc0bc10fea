<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

/**
 * An answer of a plain PHP page.
 *
 * @internal
 */
final class Headers
{
    /** @param array<string, list<string>> $headers */
    public static function send(int $status, #[\SensitiveParameter] array $headers): void
    {
        \http_response_code($status);
        foreach ($headers as $name => $values) {
            foreach ($values as $value) {
                // Cookies that the page itself has set stay.
                \header("$name: $value", $name !== 'Set-Cookie', $status);
            }
        }
    }
}
