<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Internal\Locator;
use Pinterest\OAuth\Library;
use Pinterest\OAuth\Tests\Support\Folder;
use Pinterest\OAuth\Tests\Support\Package;
use Pinterest\OAuth\Tests\Support\Program;

/** Where the native library is found, and what is said where it cannot be used. */
final class LibraryTest extends TestCase
{
    private Package $package;
    private string $library;

    protected function setUp(): void
    {
        $this->package = new Package();
        $this->library = getenv('PINTEREST_OAUTH_LIBRARY');
    }

    public function testItIsFoundByTheVariableBeforeAnywhereElse(): void
    {
        $stub = $this->stub(99);
        $this->package->put($stub);
        $environment = ['PINTEREST_OAUTH_LIBRARY' => $this->library, 'LD_LIBRARY_PATH' => dirname($stub)];
        self::assertSame(Library::version(), $this->package->version($environment)->output());
    }

    public function testItIsFoundInsideThePackageBeforeTheSystem(): void
    {
        $this->package->put($this->library);
        foreach ([null, ''] as $unset) {
            $environment = ['PINTEREST_OAUTH_LIBRARY' => $unset, 'LD_LIBRARY_PATH' => dirname($this->stub(99))];
            self::assertSame(Library::version(), $this->package->version($environment)->output());
        }
    }

    public function testItIsFoundOnTheSystem(): void
    {
        $ran = $this->package->version(['LD_LIBRARY_PATH' => dirname($this->library)]);
        self::assertSame(Library::version(), $ran->output());
    }

    public function testTheLibraryOfAnotherPlatformOrOfMuslIsNotTaken(): void
    {
        foreach (['linux-x86_64-musl', 'linux-s390x-gnu', 'darwin-aarch64'] as $platform) {
            self::assertNotSame($platform, Locator::platform());
            $this->package->put($this->stub(99), $platform);
        }
        $ran = $this->package->version(['PINTEREST_OAUTH_LIBRARY' => $this->library]);
        self::assertSame(Library::version(), $ran->output());
    }

    public function testThePlatformNamesSystemProcessorAndTheLibcOfThisProcess(): void
    {
        $libc = preg_match('/musl/', file_get_contents('/proc/self/maps')) ? 'musl' : 'gnu';
        self::assertSame('linux-' . php_uname('m') . "-$libc", Locator::platform());
    }

    public function testALibraryOfAnotherAbiIsRefusedWithBothNumbersAndItsPath(): void
    {
        $stub = $this->stub(7);
        [$field, $outcome, $message] = $this->refusal(['PINTEREST_OAUTH_LIBRARY' => $stub]);
        self::assertSame(['PINTEREST_OAUTH_LIBRARY', 'not_sent'], [$field, $outcome]);
        self::assertStringContainsString("$stub has ABI version 7, this package needs 1", $message);
        $inside = $this->package->put($stub);
        [, , $message] = $this->refusal([]);
        self::assertStringContainsString("$inside has ABI version 7, this package needs 1", $message);
    }

    public function testALibraryThatIsNotThereIsNamed(): void
    {
        [$field, , $message] = $this->refusal(['PINTEREST_OAUTH_LIBRARY' => '/nowhere.so']);
        self::assertSame('PINTEREST_OAUTH_LIBRARY', $field);
        self::assertStringContainsString('/nowhere.so', $message);
        [, , $message] = $this->refusal([]);
        self::assertStringContainsString('set PINTEREST_OAUTH_LIBRARY', $message);
    }

    public function testAFileThatIsNoLibraryIsNamed(): void
    {
        $file = $this->package->folder->write('other.so', 'text');
        [, , $message] = $this->refusal(['PINTEREST_OAUTH_LIBRARY' => $file]);
        self::assertStringContainsString($file, $message);
    }

    public function testWherePhpForbidsFfiTheErrorSaysWhatToSet(): void
    {
        [$field, $outcome, $message] = $this->refusal([], '-d', 'ffi.enable=0');
        self::assertSame(['ffi.enable', 'not_sent'], [$field, $outcome]);
        foreach (['ffi.enable is "0"', 'pinterest-oauth-preload', 'ffi.enable=1 in php.ini'] as $said) {
            self::assertStringContainsString($said, $message);
        }
    }

    public function testWherePhpLacksFfiTheErrorSaysWhatToSet(): void
    {
        [$field, , $message] = $this->refusal([], '-n');
        self::assertSame('ext-ffi', $field);
        self::assertStringContainsString('extension=ffi', $message);
    }

