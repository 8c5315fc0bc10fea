<?php

declare(strict_types=1);

/*
 * Serves the project in the folder APP_PROJECT; its cache and log go to APP_VAR.
 */

use OpenAPI\Server\Tests\App\Kernel;
use Symfony\Component\HttpFoundation\Request;

require dirname(__DIR__) . '/autoload.php';

$setting = static fn (string $name, string $default): string => $_SERVER[$name] ?? (getenv($name) ?: $default);
$project = $setting('APP_PROJECT', dirname(__DIR__));

spl_autoload_register(static function (string $class) use ($project): void {
    $file = $project . '/src/' . strtr($class, '\\', '/') . '.php';
    if (is_file($file)) {
        require $file;
    }
});

$kernel = new Kernel(
    $setting('APP_ENV', 'prod'),
    $setting('APP_DEBUG', '0') === '1',
    $project,
    $setting('APP_VAR', sys_get_temp_dir() . '/open-api-server-' . posix_geteuid()),
);
$request = Request::createFromGlobals();
$response = $kernel->handle($request);
$response->send();
$kernel->terminate($request, $response);
