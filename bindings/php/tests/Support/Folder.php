<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** Temporary folders, gone at the end. */
final class Folder
{
    public readonly string $path;

    public function __construct()
    {
        $this->path = sys_get_temp_dir() . '/pinterest-oauth-' . bin2hex(random_bytes(6));
        mkdir($this->path);
    }

    public function __destruct()
    {
        Program::run(['rm', '-rf', $this->path]);
    }

    public function write(string $name, string $text): string
    {
        $path = $this->path . '/' . $name;
        if (!is_dir(dirname($path))) {
            mkdir(dirname($path), 0777, true);
        }
        file_put_contents($path, $text);

        return $path;
    }
}
