<?php

/**
 * A process that asks a token manager; on standard input what it does, the settings of the manager, and the address of
 * the emulator's control port. It prints what it got, as JSON.
 */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';
require __DIR__ . '/asking.php';

use Pinterest\OAuth\Tests\Support\Http;
use Pinterest\OAuth\TokenManager;

$given = json_decode(stream_get_contents(STDIN), true);
['scenario' => $scenario, 'settings' => $settings, 'control' => $control] = $given;
$account = (new TokenManager(...$settings))->account('shop-42');

/** What children got, who all ask at once. */
function children(int $number, callable $ask): array
{
    [$mine, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $children = [];
    for ($child = 0; $child < $number; $child++) {
        $children[] = forked(static fn () => fwrite($theirs, hash('sha256', $ask()) . "\n"));
    }
    succeeded(...$children);
    fclose($theirs);

    return explode("\n", trim((string) stream_get_contents($mine)));
}

/** A signal to this process, once its refresh is at the emulator; the child that sends it. */
function interruptedBy(int $signal, string $control): int
{
    $parent = getmypid();

    return forked(static function () use ($signal, $control, $parent): void {
        while (!Http::json('GET', "$control/requests")['requests']) {
            usleep(10_000);
        }
        posix_kill($parent, $signal);
    });
}

$own = static fn (): array => [hash('sha256', $account->accessToken())];
$scenarios = [
    'asks' => $own,
    'forks after it has asked' => static fn () => [...$own(), ...children(4, $account->accessToken(...)), ...$own()],
    'forks before it has asked' => static fn () => [...children(4, $account->accessToken(...)), ...$own()],
    'forks, and frees what it inherited' => static function () use (&$account, $settings): array {
        $got = children(4, static function () use (&$account, $settings): string {
            $account = null;
            gc_collect_cycles();

            return (new TokenManager(...$settings))->account('shop-42')->accessToken();
        });

        return [...$got, hash('sha256', $account->accessToken())];
    },
    // The handler ends the request: what was sent is stored all the same.
    'is interrupted' => static function () use ($account, $control): array {
        pcntl_async_signals(true);
        pcntl_signal(SIGINT, static fn () => throw new RuntimeException('interrupted'));
        $child = interruptedBy(SIGINT, $control);
        try {
            return [$account->accessToken()];
        } catch (RuntimeException $exception) {
            return [$exception->getMessage()];
        } finally {
            succeeded($child);
        }
    },
    'is killed by the interrupt' => static function () use ($account, $control): array {
        interruptedBy(SIGINT, $control);

        return [$account->accessToken()];
    },
    'ends' => static function () use ($account): void {
        register_shutdown_function(static function (): void {
            echo TokenManager::finish() ? 'all is stored' : 'something is left';
        });
        $account->accessToken();
        exit(7);
    },
];
echo json_encode($scenarios[$scenario]());
