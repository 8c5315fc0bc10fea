<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Library;

/**
 * Where the native library is.
 *
 * @internal
 */
final class Locator
{
    /** The environment's name for its path. */
    public const VARIABLE = 'PINTEREST_OAUTH_LIBRARY';

    private const FOLDER = __DIR__ . '/../../lib';

    /** A path, or the name that the system's loader knows. */
    public static function library(): string
    {
        $chosen = \getenv(self::VARIABLE);
        if ($chosen !== false && $chosen !== '') {
            return $chosen;
        }
        $bundled = self::FOLDER . '/' . self::platform() . '/libpinterest_oauth.' . self::suffix();

        return \is_file($bundled) ? (string) \realpath($bundled) : self::systemName();
    }

    /** Operating system, processor and, on Linux, the C library: `linux-x86_64-gnu`. */
    public static function platform(): string
    {
        $processor = \strtolower(\php_uname('m'));
        $names = [
            \strtolower(\PHP_OS_FAMILY),
            ['amd64' => 'x86_64', 'arm64' => 'aarch64'][$processor] ?? $processor,
        ];
        if (\PHP_OS_FAMILY === 'Linux') {
            $names[] = self::isGlibc() ? 'gnu' : 'musl';
        }

        return \implode('-', $names);
    }

    /** Asks the running process, because a machine may have both. */
    private static function isGlibc(): bool
    {
        try {
            \FFI::cdef('const char *gnu_get_libc_version(void);');

            return true;
        } catch (\FFI\Exception $problem) {
            if (\str_contains($problem->getMessage(), 'ffi.enable')) {
                throw $problem;
            }

            return false;
        }
    }

    private static function suffix(): string
    {
        return ['Darwin' => 'dylib', 'Windows' => 'dll'][\PHP_OS_FAMILY] ?? 'so';
    }

    private static function systemName(): string
    {
        $name = 'libpinterest_oauth.' . self::suffix();

        // The SONAME ends in the number of the ABI.
        return \PHP_OS_FAMILY === 'Linux' ? $name . '.' . Library::ABI_VERSION : $name;
    }
}
