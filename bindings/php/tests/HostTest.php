<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Library;
use Pinterest\OAuth\Tests\Support\EmulatorTestCase;
use Pinterest\OAuth\Tests\Support\Folder;
use Pinterest\OAuth\Tests\Support\Http;
use Pinterest\OAuth\Tests\Support\Package;
use Pinterest\OAuth\Tests\Support\Program;
use Pinterest\OAuth\TokenManager;

/** Hosts that forbid functions, or break while an answer comes: errors stay the documented ones, no token is lost. */
final class HostTest extends EmulatorTestCase
{
    private const SRC = __DIR__ . '/../src';

    /** Where these are forbidden, the program of the test cannot even say so. */
    private const OF_EVERY_ERROR = ['dirname', 'str_starts_with', 'array_slice', 'function_exists', 'is_string'];

    /** What hosts forbid, beside what this package calls. */
    private const FORBIDDEN = [
        'ini_set', 'ini_get', 'ini_get_all', 'ini_alter', 'ini_restore', 'php_uname', 'getenv', 'putenv', 'error_log',
        'extension_loaded', 'phpversion', 'php_sapi_name', 'set_time_limit', 'error_reporting', 'set_error_handler',
        'debug_backtrace', 'getmypid', 'glob', 'fopen', 'proc_open', 'exec', 'dl', 'phpinfo', 'spl_autoload_register',
        'get_cfg_var', 'call_user_func', 'array_map', 'unserialize', 'sys_get_temp_dir', 'stream_context_create',
    ];

    /**
     * The emulator is for tests, on hosts that let programs be started; a login that waits is for the command line; and
     * who cannot send headers has no page.
     */
    private const ELSEWHERE = ['Emulator', 'Login', 'Interrupts', 'Terminal', 'Headers'];

    private const ALL_WELL = <<<'END'
        a client: a token
        no client: a token
        a stored token: a token
        an array: a token
        a redirect: a code
        a bad grant: invalid_argument grantType
        a bad code: invalid_grant 
        another state: state_mismatch 
        a manager: a code
        a bad name: invalid_argument account

        END;

    private Folder $folder;

    public function testWhatAHostForbidsIsDoneWithoutOrNamed(): void
    {
        $program = $this->program();
        self::assertSame(self::ALL_WELL, $this->saidWithout([], $program));
        $needed = (new \ReflectionClassConstant(Library::class, 'FUNCTIONS'))->getValue();
        $named = preg_replace('/:.*/m', ': invalid_config disable_functions', self::ALL_WELL);
        $wrong = [];
        foreach (array_diff($needed, self::OF_EVERY_ERROR) as $function) {
            if ($this->saidWithout([$function], $program) !== $named) {
                $wrong[] = "$function: " . $this->saidWithout([$function], $program);
            }
        }
        foreach ([...array_map(static fn ($name) => [$name], self::FORBIDDEN), self::FORBIDDEN] as $functions) {
            if ($this->saidWithout($functions, $program) !== self::ALL_WELL) {
                $wrong[] = implode(' ', $functions) . ': ' . $this->saidWithout($functions, $program);
            }
        }
        self::assertSame([], $wrong);
    }

    public function testEveryFunctionThatIsCalledIsOneThatTheLibraryLooksForFirst(): void
    {
        $called = [];
        $phps = get_defined_functions()['internal'];
        foreach (glob(self::SRC . '/{*,*/*}.php', GLOB_BRACE) as $file) {
            if (!in_array(basename($file, '.php'), self::ELSEWHERE, true)) {
                preg_match_all('/(?<![\w:>]|function )\\\\?([a-z][a-z0-9_]+)\(/', php_strip_whitespace($file), $found);
                $called = [...$called, ...array_intersect($found[1], $phps)];
            }
        }
        $guarded = ['getenv', 'php_uname', 'function_exists', 'register_shutdown_function', 'time'];
        $needed = (new \ReflectionClassConstant(Library::class, 'FUNCTIONS'))->getValue();
        $called = array_values(array_diff(array_unique($called), $guarded));
        sort($called);
        self::assertSame($needed, $called);
    }

    public function testThePackagesOwnLibraryIsFoundWithoutPhpUname(): void
    {
        $package = new Package();
        $package->put(getenv('PINTEREST_OAUTH_LIBRARY'));
        $ran = $package->version([], '-d', 'disable_functions=php_uname,getenv,ini_get');
        self::assertSame(Library::version(), $ran->output());
    }

    /** @dataProvider handlers */
    public function testAHandlerThatThrowsLosesNoToken(string $handler): void
    {
        $given = ['handler' => $handler, 'settings' => $this->emulator->settings()];
        self::assertSame('a token of ads:read', Program::ours('handlers.php', $given)->output());
    }

    public function handlers(): iterable
    {
        yield 'of errors' => ['errors'];
        yield 'that loads classes' => ['classes'];
        yield 'that logs' => ['logger'];
    }

