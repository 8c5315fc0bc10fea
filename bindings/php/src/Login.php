<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Exception\NotSavedException;
use Pinterest\OAuth\Internal\Document;
use Pinterest\OAuth\Internal\Failure;
use Pinterest\OAuth\Internal\Interrupts;
use Pinterest\OAuth\Internal\Pointer;
use Pinterest\OAuth\Internal\Sealed;
use Pinterest\OAuth\Internal\Value;

/**
 * A login under way, with a browser on this machine. It listens at the redirect address until the login ends, or this
 * object goes; a code that was sent is exchanged and stored all the same. It belongs to the process that began it.
 *
 * Show `$startUrl` to the person. Where the person's browser is on another machine, show `$authorizeUrl` instead: the
 * page that follows does not load there, and its address is what {@see paste()} takes. Both ways are open at once.
 *
 * @property-read ?string $authorizeUrl the address of Pinterest's page; null where a browser was started, until
 *                                      {@see show()}. It carries the state: show it to the person alone
 * @property-read ?string $instructions the way for other machines, in lines, with `$authorizeUrl` in them; null where
 *                                      that is. Show it to the person alone
 */
final class Login
{
    /** Seconds for which no signal handler of PHP can run. */
    private const SLICE = 0.1;

    private const SEALED = ['authorizeUrl' => 'authorize_url', 'instructions' => 'instructions'];

    /** What to tell a person at a terminal, in lines. It holds no secret. */
    public readonly string $message;

    /** The address to open in a browser on this machine. It holds no secret. */
    public readonly string $startUrl;

    /** Whether a browser was started. That it came is the event `Opened`. */
    public readonly bool $opened;

    /** Why none was started, for a person; null where one was, or where none was wanted. */
    public readonly ?string $whyNotOpened;

    /**
     * Sentences about scopes that are perhaps misspelled.
     *
     * @var list<string>
     */
    public readonly array $hints;

    private Sealed $page;

    /** @internal {@see TokenManager::startLogin()} makes it */
    public function __construct(
        private readonly Pointer $login,
        private readonly Account $account,
        #[\SensitiveParameter] string $started,
    ) {
        $values = Document::read($started);
        $this->message = Value::text($values['message'] ?? null) ?? '';
        $this->startUrl = Value::text($values['start_url'] ?? null) ?? '';
        $this->opened = ($values['opened'] ?? null) === true;
        $this->whyNotOpened = Value::text($values['why_not_opened'] ?? null);
        $this->hints = Value::texts($values['hints'] ?? null);
        $this->page = new Sealed($started);
    }

    public function __get(string $name): mixed
    {
        $key = self::SEALED[$name] ?? throw new \LogicException("A Login has no $name");

        return Value::text($this->page->values()[$key] ?? null);
    }

    public function __isset(string $name): bool
    {
        return isset(self::SEALED[$name]) && $this->__get($name) !== null;
    }

    /**
     * From now on `$authorizeUrl` and `$instructions` are there, and a browser may come back that was not at the start
     * page.
     *
     * @return $this
     */
    public function show(): static
    {
        $this->page = new Sealed($this->login->call('login_show'));

        return $this;
    }

    /**
     * What happens next; null where nothing has happened.
     *
     * Signal handlers of PHP run meanwhile. On the command line, with the extension pcntl, Ctrl-C without a handler
     * (and HUP, TERM) ends the login and then the program: what was sent is stored before.
     *
     * @param float $seconds how long to wait at most
     *
     * @throws Exception\AccessDeniedException   when access was not given
     * @throws Exception\TimeoutException        when nobody came back in time
     * @throws Exception\StateMismatchException  when a second browser came to the start page
     * @throws Exception\CancelledException      after {@see cancel()}, and where the login is over
     * @throws Exception\PinterestOAuthException
     */
    public function nextEvent(float $seconds): ?LoginEvent
    {
        if (!\is_finite($seconds) || $seconds < 0) {
            throw Failure::argument('seconds', 'must be a number, and not negative');
        }
        $interrupts = new Interrupts();
        try {
            return $this->wait($seconds, $interrupts);
        } finally {
            $interrupts->release();
        }
    }

    /** @internal the same, for who holds the signals longer than it takes */
    public function wait(float $seconds, Interrupts $interrupts): ?LoginEvent
    {
        $end = \hrtime(true) + $seconds * 1e9;
        do {
            $left = ($end - \hrtime(true)) / 1e9;
            $json = $this->slice($left);
            $interrupts->look();
            if ($interrupts->came !== null) {
                $this->endBy($interrupts, $json);
            }
        } while ($json === 'null' && $left > self::SLICE);

        return $json === 'null' ? null : new LoginEvent(Document::read($json));
    }

    /**
     * Takes the address of the page to which Pinterest sent the person.
     *
     * @throws Exception\InvalidArgumentException when it is something else: the message says what, and the login waits
     *                                            on
     */
    public function paste(#[\SensitiveParameter] string $address): void
    {
        $this->login->call('login_paste', Document::text('address', $address));
    }

    /** The answer to the event `Confirm`: whether to replace the token. */
    public function answer(bool $replace): void
    {
        $this->login->tell('login_answer', (int) $replace);
    }

    /** Ends the wait: {@see nextEvent()} throws `CancelledException`, or says how it ended where a code was sent. */
    public function cancel(): void
    {
        $this->login->tell('login_cancel');
    }

    private function slice(float $seconds): string
    {
        try {
            return $this->login->call('login_next', $seconds > self::SLICE ? self::SLICE : $seconds);
        } catch (NotSavedException $problem) {
            throw $problem->carry($this->account->unsaved());
        }
    }

    /** Ends the program by a signal. A code that was sent is stored before; a second signal does not wait for that. */
    private function endBy(Interrupts $interrupts, string $json): void
    {
        $this->cancel();
        try {
            while (!$interrupts->again && !\str_contains($json, '"event":"done"')) {
                $json = $this->slice(self::SLICE);
                $interrupts->look();
            }
        } catch (Exception\PinterestOAuthException) {
            // How it ended nobody waits for any more.
        }
        $interrupts->end();
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['startUrl' => $this->startUrl, 'opened' => $this->opened, 'whyNotOpened' => $this->whyNotOpened];
    }

    public function __serialize(): array
    {
        throw new \LogicException('A Login is not serialized: it belongs to this process');
    }

    /** @param array<mixed> $data */
    public function __unserialize(array $data): void
    {
        throw new \LogicException('A Login is not unserialized: ask a TokenManager for one');
    }
}
