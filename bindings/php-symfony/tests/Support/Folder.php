<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use Symfony\Component\Filesystem\Filesystem;

/**
 * Folders of this test run, gone at its end.
 */
final class Folder
{
    private static ?string $root = null;

    /** The folder for this content; the same one for the same content. */
    public static function of(mixed $content): string
    {
        if (self::$root === null) {
            self::$root = sys_get_temp_dir() . '/open-api-server-' . bin2hex(random_bytes(6));
            mkdir(self::$root, 0700);
            $root = self::$root;
            register_shutdown_function(static fn () => (new Filesystem())->remove($root));
        }

        return self::$root . '/' . md5(serialize($content));
    }

    public static function write(string $path, string $text): void
    {
        if (!is_dir(\dirname($path))) {
            mkdir(\dirname($path), 0700, true);
        }
        file_put_contents($path, $text);
    }
}