    public function testWhereMemoryIsShortNothingIsSentOrTheTokenComes(): void
    {
        $seen = ['sent' => 0, 'not sent' => 0];
        foreach (range(136, 216, 2) as $kilobytes) {
            Http::json('DELETE', $this->emulator->facts['control_url'] . '/requests');
            $given = ['free' => 1024 * $kilobytes, 'settings' => $this->emulator->settings()];
            $ran = Program::ours('memory.php', $given, [], '-d', 'memory_limit=32M');
            $sent = count($this->emulator->requests());
            self::assertSame($sent === 1, str_contains($ran->out, 'a token of ads:read'), "$kilobytes: {$ran->out}");
            $seen[$sent === 1 ? 'sent' : 'not sent']++;
        }
        self::assertNotContains(0, $seen, 'both happened');
    }

    public function testASettingThatADotenvLibraryReadIsUsed(): void
    {
        $values = $this->emulator->environment();
        $options = ['-d', 'variables_order=GPCS', '-r'];
        $autoload = __DIR__ . '/../autoload.php';
        $start = 'use Pinterest\OAuth\Client; use Pinterest\OAuth\Exception\PinterestOAuthException; require $argv[1];';
        $ran = static fn (string $code): string => Program::run(
            ['php', ...$options, $start . $code, '--', $autoload],
        )->output();
        $set = '$_ENV = ' . var_export($values, true) . ';';
        $ask = 'try { echo (new Client(%s))->oauthToken("client_credentials", scope: "ads:read")->scope; }'
            . 'catch (PinterestOAuthException $e) { echo $e->getKind()->value, $e->getField(); }';
        self::assertSame('ads:read', $ran($set . sprintf($ask, '')));
        self::assertSame('invalid_configappId', $ran($set . sprintf($ask, 'trustEnv: false')));
        self::assertSame('invalid_configappId', $ran('$_ENV["PINTEREST_APP_ID"] = "";' . sprintf($ask, '')));
        // What is given comes first, then the process's own environment.
        self::assertSame('invalid_client', $ran($set . sprintf($ask, 'appSecret: "other"')));
        self::assertSame('invalid_client', $ran($set . 'putenv("PINTEREST_APP_SECRET=other");' . sprintf($ask, '')));
        $header = '$_SERVER["PINTEREST_APP_ID"] = $_SERVER["PINTEREST_APP_SECRET"] = "x";';
        self::assertSame('invalid_configappId', $ran($header . sprintf($ask, '')));
    }

    public function testAnExceptionComesFromTheLineThatCalled(): void
    {
        $client = new Client(trustEnv: false);
        $manager = new TokenManager(...$this->emulator->settings(), store: ':memory:');
        $calls = [
            static fn () => $client->oauthToken('client_credentials'), __LINE__,
            static fn () => Client::redirect('?state=a', 'b'), __LINE__,
            static fn () => \Pinterest\OAuth\oauthToken('client_credentials', trustEnv: false), __LINE__,
            static fn () => new Client(timeout: -1.0), __LINE__,
            static fn () => \Pinterest\OAuth\Token::fromArray([]), __LINE__,
            static fn () => array_map([$client, 'oauthToken'], ['nonsense']), __LINE__,
            static fn () => new \Pinterest\OAuth\Exception\TlsException('of a test'), __LINE__,
            static fn () => new TokenManager(trustEnv: false), __LINE__,
            static fn () => $manager->account(''), __LINE__,
            static fn () => $manager->account()->accessToken(), __LINE__,
            static fn () => $manager->account()->accessToken([1]), __LINE__,
        ];
        foreach (array_chunk($calls, 2) as [$call, $line]) {
            try {
                $exception = $call();
            } catch (\Pinterest\OAuth\Exception\PinterestOAuthException $exception) {
                self::assertNotSame('Pinterest\OAuth\Internal', $exception->getTrace()[0]['class'] ?? '');
            }
            self::assertSame([__FILE__, $line], [$exception->getFile(), $exception->getLine()]);
        }
    }

    /** The file of settings that `host.php` is given. */
    private function program(): string
    {
        $sorted = [self::SRC . '/Exception/PinterestOAuthException.php', self::SRC . '/Exception/Details.php'];
        // What PSR-18 brings is not there.
        $files = [...$sorted, ...glob(self::SRC . '/{*,Exception/*,Internal/*}.php', GLOB_BRACE)];
        $given = ['settings' => $this->emulator->settings(), 'files' => array_map('realpath', $files)];
        $this->folder = new Folder();

        return $this->folder->write('settings.php', '<?php return ' . var_export($given, true) . ';');
    }

    /** @param list<string> $functions */
    private function saidWithout(array $functions, string $settings): string
    {
        $options = ['-d', 'zend.exception_ignore_args=0', '-d', 'disable_functions=' . implode(',', $functions)];
        // Found on the system: without getenv() no variable names the library.
        $environment = ['LD_LIBRARY_PATH' => dirname(getenv('PINTEREST_OAUTH_LIBRARY'))];
        $ran = Program::run(['php', ...$options, __DIR__ . '/programs/host.php', $settings], '', $environment);
        self::assertStringNotContainsString('c4nary', $ran->out . $ran->err);

        return $ran->out . $ran->err;
    }
}
