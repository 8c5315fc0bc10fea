<?php

declare(strict_types=1);

require __DIR__ . '/../autoload.php';
require_once '/usr/share/php/Psr/Log/autoload.php';

spl_autoload_register(static function (string $class): void {
    $prefix = 'Pinterest\\OAuth\\Tests\\';
    if (str_starts_with($class, $prefix)) {
        require __DIR__ . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    }
});

// Nothing that a client would read from the environment reaches a test, save the library under test.
$library = getenv('PINTEREST_OAUTH_LIBRARY') ?: __DIR__ . '/../../../target/stage/lib/libpinterest_oauth.so';
$command = getenv('PINTEREST_OAUTH_COMMAND') ?: __DIR__ . '/../../../target/debug/pinterest-oauth';
foreach (array_keys(getenv() + $_ENV) as $name) {
    if (preg_match('/^(PINTEREST_|SSL_CERT_|RUST_BACKTRACE|REQUEST_METHOD)|_PROXY$/i', $name)) {
        putenv($name);
        unset($_ENV[$name]);
    }
}
putenv('PINTEREST_OAUTH_LIBRARY=' . realpath($library));
putenv('PINTEREST_OAUTH_COMMAND=' . realpath($command));
putenv('COMPOSER_ALLOW_SUPERUSER=1');
