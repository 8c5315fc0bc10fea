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

    private string $typed = '';
    private bool $pastes = false;
    private bool $asked = false;

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
            $this->asked = $this->listens && self::isThere();
            $this->asked ? $this->say('[y/N]') : $login->answer(false);
        }
    }

    /** Gives the login what was typed. Nothing is waited for. */
    public function listenTo(Login $login): void
    {
        [$read, $none] = [[$this->asked || $this->pastes ? \STDIN : null], null];
        if ($read === [null] || !self::isThere() || !\stream_select($read, $none, $none, 0)) {
            return;
        }
        $more = \fread(\STDIN, self::MOST);
        if ($more === false || $more === '') {
            // The terminal is gone.
            $this->asked = $this->pastes = false;

            return;
        }
        $this->typed .= $more;
        while (\preg_match('/\A([^\r\n]*)[\r\n]+/', $this->typed, $found) === 1) {
            $this->typed = \substr($this->typed, \strlen($found[0]));
            $this->line($login, $found[1]);
        }
        $this->typed = \substr($this->typed, 0, self::MOST);
    }

    private function line(Login $login, #[\SensitiveParameter] string $line): void
    {
        if ($this->asked) {
            $this->asked = false;
            $login->answer(\preg_match('/\A\s*y(es)?\s*\z/i', $line) === 1);
        } elseif (\trim($line) !== '') {
            try {
                $login->paste($line);
            } catch (InvalidArgumentException $problem) {
                $this->say($problem->getMessage());
            }
        }
    }

    /** The way for other machines carries the state: it is shown to a terminal alone, never to a log. */
    private function otherWay(Login $login): void
    {
        if ($this->listens && self::isThere() && \defined('STDERR') && \stream_isatty(\STDERR)) {
            $this->pastes = true;
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
