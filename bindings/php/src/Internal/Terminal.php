<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Login;
use Pinterest\OAuth\LoginEvent;
use Pinterest\OAuth\LoginEventKind;

/**
 * What a person at a terminal is told during a login, and what the person types or pastes.
 *
 * @internal
 */
final class Terminal
{
    /** Bytes of a pasted address, at most. */
    private const MOST = 8192;
    /** Seconds between two looks at what is typed. */
    private const PAUSE = 0.1;

    private string $typed = '';
    private bool $pastes = false;
    private bool $asked = false;
    /** How the terminal was, as stty writes it; null where nothing is hidden. */
    private ?string $modes = null;
    private ?Interrupts $interrupts = null;

    /** @param bool $listens whether what is typed is the login's */
    public function __construct(private readonly bool $listens)
    {
    }

    public function started(Login $login): void
    {
        $this->say($login->message);
        if (!$login->opened) {
            $this->otherWay($login);
        }
    }

    public function happened(Login $login, LoginEvent $event): void
    {
        $this->say($event->message);
        if ($event->event === LoginEventKind::NotOpened) {
            $this->otherWay($login);
        } elseif ($event->event === LoginEventKind::Confirm) {
            $this->restore();
            $this->asked = $this->listens && self::isThere();
            $this->asked ? $this->say('[y/N]') : $login->answer(false);
        }
    }

    /** What happens next; a signal that ends the program leaves the terminal as it was. */
    public function nextEvent(Login $login): ?LoginEvent
    {
        return $this->interrupts === null
            ? $login->nextEvent(self::PAUSE) : $login->wait(self::PAUSE, $this->interrupts);
    }

    /**
     * Gives the login what was typed, once a line is complete and nothing more comes: an address may have line breaks
     * in it. Nothing is waited for.
     */
    public function listenTo(Login $login): void
    {
        if ((!$this->asked && !$this->pastes) || !self::isThere()) {
            return;
        }
        if (self::hasMore()) {
            $more = \fread(\STDIN, self::MOST);
            if ($more === false || $more === '') {
                // The terminal is gone.
                $this->asked = $this->pastes = false;
            }
            $this->typed = \substr($this->typed . $more, -self::MOST);
        } elseif (\strpbrk($this->typed, "\r\n") !== false) {
            $typed = \trim($this->typed);
            $this->typed = '';
            $this->take($login, $typed);
        }
    }

    /** Puts back how the terminal was. What was typed and not read is dropped: a shell would run it. */
    public function restore(): void
    {
        if ($this->modes !== null && self::isThere()) {
            while (self::hasMore() && !\in_array(\fread(\STDIN, self::MOST), [false, ''], true)) {
                // Dropped.
            }
            self::stty($this->modes);
        }
        $this->interrupts?->release();
        $this->modes = $this->interrupts = null;
    }

    private function take(Login $login, #[\SensitiveParameter] string $typed): void
    {
        if ($this->asked) {
            $this->asked = false;
            $login->answer(\preg_match('/\Ay(es)?\z/i', $typed) === 1);
        } elseif ($typed !== '') {
            try {
                $login->paste($typed);
                $this->say('received ' . \strlen($typed) . ' characters');
            } catch (InvalidArgumentException $problem) {
                $this->say($problem->getMessage());
            }
        }
    }

    /**
     * Shows nothing of what is typed, which holds the code, and takes it as it comes: of a long line the system keeps a
     * part. Where there is no stty, it is shown.
     */
    private function hide(): void
    {
        $this->modes ??= self::stty('-g');
        if ($this->modes !== null && $this->interrupts === null) {
            $this->interrupts = new Interrupts($this->restore(...));
            self::stty('-echo', '-echonl', '-icanon');
        }
    }

    /** What stty says of standard input; null where it cannot be run. */
    private static function stty(string ...$words): ?string
    {
        if (!\function_exists('proc_open')) {
            return null;
        }
        $process = @\proc_open(['stty', ...$words], [\STDIN, ['pipe', 'w'], ['file', '/dev/null', 'w']], $pipes);
        $said = \is_resource($process) ? (string) \stream_get_contents($pipes[1]) : '';

        return \is_resource($process) && \proc_close($process) === 0 ? \trim($said) : null;
    }

    private static function hasMore(): bool
    {
        [$read, $none] = [[\STDIN], null];

        return (bool) @\stream_select($read, $none, $none, 0);
    }

    /** The way for other machines carries the state: it is shown to a terminal alone, never to a log. */
    private function otherWay(Login $login): void
    {
        if ($this->listens && self::isThere() && \defined('STDERR') && \stream_isatty(\STDERR)) {
            $this->pastes = true;
            $this->hide();
            $this->say((string) $login->show()->instructions);
        }
    }

    /** Whether somebody types for this program: who reads in the background is stopped. */
    private static function isThere(): bool
    {
        if (!\defined('STDIN') || !\stream_isatty(\STDIN)) {
            return false;
        }
        // Group and foreground group; where the system does not say them, it is in the foreground.
        $stat = \is_readable('/proc/self/stat') ? (string) \file_get_contents('/proc/self/stat') : '';
        $fields = \explode(' ', \substr($stat, (int) \strrpos($stat, ')')));

        return ($fields[3] ?? null) === ($fields[6] ?? null);
    }

    private function say(#[\SensitiveParameter] string $line): void
    {
        \file_put_contents('php://stderr', "$line\n");
    }
}
