<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Exception\AccessDeniedException;
use Pinterest\OAuth\Exception\CancelledException;
use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Exception\TimeoutException;
use Pinterest\OAuth\Exception\UnknownAccountException;
use Pinterest\OAuth\Login;
use Pinterest\OAuth\LoginEnd;
use Pinterest\OAuth\LoginEvent;
use Pinterest\OAuth\LoginEventKind;
use Pinterest\OAuth\LoginOutcome;
use Pinterest\OAuth\Tests\Support\Browser;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\Tests\Support\ManagerTestCase;

/** A login with the browser of this machine: what a program sees, and what a person is told. */
final class LoginTest extends ManagerTestCase
{
    private int $port;
    private string $address;

    protected function setUp(): void
    {
        parent::setUp();
        $this->port = Browser::freePort();
        $this->address = "http://localhost:{$this->port}/";
        $this->emulator = new Emulator('--redirect-uri', $this->address);
    }

    protected function tearDown(): void
    {
        $this->emulator->stop();
    }

    public function testALoginEndsWithAStoredTokenAndACleanAddressAndShowsNoSecret(): void
    {
        $browser = new Browser();
        [$events, $shown, $last, $secrets] = [[], '', '', []];
        $end = $this->login(
            function (Login $login) use ($browser, &$last, &$shown, &$secrets): void {
                self::assertFalse($login->opened);
                self::assertNull($login->whyNotOpened);
                self::assertMatchesRegularExpression("~^{$this->address}[\\w-]{16}$~", $login->startUrl);
                self::assertTrue(isset($login->authorizeUrl));
                $page = $browser->get($login->startUrl)[1]['location'];
                $back = Browser::decide($page);
                preg_match_all('/[?&](?:state|code)=([^& ]+)/', "$page $back", $found);
                $secrets = [...array_values($browser->cookies), ...$found[1]];
                [, $headers] = $browser->get($back);
                $last = $browser->get($headers['location'])[2];
                $shown .= print_r($login, true) . var_export($login, true);
            },
            static function (Login $login, LoginEvent $event) use (&$events, &$shown): void {
                $events[] = $event->event;
                $shown .= print_r($event, true) . $event->message;
            },
            ['account' => 'shop-42'],
        );
        self::assertStringContainsString('You are logged in', $last);
        self::assertSame([LoginEventKind::Opened, LoginEventKind::Done], $events);
        self::assertSame([LoginOutcome::Done, 'shop-42', ['pins:read']], [$end->outcome, $end->account, $end->scopes]);
        self::assertGreaterThan(time(), $end->expiresAt);
        self::assertGreaterThan($end->expiresAt, $end->refreshTokenExpiresAt);
        $secrets[] = $this->manager()->account('shop-42')->accessToken();
        self::assertCount(5, $secrets);
        foreach ($secrets as $secret) {
            self::assertStringNotContainsString($secret, $shown . print_r($end, true));
        }
        self::assertCount(1, $this->codes());
        self::assertFalse(Browser::isOpen($this->port));
    }

    public function testADenialStoresNothing(): void
    {
        $browser = new Browser();
        $denied = $this->failure(fn () => $this->login(
            static fn (Login $login) => $browser->get($browser->back($login->startUrl, 'deny')),
        ));
        self::assertInstanceOf(AccessDeniedException::class, $denied);
        self::assertSame('rejected', $denied->getOutcome()->value);
        $status = $this->failure(fn () => $this->manager()->account()->status());
        self::assertInstanceOf(UnknownAccountException::class, $status);
    }

    public function testWhatIsPastedEndsALoginAsWell(): void
    {
        $fields = [];
        $end = $this->login(function (Login $login) use (&$fields): void {
            foreach ([$login->startUrl, $login->authorizeUrl, 'pasted', "\0"] as $wrong) {
                $refused = $this->failure(static fn () => $login->paste($wrong));
                self::assertInstanceOf(InvalidArgumentException::class, $refused);
                $fields[] = $refused->getField();
            }
            $login->paste(' <' . Browser::decide($login->authorizeUrl) . ">\n");
        });
        self::assertSame(['address', 'address', 'address', 'address'], $fields);
        self::assertSame('default', $end->account);
    }

    public function testAnotherPersonReplacesATokenOnlyWhereTheAnswerIsYes(): void
    {
        self::assertSame(['anna'], $this->asked('anna', false));
        self::assertSame(['anna, bob', AccessDeniedException::class], $this->asked('bob', false));
        self::assertSame('anna', $this->manager()->account('person')->status()->user?->username);
        self::assertSame(['anna, bob', 'bob'], $this->asked('bob', true));
        self::assertSame(['anna'], $this->asked('anna', null));
    }

