<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** Requests of the tests themselves. */
final class Http
{
    public static function json(string $method, string $url, ?array $document = null): array
    {
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => 'Content-Type: application/json',
            'content' => $document === null ? '' : json_encode($document),
            'timeout' => 60,
        ]]);

        return json_decode((string) file_get_contents($url, false, $context), true, flags: JSON_THROW_ON_ERROR);
    }

    /** Gives access on the consent page; the address at which the browser ends up. */
    public static function click(string $page): string
    {
        [$address, $query] = explode('?', $page, 2);
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => 'Content-Type: application/x-www-form-urlencoded',
            'content' => $query . '&decision=allow',
            'follow_location' => 0,
            'timeout' => 60,
        ]]);
        file_get_contents($address, false, $context);
        foreach ($http_response_header as $header) {
            if (stripos($header, 'location:') === 0) {
                return trim(substr($header, strlen('location:')));
            }
        }
        throw new \RuntimeException('the consent page sends nobody anywhere');
    }
}
