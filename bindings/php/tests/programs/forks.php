<?php

/** One scenario of processes that fork; on standard input its name and the settings of the client. */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';
require __DIR__ . '/asking.php';

use Pinterest\OAuth\Client;

const CHILDREN = 4;
const OWN = 100;

/** Children that start together, and the parent with them. */
function allAtOnce(array $works, callable $own): void
{
    [$wait, $start] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $children = [];
    foreach ($works as $work) {
        $children[] = forked(static function () use ($wait, $start, $work): void {
            fclose($start);
            fread($wait, 1);
            $work();
        });
    }
    fclose($start);
    $own();
    succeeded(...$children);
}

/** @return list<callable> work for each child */
function everyChild(callable $work): array
{
    return array_map(static fn (int $asker): callable => static fn () => $work($asker), range(1, CHILDREN));
}

['scenario' => $scenario, 'settings' => $settings] = json_decode(stream_get_contents(STDIN), true);
$client = new Client(...$settings);
$inherited = static function (int $asker) use (&$client): void {
    ask($client, $asker, 20);
};

switch ($scenario) {
    case 'used before':
        ask($client, OWN, 3);
        allAtOnce(everyChild($inherited), static fn () => ask($client, OWN, 20));
        break;
    case 'not used before':
        allAtOnce(everyChild($inherited), static fn () => ask($client, OWN, 20));
        break;
    case 'destroyed in the child':
        ask($client, OWN, 3);
        allAtOnce(
            everyChild(static function (int $asker) use (&$client, $settings): void {
                $client = null;
                gc_collect_cycles();
                ask(new Client(...$settings), $asker, 5);
            }),
            static fn () => ask($client, OWN, 20),
        );
        break;
    case 'destroyed in the parent':
        ask($client, OWN, 3);
        allAtOnce(
            everyChild($inherited),
            static function () use (&$client): void {
                $client = null;
            },
        );
        $client = new Client(...$settings);
        break;
    case 'children of children':
        $family = static function (int $depth) use (&$family, $client): void {
            ask($client, $depth, 3);
            if ($depth > 1) {
                $child = forked(static fn () => $family($depth - 1));
                ask($client, $depth, 3);
                succeeded($child);
            }
            ask($client, $depth, 3);
        };
        $family(4);
        break;
    case 'killed children':
        ask($client, OWN, 3);
        foreach (range(1, CHILDREN) as $asker) {
            $child = forked(static function () use ($client, $asker): void {
                ask($client, $asker, 3);
                posix_kill(getmypid(), SIGKILL);
            });
            pcntl_waitpid($child, $status);
            pcntl_wifsignaled($status) || throw new LogicException('a child was not killed');
            ask($client, OWN, 3);
        }
        break;
    default:
        throw new LogicException('no such scenario');
}
// The parent goes on.
ask($client, OWN, 3);
echo 'done';