    /** @return list<string> the question, and who is logged in then */
    private function asked(string $user, ?bool $answer): array
    {
        $this->emulator->control('POST', '/switches', ['user' => $user]);
        $asked = [];
        try {
            $end = $this->login(
                static fn (Login $login) => $login->paste(Browser::decide($login->authorizeUrl)),
                static function (Login $login, LoginEvent $event) use (&$asked, $answer): void {
                    if ($event->event === LoginEventKind::Confirm) {
                        $asked[] = "{$event->previousUser->username}, {$event->user->username}";
                        $login->answer($answer);
                    }
                },
                ['account' => 'person', 'scope' => ['user_accounts:read'], 'confirm' => $answer !== null],
            );
        } catch (AccessDeniedException $denied) {
            return [...$asked, $denied::class];
        }

        return [...$asked, $end->user->username];
    }

    public function testALoginIsCancelledTimesOutAndLeavesThePort(): void
    {
        $cancelled = $this->failure(fn () => $this->login(static fn (Login $login) => $login->cancel()));
        self::assertInstanceOf(CancelledException::class, $cancelled);
        $none = static fn () => null;
        $late = $this->failure(fn () => $this->login($none, options: ['timeout' => 0.05]));
        self::assertInstanceOf(TimeoutException::class, $late);
        $own = new \RuntimeException('own');
        try {
            $this->login(static fn () => throw $own);
        } catch (\RuntimeException $thrown) {
            self::assertSame($own, $thrown);
        }
        $this->closes();
    }

    public function testAHandleIsForProgramsWithALoopOfTheirOwn(): void
    {
        $login = $this->manager()->startLogin(redirectUri: $this->address, browser: false, scope: 'pin:read');
        self::assertStringContainsString('pins:read', implode($login->hints));
        self::assertNull($login->nextEvent(0));
        $seconds = $this->failure(static fn () => $login->nextEvent(-1));
        self::assertSame('seconds', $seconds->getField());
        self::assertStringContainsString('state=', $login->show()->authorizeUrl);
        self::assertStringContainsString($login->authorizeUrl, $login->instructions);
        self::assertStringNotContainsString('state=', $login->message . print_r($login, true));
        $pid = pcntl_fork();
        if ($pid === 0) {
            unset($login);
            posix_kill(posix_getpid(), SIGKILL);
        }
        pcntl_waitpid($pid, $status);
        self::assertTrue(Browser::isOpen($this->port), 'a child ends no login of its parent');
        $login->paste(Browser::decide($login->authorizeUrl));
        while (($event = $login->nextEvent(60))->end === null) {
            continue;
        }
        self::assertSame(LoginOutcome::Done, $event->end->outcome);
        self::assertInstanceOf(CancelledException::class, $this->failure(static fn () => $login->nextEvent(60)));
        unset($login);
        $this->closes();
    }

    public function testAPortThatIsTakenIsNamedWithItsHolder(): void
    {
        $taken = stream_socket_server("tcp://127.0.0.1:{$this->port}");
        $refused = $this->failure(fn () => $this->login(static fn () => null));
        fclose($taken);
        self::assertInstanceOf(InvalidArgumentException::class, $refused);
        self::assertSame('redirectUri', $refused->getField());
        self::assertStringContainsString('(pid ' . getmypid() . ')', $refused->getMessage());
        self::assertSame(__FILE__, $refused->getFile());
    }

    public function testALoginIsNotSerialized(): void
    {
        $login = $this->manager()->startLogin(redirectUri: $this->address, browser: false);
        $this->expectException(\LogicException::class);
        serialize($login);
    }

    public function testCtrlCEndsALoginAndItsProgramAndSaysNoState(): void
    {
        [$process, $said] = $this->program('waits');
        $line = (string) fgets($said);
        self::assertStringStartsWith("Open {$this->address}", $line);
        self::assertStringNotContainsString('state=', $line);
        self::assertSame(SIGINT, $this->interrupted($process)['termsig']);
    }

    public function testAHandlerOfTheProgramEndsALoginWithItsOwnException(): void
    {
        [$process, $said] = $this->program('handles');
        fgets($said);
        self::assertSame(0, $this->interrupted($process)['exitcode']);
        self::assertStringContainsString('enough', (string) stream_get_contents($said));
    }

    public function testATokenWhoseCodeWasSentIsStoredBeforeCtrlCEndsTheProgram(): void
    {
        $slow = ['action' => 'pinterest', 'delay_ms' => 1500, 'path' => '/v5/oauth/token'];
        $this->emulator->script($slow);
        [$process] = $this->program('pastes');
        while ($this->codes() === []) {
            usleep(20_000);
        }
        self::assertSame(SIGINT, $this->interrupted($process)['termsig']);
        self::assertStringStartsWith('pina', $this->manager()->account('kept')->accessToken());
    }

