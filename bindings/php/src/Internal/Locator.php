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
        $chosen = Environment::variable(self::VARIABLE);
        if ($chosen !== null) {
            return $chosen;
        }
        $bundled = self::FOLDER . '/' . self::platform() . '/libpinterest_oauth.' . self::suffix();

        return \is_file($bundled) ? (string) \realpath($bundled) : self::systemName();
    }

    /** Operating system, processor and, on Linux, the C library: `linux-x86_64-gnu`. */
    public static function platform(): string
    {
        $processor = \strtolower(self::processor());
        $names = [
            \strtolower(\PHP_OS_FAMILY),
            ['amd64' => 'x86_64', 'arm64' => 'aarch64'][$processor] ?? $processor,
        ];
        if (\PHP_OS_FAMILY === 'Linux') {
            $names[] = self::isGlibc() ? 'gnu' : 'musl';
        }

        return \implode('-', $names);
    }

    private static function processor(): string
    {
        // A host may disable php_uname(), which asks the same function of C.
        if (\function_exists('php_uname')) {
            return \php_uname('m');
        }
        $length = \PHP_OS_FAMILY === 'Linux' ? 65 : 256;
        $names = \FFI::cdef("typedef struct { char names[6][$length]; } utsname; int uname(utsname *);");
        $found = $names->new('utsname');
        $names->uname(\FFI::addr($found));

        return \FFI::string($found->names[4]);
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
