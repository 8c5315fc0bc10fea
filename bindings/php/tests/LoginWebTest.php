<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\LoginBegin;
use Pinterest\OAuth\LoginOutcome;
use Pinterest\OAuth\Tests\Support\Browser;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\Tests\Support\ManagerTestCase;
use Pinterest\OAuth\Visitor;

/** The login of a web app: the example of plain PHP with several workers, and what begin and finish are given. */
final class LoginWebTest extends ManagerTestCase
{
    private const WORKERS = '4';

    private int $port;
    private string $place;

    /** @var resource|null */
    private $server = null;

    protected function setUp(): void
    {
        parent::setUp();
        $this->port = Browser::freePort();
        $this->place = "http://localhost:{$this->port}";
        $this->emulator = new Emulator('--redirect-uri', "{$this->place}/callback");
    }

    protected function tearDown(): void
    {
        if ($this->server !== null) {
            // The workers are of its process group.
            posix_kill(-proc_get_status($this->server)['pid'], SIGTERM);
            proc_close($this->server);
        }
        $this->emulator->stop();
    }

    /** The example under PHP's own server. */
    private function serve(): void
    {
        $example = dirname(__DIR__, 3) . '/examples/php/web/index.php';
        $log = ['file', $this->folder->path . '/log', 'w'];
        $this->server = proc_open(
            ['setsid', 'php', '-d', 'ffi.enable=1', '-d', 'log_errors=1', '-S', "localhost:{$this->port}", $example],
            [['file', '/dev/null', 'r'], $log, $log],
            $pipes,
            null,
            $this->emulator->environment() + [
                'PHP_CLI_SERVER_WORKERS' => self::WORKERS,
                'PINTEREST_OAUTH_STORE' => $this->folder->path . '/tokens',
                'REDIRECT_URI' => "{$this->place}/callback",
            ] + getenv(),
        );
        while (@stream_socket_client("tcp://localhost:{$this->port}") === false) {
            usleep(20_000);
        }
    }

    public function testAVisitorIsLoggedInOnWhicheverWorker(): void
    {
        $this->serve();
        $browser = new Browser();
        $address = $browser->back("{$this->place}/login");
        self::assertCount(1, $kept = $browser->cookies);
        self::assertSame(204, $browser->ask('HEAD', $address)[0]);
        self::assertSame(204, $browser->ask('GET', $address, ['Sec-Purpose' => 'prefetch'])[0]);
        self::assertSame(400, (new Browser())->get($address)[0]);
        self::assertSame(0, $this->codes());
        [$status, $headers] = $browser->get($address);
        self::assertSame([303, '/status', 'no-store'], [$status, $headers['location'], $headers['cache-control']]);
        self::assertSame([], $browser->cookies);
        self::assertStringStartsWith('The account is ready: ', $browser->get("{$this->place}/status")[2]);
        foreach (range(1, 9) as $ignored) {
            $again = new Browser();
            $again->cookies = $kept;
            [$status, $headers] = $again->get($address);
            self::assertSame([303, '/status'], [$status, $headers['location'] ?? null]);
        }
        self::assertSame(1, $this->codes());
    }

    public function testTabsDenialsAndFailuresEndAsTheyShouldAndNoSecretIsLogged(): void
    {
        $this->serve();
        $browser = new Browser();
        $first = $browser->back("{$this->place}/login");
        $second = $browser->back("{$this->place}/login");
        self::assertCount(2, $kept = $browser->cookies);
        self::assertSame([303, 303], [$browser->get($second)[0], $browser->get($first)[0]]);
        [$status, , $body] = $browser->get($browser->back("{$this->place}/login", 'deny'));
        self::assertSame(403, $status);
        self::assertStringStartsWith('Access was not given', $body);
        $third = $browser->back("{$this->place}/login");
        $this->emulator->script(['status' => 503, 'times' => 9]);
        [$status, , $body] = $browser->get($third);
        self::assertSame(502, $status);
        self::assertStringContainsString('can be tried again', $body);
        $log = (string) file_get_contents($this->folder->path . '/log');
        // The lines of requests are the operator's own.
        $log = implode("\n", preg_grep('~(GET|HEAD) /~', explode("\n", $log), PREG_GREP_INVERT));
        self::assertStringContainsString('503', $log);
        preg_match_all('/[?&](?:state|code)=([^& ]+)/', "$first $second $third", $found);
        foreach ([...$found[1], ...array_values($kept)] as $secret) {
            self::assertStringNotContainsString($secret, $log);
        }
    }

