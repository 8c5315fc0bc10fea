<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Failure;
use Pinterest\OAuth\Internal\Locator;

/**
 * The native library that does the work: loaded once per process, when it is first needed.
 *
 * It is looked for where `PINTEREST_OAUTH_LIBRARY` in the environment says, inside the package
 * (`lib/linux-x86_64-gnu/libpinterest_oauth.so` and the like), and on the system, in this order. Where
 * `ffi.preload` names this package's header, nothing is looked for.
 */
final class Library
{
    /** The ABI that this package speaks. */
    public const ABI_VERSION = 1;

    private const HEADER = __DIR__ . '/../resources/pinterest_oauth.h';
    private const SCOPE = 'PINTEREST_OAUTH';

    /** What this package calls: hosts may disable any of them. getenv() and php_uname() can be done without. */
    private const FUNCTIONS = [
        'array_diff_key', 'array_filter', 'array_key_exists', 'array_slice', 'array_values', 'class_exists', 'count',
        'dirname', 'file_get_contents', 'get_defined_vars', 'hash', 'implode', 'in_array', 'is_array', 'is_file',
        'is_finite', 'is_float', 'is_int', 'is_string', 'json_decode', 'json_encode', 'json_last_error_msg',
        'preg_match', 'preg_replace', 'random_bytes', 'realpath', 'serialize', 'sprintf', 'str_contains', 'str_repeat',
        'str_starts_with', 'strlen', 'strtolower', 'strtr',
    ];

    private static ?\FFI $ffi = null;

    /**
     * The version of the native library, for example `0.1.0`.
     *
     * @throws Exception\InvalidConfigException when it cannot be used; the message says what to set
     */
    public static function version(): string
    {
        return self::ffi()->pinterest_oauth_version();
    }

    /**
     * What has to come first: it says what PHP lacks.
     *
     * @internal
     */
    public static function ffi(): \FFI
    {
        return self::$ffi ??= self::load();
    }

    private static function load(): \FFI
    {
        foreach (self::FUNCTIONS as $function) {
            if (!\function_exists($function)) {
                $problem = "PHP's disable_functions forbids $function(), which this library needs";
                throw Failure::setup('disable_functions', $problem, 'Take it out of disable_functions in php.ini.');
            }
        }
        if (!\class_exists(\FFI::class)) {
            throw Failure::setup('ext-ffi', "PHP's extension ffi is not loaded", 'Put extension=ffi into php.ini.');
        }
        $preloaded = self::preloaded();
        if ($preloaded !== null) {
            return self::checked($preloaded, 'that ffi.preload names');
        }
        $place = Locator::VARIABLE;
        try {
            $place = Locator::library();

            return self::bound($place);
        } catch (\FFI\Exception $problem) {
            throw self::unusable($problem->getMessage(), $place);
        }
    }

    private static function bound(string $place): \FFI
    {
        try {
            return self::checked(\FFI::cdef((string) \file_get_contents(self::HEADER), $place), $place);
        } catch (\FFI\Exception $problem) {
            // A library of another ABI may lack a function. Then this is what to say.
            self::checked(\FFI::cdef('uint32_t pinterest_oauth_abi_version(void);', $place), $place);
            throw $problem;
        }
    }

    private static function preloaded(): ?\FFI
    {
        try {
            return \FFI::scope(self::SCOPE);
        } catch (\FFI\Exception) {
            return null;
        }
    }

    private static function checked(\FFI $ffi, string $place): \FFI
    {
        $found = $ffi->pinterest_oauth_abi_version();
        if ($found === self::ABI_VERSION) {
            return $ffi;
        }
        throw Failure::setup(
            Locator::VARIABLE,
            \sprintf('%s has ABI version %d, this package needs %d', $place, $found, self::ABI_VERSION),
            'Use the library and the PHP package of the same release.',
        );
    }

    private static function unusable(string $problem, string $place): \Throwable
    {
        if (\str_contains($problem, 'ffi.enable')) {
            return Failure::setup(
                'ffi.enable',
                \sprintf(
                    'PHP forbids FFI here: ffi.enable is "%s"',
                    // What ini_get() says, which a host may disable.
                    (new \ReflectionExtension('ffi'))->getINIEntries()['ffi.enable'] ?? '',
                ),
                'Run vendor/bin/pinterest-oauth-preload and follow what it prints (it preloads this library alone), '
                    . 'or set ffi.enable=1 in php.ini (every script may then use FFI).',
            );
        }

        return Failure::setup(
            Locator::VARIABLE,
            "the native library $place cannot be used: $problem",
            \sprintf('Install it, or set %s to its path.', Locator::VARIABLE),
        );
    }
}
