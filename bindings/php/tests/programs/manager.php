<?php

/**
 * A process that asks a token manager; on standard input what it does, the settings of the manager, and the address of the
 * emulator's control port. It prints what it got, as JSON.
 */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';
require __DIR__ . '/asking.php';

use Pinterest\OAuth\Exception\PinterestOAuthException;
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

$own = static fn (): array => [hash('sha256', $account->accessToken())];
switch ($scenario) {
    case 'asks':
        $got = $own();
        break;
    case 'forks after it has asked':
        $got = [...$own(), ...children(4, $account->accessToken(...)), ...$own()];
        break;
    case 'forks before it has asked':
        $got = [...children(4, $account->accessToken(...)), ...$own()];
        break;
    case 'forks, and frees what it inherited':
        $got = children(4, static function () use (&$account, $settings): string {
            $account = null;
            gc_collect_cycles();

            return (new TokenManager(...$settings))->account('shop-42')->accessToken();
        });
        $got = [...$got, ...$own()];
        break;
    case 'is interrupted':
        // The handler ends the request: what was sent is stored all the same.
        pcntl_async_signals(true);
        pcntl_signal(SIGINT, static fn () => throw new RuntimeException('interrupted'));
        $parent = getmypid();
        $child = forked(static function () use ($control, $parent): void {
            while (!Http::json('GET', "$control/requests")['requests']) {
                usleep(10_000);
            }
            posix_kill($parent, SIGINT);
        });
        try {
            $got = [$account->accessToken()];
        } catch (RuntimeException $exception) {
            $got = [$exception->getMessage()];
        }
        succeeded($child);
        break;
    case 'is killed by the interrupt':
        $parent = getmypid();
        $child = forked(static function () use ($control, $parent): void {
            while (!Http::json('GET', "$control/requests")['requests']) {
                usleep(10_000);
            }
            posix_kill($parent, SIGINT);
        });
        $got = [$account->accessToken()];
        break;
    case 'ends':
        register_shutdown_function(static function (): void {
            echo TokenManager::finish() ? 'all is stored' : 'something is left';
        });
        $account->accessToken();
        exit(7);
    default:
        throw new LogicException('no such scenario');
}
echo json_encode($got);
