<?php

declare(strict_types=1);

/*
 * Symfony from Debian's packages, the bundle, and the test application.
 */

require_once '/usr/share/php/Symfony/Bundle/FrameworkBundle/autoload.php';
require_once '/usr/share/php/Symfony/Component/Yaml/autoload.php';
if (is_file('/usr/share/php/Symfony/Component/RateLimiter/autoload.php')) {
    require_once '/usr/share/php/Symfony/Component/RateLimiter/autoload.php';
}
require_once dirname(__DIR__, 2) . '/autoload.php';

spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'OpenAPI\\Server\\Tests\\')) {
        $file = dirname(__DIR__) . '/' . strtr(substr($class, 21), '\\', '/') . '.php';
        if (is_file($file)) {
            require $file;
        }
    }
});