    public function testTheScriptForPhpFpmWritesAHeaderAndSettingsThatWork(): void
    {
        $this->package->put($this->library);
        $folder = new Folder();
        $script = $this->package->folder->path . '/bin/pinterest-oauth-preload';
        $settings = Program::run(['php', $script, $folder->path], '', ['PINTEREST_OAUTH_LIBRARY' => null])->output();
        self::assertStringContainsString('ffi.enable = preload', $settings);
        $folder->write('conf/90.ini', $settings . 'opcache.enable_cli = 1');
        $environment = ['PHP_INI_SCAN_DIR' => ":{$folder->path}/conf", 'PINTEREST_OAUTH_LIBRARY' => '/nowhere.so'];
        Program::run(['chmod', '-R', 'a+rX', $folder->path, $this->package->folder->path])->output();
        self::assertSame(Library::version(), $this->package->version($environment)->output());
        // The next deployment, in a folder of its own, runs before the server is started again.
        $next = new Package();
        $code = 'require $argv[1]; echo json_encode(opcache_get_status()["preload_statistics"]["classes"]);';
        $command = ['php', '-r', $code, '--', $next->folder->path . '/autoload.php'];
        $preloaded = Program::run($command, '', $environment);
        self::assertContains('Pinterest\OAuth\Client', json_decode($preloaded->output()));
    }

    public function testAPreloadedLibraryOfAnotherAbiKeepsTheServerFromStarting(): void
    {
        $inside = $this->package->put($this->library);
        $folder = new Folder();
        $script = $this->package->folder->path . '/bin/pinterest-oauth-preload';
        $settings = Program::run(['php', $script, $folder->path], '', ['PINTEREST_OAUTH_LIBRARY' => null])->output();
        $folder->write('conf/90.ini', $settings . 'opcache.enable_cli = 1');
        preg_match_all('/pinterest_oauth_\w+(?=\()/', file_get_contents("{$folder->path}/pinterest_oauth.h"), $names);
        copy($this->stub(7, ...array_diff($names[0], ['pinterest_oauth_abi_version'])), $inside);
        Program::run(['chmod', '-R', 'a+rX', $folder->path, $this->package->folder->path])->output();
        $ran = Program::run(['php', '-r', 'echo "started";'], '', ['PHP_INI_SCAN_DIR' => ":{$folder->path}/conf"]);
        self::assertNotSame(0, $ran->status);
        self::assertStringNotContainsString('started', $ran->out);
        self::assertStringContainsString('has ABI version 7, this package needs 1', $ran->out . $ran->err);
    }

    public function testAHeaderThatSomebodyElsePreloadsDoesNotMatter(): void
    {
        $other = "#define FFI_SCOPE \"OTHER\"\n#define FFI_LIB \"libc.so.6\"\nint getpid(void);";
        $header = $this->package->folder->write('other.h', $other);
        $environment = ['PINTEREST_OAUTH_LIBRARY' => $this->library];
        $ran = $this->package->version($environment, '-d', "ffi.preload=$header");
        self::assertSame(Library::version(), $ran->output());
    }

    public function testTheScriptForPhpFpmSaysWhatIsWrong(): void
    {
        $script = $this->package->folder->path . '/bin/pinterest-oauth-preload';
        foreach ([[], ['/does/not/exist'], ['/tmp', 'user', 'more']] as $arguments) {
            $ran = Program::run(['php', $script, ...$arguments]);
            self::assertSame([2, ''], [$ran->status, $ran->out]);
            self::assertStringContainsString('Usage: pinterest-oauth-preload DIRECTORY', $ran->err);
        }
        $ran = Program::run(['php', $script, '/tmp'], '', ['PINTEREST_OAUTH_LIBRARY' => '/nowhere.so']);
        self::assertSame(2, $ran->status);
        self::assertStringContainsString('/nowhere.so', $ran->err);
    }

    /** A library that has an ABI number, functions of these names that do nothing, and nothing else. */
    private function stub(int $abi, string ...$others): string
    {
        $code = "unsigned pinterest_oauth_abi_version(void) { return $abi; }";
        foreach ($others as $name) {
            $code .= "void $name(void) {}";
        }
        $source = $this->package->folder->write('stub.c', $code);
        $library = $this->package->folder->write('stub/libpinterest_oauth.so.' . Library::ABI_VERSION, '');
        Program::run(['cc', '-shared', '-fPIC', '-o', $library, $source])->output();

        return $library;
    }

    /**
     * @param array<string, ?string> $environment
     *
     * @return array{string, string, string} field, outcome and message of the refusal
     */
    private function refusal(array $environment, string ...$options): array
    {
        return explode('|', $this->package->version($environment, ...$options)->output(), 3);
    }
}
