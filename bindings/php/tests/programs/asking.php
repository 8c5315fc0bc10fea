<?php

/** Calls that can tell whose answer they got: each asks for scopes of its own, and is granted those. */

declare(strict_types=1);

use Pinterest\OAuth\Client;

const PER_ASKER = 1000;

/** A set of scopes that is different for every number from 1 to 2 ** 18 - 1. */
function scopes(int $number): array
{
    $scopes = [];
    $things = ['ads', 'billing', 'biz_access', 'boards', 'catalogs', 'pins', 'user_accounts', 'boards:s', 'pins:s'];
    foreach ($things as $place => $thing) {
        [$name, $secret] = explode(':', $thing . ':') + ['', ''];
        $suffix = $secret === 's' ? '_secret' : '';
        foreach (['read', 'write'] as $bit => $what) {
            if ($number >> (2 * $place + $bit) & 1) {
                $scopes[] = "$name:$what$suffix";
            }
        }
    }

    return $scopes;
}

/** Calls, and checks that every answer is the asker's. */
function ask(Client $client, int $asker, int $times): void
{
    for ($turn = 1; $turn <= $times; $turn++) {
        $own = scopes($asker * PER_ASKER + $turn);
        $granted = $client->oauthToken('client_credentials', scope: $own)->scopes;
        sort($own);
        sort($granted);
        if ($granted !== $own) {
            throw new LogicException("asker $asker got somebody else's answer");
        }
    }
}

/** Does something in a child, which ends by itself whatever happens; its process id. */
function forked(callable $work): int
{
    $child = pcntl_fork();
    if ($child !== 0) {
        return $child;
    }
    pcntl_alarm(60);
    try {
        $work();
        exit(0);
    } catch (Throwable $problem) {
        fwrite(STDERR, $problem . "\n");
        exit(1);
    }
}

/** Waits for children, who all must have succeeded. */
function succeeded(int ...$children): void
{
    foreach ($children as $child) {
        pcntl_waitpid($child, $status);
        if ($status !== 0) {
            throw new LogicException("a child ended with $status");
        }
    }
}