    public function testAnOwnerAndAPlaceToGoOnGoAlongAndNoDumpShowsThem(): void
    {
        $manager = $this->manager();
        $begin = $this->begin(['owner' => 'anna', 'next' => '/a', 'extra' => ['consent' => 'x']]);
        self::assertStringContainsString('consent=x', $begin->url);
        $cookie = explode(';', $begin->setCookies[0])[0];
        self::assertSame([$begin->url], $begin->headers()['Location']);
        $back = Browser::decide($begin->url);
        $shown = print_r($begin, true) . var_export($begin, true);
        foreach ([$begin->url, $cookie] as $secret) {
            self::assertStringNotContainsString($secret, $shown);
        }
        $server = ['REQUEST_METHOD' => 'GET', 'QUERY_STRING' => explode('?', $back)[1], 'HTTP_COOKIE' => $cookie];
        $finish = static fn (array $more, string $owner) => $manager
            ->finishLogin(...Visitor::returns($more + $server), owner: $owner);
        self::assertSame(LoginOutcome::Mismatch, $finish([], 'bob')->outcome);
        self::assertSame(LoginOutcome::NotAVisit, $finish(['REQUEST_METHOD' => 'HEAD'], 'anna')->outcome);
        foreach (['HTTP_SEC_PURPOSE', 'HTTP_PURPOSE', 'HTTP_X_MOZ'] as $purpose) {
            $ahead = $finish([$purpose => 'prefetch'], 'anna');
            self::assertSame([204, ''], [$ahead->status, $ahead->body()], $purpose);
        }
        $broken = $finish(['HTTP_COOKIE' => "a=\xff; $cookie"], 'bob');
        self::assertSame([400, "{$broken->message}\n"], [$broken->status, $broken->body()]);
        self::assertSame(0, $this->codes());
        $end = $finish(['HTTP_COOKIE' => "a=\xff; $cookie"], 'anna');
        self::assertSame([LoginOutcome::Done, 'own', '/a'], [$end->outcome, $end->account, $end->next]);
        self::assertSame([['/a'], ''], [$end->headers('/b')['Location'], $end->body()]);
        $token = $manager->account('own')->accessToken();
        self::assertSame(LoginOutcome::Done, $finish([], 'anna')->outcome);
        self::assertSame([$token, 1], [$manager->account('own')->accessToken(), $this->codes()]);
        self::assertStringNotContainsString($token, print_r($end, true));
    }

    public function testWithoutAPlaceToGoOnThePageOfTheAppIsTaken(): void
    {
        $begin = $this->begin([]);
        $cookie = explode(';', $begin->setCookies[0])[0];
        $end = $this->manager()->finishLogin(Browser::decide($begin->url), cookies: $cookie);
        self::assertSame([['/'], ['/b']], [$end->headers()['Location'], $end->headers('/b')['Location']]);
    }

    /** @dataProvider wrong */
    public function testWhatIsWrongIsNamedInPhpsWords(string $field, array $options): void
    {
        $refused = $this->failure(fn () => $this->begin($options));
        self::assertInstanceOf(InvalidArgumentException::class, $refused);
        self::assertSame($field, $refused->getField());
        self::assertSame(__FILE__, $refused->getFile());
    }

    /** @return array<string, array{string, array<string, mixed>}> */
    public static function wrong(): array
    {
        return [
            'an address that is not https' => ['redirectUri', ['redirectUri' => 'http://shop.example/']],
            'a way out of the app' => ['next', ['next' => '//shop.example/']],
            'another host' => ['host', ['host' => 'other.example']],
            'an owner with a line break' => ['owner', ['owner' => "c4nary\n"]],
        ];
    }

    public function testALoginThatWasBegunIsNotSerialized(): void
    {
        $begin = $this->begin([]);
        $this->expectException(\LogicException::class);
        serialize($begin);
    }

    /** @param array<string, mixed> $options */
    private function begin(array $options): LoginBegin
    {
        $visitor = Visitor::begins(['HTTP_HOST' => "localhost:{$this->port}"]);

        return $this->manager()->beginLogin(...$options + $visitor + [
            'account' => 'own',
            'redirectUri' => "{$this->place}/callback",
            'scope' => ['pins:read'],
        ]);
    }

    private function codes(): int
    {
        $is = static fn (array $request): bool => str_ends_with($request['path'], '/oauth/token');

        return count(array_filter($this->emulator->requests(), $is));
    }
}
