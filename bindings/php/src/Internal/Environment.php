<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

/**
 * `$_ENV`, where dotenv libraries put what they read. The process's own environment, which the core reads, comes first.
 *
 * `$_SERVER` and the variables of proxies are left out: a visitor's headers are in `$_SERVER` (`HTTP_PROXY`).
 *
 * @internal
 */
final class Environment
{
    /** The setting that a variable is for, by PHP's name. */
    public const SETTINGS = [
        'PINTEREST_APP_ID' => 'appId',
        'PINTEREST_APP_SECRET' => 'appSecret',
        'PINTEREST_API_URI' => 'baseUrl',
        'PINTEREST_OAUTH_URI' => 'oauthUrl',
        'PINTEREST_OAUTH_STORE' => 'store',
    ];

    /**
     * @param array<string, mixed> $settings by PHP's name, each that may be given
     *
     * @return array<string, mixed> with those that only `$_ENV` has
     */
    public static function completed(#[\SensitiveParameter] array $settings): array
    {
        if (($settings['trustEnv'] ?? null) === false) {
            return $settings;
        }
        foreach (self::SETTINGS as $variable => $name) {
            $missing = \array_key_exists($name, $settings) && $settings[$name] === null;
            if ($missing && self::process($variable) === null) {
                $settings[$name] = self::dotenv($variable);
            }
        }

        return $settings;
    }

    /** A variable of the process, or else of `$_ENV`; null where it is not set, or empty. */
    public static function variable(string $name): ?string
    {
        return self::process($name) ?? self::dotenv($name);
    }

    private static function process(string $name): ?string
    {
        // A host may disable getenv().
        $value = \function_exists('getenv') ? \getenv($name) : false;

        return $value === false || $value === '' ? null : $value;
    }

    private static function dotenv(string $name): ?string
    {
        $value = $_ENV[$name] ?? null;

        return \is_string($value) && $value !== '' ? $value : null;
    }
}
