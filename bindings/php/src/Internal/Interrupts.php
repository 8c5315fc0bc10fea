<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

/**
 * Signals that would end a program of the command line while a login waits. Those that have a handler are left alone.
 *
 * @internal
 */
final class Interrupts
{
    /** The signal that came. */
    public ?int $came = null;

    /** Whether one came again. */
    public bool $again = false;

    /** @var list<int> */
    private array $held = [];

    /** @param ?\Closure $last what has to be done before a signal ends the program */
    public function __construct(private readonly ?\Closure $last = null)
    {
        if (\PHP_SAPI !== 'cli' || !\function_exists('pcntl_signal') || !\function_exists('posix_kill')) {
            return;
        }
        foreach ([\SIGHUP, \SIGINT, \SIGTERM] as $signal) {
            if (\pcntl_signal_get_handler($signal) === \SIG_DFL) {
                \pcntl_signal($signal, function (int $signal): void {
                    $this->again = $this->came !== null;
                    $this->came = $signal;
                });
                $this->held[] = $signal;
            }
        }
    }

    /** Lets handlers run, also those of a program that asks for them itself. */
    public function look(): void
    {
        if (\function_exists('pcntl_signal_dispatch')) {
            \pcntl_signal_dispatch();
        }
    }

    public function release(): void
    {
        foreach ($this->held as $signal) {
            \pcntl_signal($signal, \SIG_DFL);
        }
        $this->held = [];
    }

    /** Ends the program by the signal that came. */
    public function end(): void
    {
        if ($this->last !== null) {
            ($this->last)();
        }
        $this->release();
        \posix_kill(\posix_getpid(), $this->came ?? \SIGTERM);
    }
}
