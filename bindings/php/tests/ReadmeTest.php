<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\AccountState;
use Pinterest\OAuth\Tests\Support\Browser;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\Tests\Support\Folder;
use Pinterest\OAuth\Tests\Support\Http;
use Pinterest\OAuth\Tests\Support\Program;

/** What is documented works. */
final class ReadmeTest extends TestCase
{
    public function testTheReadmeHasTheFourSections(): void
    {
        preg_match_all('/^## (.*)$/m', $this->readme(), $found);
        self::assertSame(['Installation', 'Usage', 'Development', 'Testing'], $found[1]);
    }

    public function testEveryBlockOfTheReadmeRunsAndDoesWhatItSays(): void
    {
        preg_match_all('/^```php\n(.*?)^```$/ms', $this->readme(), $found);
        self::assertCount(11, $found[1]);
        [$first, , , , $login, $guzzle, $due, $client, $function, $emulator, $clock] = $found[1];
        $emulating = Emulator::fresh();
        $base = $emulating->facts['base_url'];
        // To the emulator instead of Pinterest.
        $origins = '$account, ["' . substr($base, 0, -strlen('/v5')) . '"]';
        $guzzle = str_replace('BearerMiddleware($account', "BearerMiddleware($origins", $guzzle, $middlewares);
        $guzzle = str_replace('https://api.pinterest.com/v5', $base, $guzzle, $addresses);
        self::assertSame([1, 1], [$middlewares, $addresses]);
        $program = implode("\n", [
            '<?php',
            'declare(strict_types=1);',
            'require $argv[1];',
            'require $argv[2];',
            'require "/usr/share/php/GuzzleHttp/autoload.php";',
            '$stored = [];',
            'function store(string $json): void { global $stored; $stored[] = $json; }',
            'function load(): string { global $stored; return end($stored); }',
            'function sendTheUserTo(string $url): string { return Pinterest\OAuth\Tests\Support\Http::click($url); }',
            '$account = (new Pinterest\OAuth\TokenManager())->account("shop-42");',
            ...[$login, $first, $guzzle, $due],
            // A class is imported once in a file.
            ...[str_replace("use Pinterest\OAuth\Client;\n", '', $client), $function, $emulator, $clock],
            'echo count($stored), " stored";',
            'exec("rm -rf $folder $folder.clock");',
        ]);
        $folder = new Support\Folder();
        $path = $folder->write('readme.php', $program);
        $command = ['php', $path, __DIR__ . '/../autoload.php', __DIR__ . '/Support/Http.php'];
        $store = ['PINTEREST_OAUTH_STORE' => $folder->path . '/tokens'];
        $ran = Program::run($command, '', $store + $emulating->environment());
        $printed = "emulated_account\nshop-42 is ready \nads:read, ads:write\n2 requests\nnew\n2 stored";
        self::assertSame($printed, $ran->output());
    }

    public function testTheLoginOfTheReadmeAndTheExampleOpenTheBrowserAndKeepTheToken(): void
    {
        $address = 'http://localhost:' . Browser::freePort() . '/';
        $emulator = new Emulator('--redirect-uri', $address);
        $folder = new Folder();
        $support = __DIR__ . '/Support/Browser.php';
        $browser = $folder->write('browser', implode("\n", [
            '#!/usr/bin/env php',
            "<?php require '$support';",
            '$browser = new Pinterest\OAuth\Tests\Support\Browser();',
            '$browser->get($browser->back($argv[1]));',
        ]));
        chmod($browser, 0755);
        preg_match('/^```php\n(\$end = .*?)^```$/ms', $this->readme(), $found);
        $block = str_replace('login(', "login(redirectUri: '$address', ", $found[1], $count);
        self::assertSame(1, $count);
        $ours = "<?php require \$argv[1];\n\$tokens = new Pinterest\OAuth\TokenManager();\n$block";
        $environment = $emulator->environment() + ['BROWSER' => $browser];
        $programs = [
            [$folder->write('login.php', $ours), __DIR__ . '/../autoload.php'],
            [dirname(__DIR__, 3) . '/examples/php/login.php', $address],
        ];
        foreach ($programs as $number => $program) {
            $store = ['PINTEREST_OAUTH_STORE' => "{$folder->path}/tokens $number"];
            $ran = Program::run(['php', ...$program], '', $environment + $store);
            self::assertStringStartsWith('Scopes: ', $ran->output());
            self::assertStringStartsWith("Opening your browser: $address", $ran->err);
            self::assertStringContainsString('Logged in (account shop-42)', $ran->err);
        }
    }

