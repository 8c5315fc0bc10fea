<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** What a login of a web app has to know of a request, as arguments of {@see TokenManager}. */
final class Visitor
{
    private const PURPOSE = ['HTTP_SEC_PURPOSE', 'HTTP_PURPOSE', 'HTTP_X_MOZ'];

    /**
     * For `$manager->beginLogin(...Visitor::begins($_SERVER), redirectUri: …)`.
     *
     * Behind a proxy that hands on another host, give `host` yourself.
     *
     * @param array<mixed> $server `$_SERVER`, or what a framework has in its place
     *
     * @return array{cookies: ?string, host: ?string}
     */
    public static function begins(#[\SensitiveParameter] array $server): array
    {
        return ['cookies' => self::text($server, 'HTTP_COOKIE'), 'host' => self::text($server, 'HTTP_HOST')];
    }

    /**
     * For `$manager->finishLogin(...Visitor::returns($_SERVER))`.
     *
     * @param array<mixed> $server `$_SERVER`, or what a framework has in its place
     *
     * @return array{query: string, method: ?string, cookies: ?string, purpose: ?string}
     */
    public static function returns(#[\SensitiveParameter] array $server): array
    {
        $purpose = null;
        foreach (self::PURPOSE as $name) {
            $purpose ??= self::text($server, $name);
        }

        return [
            'query' => self::text($server, 'QUERY_STRING') ?? '',
            'method' => self::text($server, 'REQUEST_METHOD'),
            'cookies' => self::text($server, 'HTTP_COOKIE'),
            'purpose' => $purpose,
        ];
    }

    /** @param array<mixed> $server */
    private static function text(#[\SensitiveParameter] array $server, string $name): ?string
    {
        return Internal\Value::text($server[$name] ?? null);
    }
}
