<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\Tests\Support\Folder;
use Pinterest\OAuth\Tests\Support\Program;

/** The Composer package as it is built and installed, without a network. */
final class PackageTest extends TestCase
{
    private const ALONE = ['COMPOSER_DISABLE_NETWORK' => '1', 'PINTEREST_OAUTH_LIBRARY' => null];
    private const PROGRAM = <<<'PHP'
        <?php
        require __DIR__ . '/vendor/autoload.php';
        echo implode(' ', Pinterest\OAuth\oauthToken('client_credentials', scope: 'ads:read')->scopes);
        PHP;

    private static Folder $built;

    public static function setUpBeforeClass(): void
    {
        self::$built = new Folder();
        $script = dirname(__DIR__) . '/package.sh';
        Program::run([$script, self::$built->path, getenv('PINTEREST_OAUTH_LIBRARY')])->output();
    }

    public function testComposerFindsNothingToComplainAbout(): void
    {
        foreach ([dirname(__DIR__), self::$built->path . '/pinterest-oauth'] as $package) {
            $command = ['composer', 'validate', '--strict', '--no-interaction'];
            // A version belongs in what is built alone, where an artifact repository needs it.
            $options = $package === dirname(__DIR__) ? [] : ['--no-check-version'];
            self::assertSame(0, Program::run([...$command, ...$options], '', self::ALONE, $package)->status);
        }
    }

    /** @dataProvider repositories */
    public function testThePackageInstallsIntoAnEmptyProjectAndWorksThere(array $repository): void
    {
        $project = new Folder();
        $repository['url'] = self::$built->path . $repository['url'];
        $project->write('composer.json', json_encode([
            'repositories' => [$repository, ['packagist.org' => false]],
            'require' => ['pinterest-oauth/pinterest-oauth' => '*'],
        ]));
        $install = ['composer', 'install', '--no-interaction', '--no-progress'];
        Program::run($install, '', self::ALONE, $project->path)->output();
        $program = $project->write('token.php', self::PROGRAM);
        $environment = Emulator::fresh()->environment() + self::ALONE;
        self::assertSame('ads:read', Program::run(['php', $program], '', $environment)->output());
        $settings = Program::run([$project->path . '/vendor/bin/pinterest-oauth-preload', $project->path]);
        $package = $project->path . '/vendor/pinterest-oauth/pinterest-oauth';
        self::assertStringContainsString("opcache.preload = $package/resources/preload.php\n", $settings->output());
    }

    public function repositories(): iterable
    {
        yield 'the zip' => [['type' => 'artifact', 'url' => '']];
        yield 'the folder' => [['type' => 'path', 'url' => '/pinterest-oauth', 'options' => ['symlink' => false]]];
    }

    public function testThePackageWorksWithoutComposer(): void
    {
        $code = str_replace(
            '__DIR__ . \'/vendor/autoload.php\'',
            var_export(self::$built->path . '/pinterest-oauth/autoload.php', true),
            self::PROGRAM,
        );
        $program = self::$built->write('alone.php', $code);
        $environment = Emulator::fresh()->environment() + self::ALONE;
        self::assertSame('ads:read', Program::run(['php', $program], '', $environment)->output());
    }

    public function testThePackageHoldsWhatUsersNeedAndNoTests(): void
    {
        $zip = new \ZipArchive();
        self::assertTrue($zip->open(glob(self::$built->path . '/*.zip')[0]));
        $names = array_map(static fn (int $place) => $zip->getNameIndex($place), range(0, $zip->numFiles - 1));
        foreach (['composer.json', 'README.md', 'LICENSE-MIT', 'src/Client.php', 'resources/preload.php'] as $needed) {
            self::assertContains($needed, $names);
        }
        self::assertSame([], preg_grep('#^tests/|phpunit|phpcs#', $names));
    }
}