    public function testTheTwoPagesOfTheReadmeLogAVisitorIn(): void
    {
        preg_match_all('~^```php\n// (login|callback).php\n(.*?)^```$~ms', $this->readme(), $found);
        $pages = array_combine($found[1], $found[2]);
        $port = Browser::freePort();
        $folder = new Folder();
        foreach ($pages as $name => $page) {
            $page = str_replace('localhost:5000', "localhost:$port", $page);
            $folder->write("$name.php", '<?php require "' . __DIR__ . "/../autoload.php\";\n$page");
        }
        $emulator = new Emulator('--redirect-uri', "http://localhost:$port/callback.php");
        $store = ['PINTEREST_OAUTH_STORE' => $folder->path . '/tokens'];
        $server = proc_open(
            ['php', '-d', 'ffi.enable=1', '-S', "localhost:$port", '-t', $folder->path],
            array_fill(0, 3, ['file', '/dev/null', 'r+']),
            $pipes,
            null,
            $store + $emulator->environment() + getenv(),
        );
        while (@stream_socket_client("tcp://localhost:$port") === false) {
            usleep(20_000);
        }
        $browser = new Browser();
        [$status, $headers] = $browser->get($browser->back("http://localhost:$port/login.php"));
        proc_terminate($server);
        self::assertSame([303, '/status.php'], [$status, $headers['location'] ?? null]);
    }

    public function testEveryStateStandsInTheReadme(): void
    {
        foreach (AccountState::cases() as $state) {
            self::assertStringContainsString("| `AccountState::{$state->name}` |", $this->readme());
        }
    }

    public function testEveryLineOfTheTableForThoseWhoComeFromLeagueRunsAndLeaguesOwnParses(): void
    {
        preg_match('/### Coming from league.*?(?=^## )/ms', $this->readme(), $section);
        self::assertSame(12, preg_match_all('/^\| `(.+)` \| `(.+)` \|$/m', $section[0], $found));
        $folder = new Support\Folder();
        $leagues = $folder->write('league.php', "<?php\n" . implode("\n", $found[1]));
        Program::run(['php', '-l', $leagues])->output();
        $program = implode("\n", [
            '<?php use Pinterest\OAuth\Client; use Pinterest\OAuth\Token;',
            'require $argv[1]; require $argv[2];',
            'set_error_handler(static fn ($level, $text) => throw new ErrorException($text));',
            '$redirectUri = "http://localhost:8085/"; $old = ["access_token" => "a", "expires" => 7];',
            ...str_replace('$address', 'Pinterest\OAuth\Tests\Support\Http::click($page->url)', $found[2]),
            'echo $token->expiresAt, " ", strlen($stored) > 100;',
        ]);
        $command = ['php', $folder->write('ours.php', $program), __DIR__ . '/../autoload.php'];
        $ran = Program::run([...$command, __DIR__ . '/Support/Http.php'], '', Emulator::fresh()->environment());
        self::assertSame('7 1', $ran->output());
    }

    public function testTheExampleTurnsACodeIntoATokenAndRefreshesIt(): void
    {
        $emulator = Emulator::fresh();
        $environment = $emulator->environment();
        $example = dirname(__DIR__, 3) . '/examples/php/token.php';
        $process = proc_open(
            ['timeout', '60', 'php', $example],
            [['pipe', 'r'], ['pipe', 'w'], STDERR],
            $pipes,
            null,
            $environment + getenv(),
        );
        fgets($pipes[1]);
        fwrite($pipes[0], Http::click(trim(fgets($pipes[1]))) . "\n");
        $printed = stream_get_contents($pipes[1]);
        self::assertSame(0, proc_close($process));
        self::assertMatchesRegularExpression('/^code: access token \w{12}, refresh token \w{12}$/m', $printed);
        self::assertMatchesRegularExpression('/^refresh: access token \w{12}, refresh token \w{12}$/m', $printed);
        self::assertStringContainsString('has rotated', $printed);
        $ran = Program::run(['php', $example], "http://localhost:8085/?error=no\n", $environment);
        self::assertSame(1, $ran->status);
    }

    private function readme(): string
    {
        return file_get_contents(__DIR__ . '/../README.md');
    }
}