    public function testAtATerminalAPersonSeesPinterestsAddressAndPastesWhereTheBrowserEndedUp(): void
    {
        $given = ['scenario' => 'waits', 'settings' => $this->settings(), 'address' => $this->address];
        $command = ['setsid', '-c', 'php', __DIR__ . '/programs/login.php', json_encode($given)];
        $process = proc_open($command, [['pty'], ['pty'], ['pty']], $pipes);
        [$seen, $wrong, $back] = ['', false, null];
        while (($more = @fread($pipes[0], 4096)) !== false && $more !== '') {
            $seen .= $more;
            if (!$wrong && str_contains($seen, 'ssh -L')) {
                $wrong = (bool) fwrite($pipes[0], "what was pasted\n");
            } elseif ($back === null && preg_match('/(http\S+state=\S+).*paste the whole/s', $seen, $found) === 1) {
                $back = Browser::decide($found[1]);
                fwrite($pipes[0], str_replace('&', "&\n", $back) . "\n");
            }
        }
        $modes = $this->modesOf($pipes[0]);
        self::assertSame(0, proc_close($process));
        self::assertStringContainsString('Copy its address and paste it here, only here ', $seen);
        self::assertStringContainsString('paste the whole address', $seen);
        self::assertStringContainsString('received ' . (strlen((string) $back) + 1) . ' characters', $seen);
        self::assertStringContainsString('Logged in (account kept)', $seen);
        self::assertDoesNotMatchRegularExpression('/what was pasted|code=/', $seen);
        self::assertStringContainsString(' echo ', $modes);
    }

    public function testCtrlCAtATerminalLeavesItAsItWas(): void
    {
        $given = ['scenario' => 'waits', 'settings' => $this->settings(), 'address' => $this->address];
        $command = ['setsid', '-c', 'php', __DIR__ . '/programs/login.php', json_encode($given)];
        $process = proc_open($command, [['pty'], ['pty'], ['pty']], $pipes);
        $seen = '';
        while (!str_contains($seen, 'ssh -L')) {
            $seen .= fread($pipes[0], 4096);
        }
        self::assertStringContainsString('-echo ', $this->modesOf($pipes[0]));
        fwrite($pipes[0], "\x03");
        while (($status = proc_get_status($process))['running']) {
            usleep(20_000);
        }
        self::assertSame(SIGINT, $status['termsig']);
        self::assertStringContainsString(' echo ', $this->modesOf($pipes[0]));
    }

    /** @param resource $terminal */
    private function modesOf($terminal): string
    {
        $process = proc_open(['stty', '-a'], [$terminal, ['pipe', 'w']], $pipes);
        $said = ' ' . preg_replace('/\s+/', ' ', stream_get_contents($pipes[1]));
        proc_close($process);

        return $said;
    }

    /** @return array{resource, resource} a program that logs in, and what it says */
    private function program(string $scenario): array
    {
        $given = ['scenario' => $scenario, 'settings' => $this->settings(), 'address' => $this->address];
        $command = ['php', __DIR__ . '/programs/login.php', json_encode($given)];
        $process = proc_open($command, [['file', '/dev/null', 'r'], STDOUT, ['pipe', 'w']], $pipes);

        return [$process, $pipes[2]];
    }

    /**
     * @param resource $process
     *
     * @return array<string, mixed> how it ended
     */
    private function interrupted($process): array
    {
        posix_kill(proc_get_status($process)['pid'], SIGINT);
        do {
            usleep(20_000);
            $status = proc_get_status($process);
        } while ($status['running']);

        return $status;
    }

    /** @dataProvider wrong */
    public function testWhatIsWrongIsNamedInPhpsWords(string $field, array $options): void
    {
        $refused = $this->failure(fn () => $this->login(static fn () => null, options: $options));
        self::assertInstanceOf(InvalidArgumentException::class, $refused);
        self::assertSame($field, $refused->getField());
    }

    /** @return array<string, array{string, array<string, mixed>}> */
    public static function wrong(): array
    {
        return [
            'an address elsewhere' => ['redirectUri', ['redirectUri' => 'https://shop.example/']],
            'an account without a name' => ['account', ['account' => '']],
            'no time' => ['timeout', ['timeout' => 0.0]],
            'a parameter of the login itself' => ['extra.state', ['extra' => ['state' => 'own']]],
        ];
    }

    /** @param array<string, mixed> $options */
    private function login(callable $onStart, ?callable $onEvent = null, array $options = []): LoginEnd
    {
        return $this->manager()->login(...$options + [
            'redirectUri' => $this->address,
            'scope' => 'pins:read',
            'browser' => false,
            'timeout' => 60.0,
            'onStart' => $onStart,
            'onEvent' => $onEvent ?? static fn () => null,
        ]);
    }

    /** @return list<array<string, mixed>> */
    private function codes(): array
    {
        $is = static fn (array $request): bool => str_ends_with($request['path'], '/oauth/token');

        return array_filter($this->emulator->requests(), $is);
    }

    /** The listener of a login that nobody waits for closes by itself. */
    private function closes(): void
    {
        while (Browser::isOpen($this->port)) {
            usleep(20_000);
        }
        self::assertFalse(Browser::isOpen($this->port));
    }
}
