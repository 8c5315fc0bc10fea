<?php

/*
 * Loads the bundle without Composer, and beside it the client that its gateway calls.
 */

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'OpenAPI\\Server\\')) {
        $file = __DIR__ . '/src/' . strtr(substr($class, 15), '\\', '/') . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});

if (!class_exists(Pinterest\OAuth\Client::class) && is_file(__DIR__ . '/../php/autoload.php')) {
    require __DIR__ . '/../php/autoload.php';
}
