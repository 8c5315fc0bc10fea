<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

use Pinterest\OAuth\Internal\Locator;

/** A copy of the package, with libraries inside or none. */
final class Package
{
    public readonly Folder $folder;

    public function __construct()
    {
        $this->folder = new Folder();
        foreach (['src', 'resources', 'bin', 'autoload.php'] as $part) {
            Program::run(['cp', '-R', dirname(__DIR__, 2) . "/$part", $this->folder->path])->output();
        }
    }

    /** Puts a library inside, for this platform or another one. */
    public function put(string $library, ?string $platform = null): string
    {
        $path = $this->folder->write('lib/' . ($platform ?? Locator::platform()) . '/libpinterest_oauth.so', '');
        copy($library, $path);

        return $path;
    }

    /**
     * Asks the package for the version of its library, in a process of its own.
     *
     * @param array<string, ?string> $environment
     */
    public function version(array $environment = [], string ...$options): Program
    {
        $code = 'require $argv[1]; try { echo Pinterest\OAuth\Library::version(); }'
            . ' catch (Pinterest\OAuth\Exception\InvalidConfigException $e) {'
            . ' echo $e->getField(), "|", $e->getOutcome()->value, "|", $e->getMessage(); }';
        $environment += ['PINTEREST_OAUTH_LIBRARY' => null];

        return Program::run(
            ['php', ...$options, '-r', $code, '--', $this->folder->path . '/autoload.php'],
            '',
            $environment,
        );
    }
}
