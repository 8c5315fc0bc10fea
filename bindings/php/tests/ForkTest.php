<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\Tests\Support\Program;

/** Processes that fork: every answer belongs to its asker, nobody hangs, the parent goes on. */
final class ForkTest extends TestCase
{
    /** @dataProvider matrix */
    public function testEveryAnswerBelongsToItsAsker(string $scenario, string $scheme, string $host): void
    {
        $emulator = Emulator::fresh();
        $settings = $emulator->at($host, https: $scheme === 'https');
        $ran = Program::ours('forks.php', ['scenario' => $scenario, 'settings' => $settings]);
        self::assertSame(['done', 0, ''], [$ran->out, $ran->status, $ran->err]);
        if ($scenario !== 'children of children') {
            self::assertSame([], $this->shared($emulator));
        }
    }

    public function matrix(): iterable
    {
        $scenarios = [
            'used before', 'not used before', 'destroyed in the child', 'destroyed in the parent',
            'children of children', 'killed children',
        ];
        foreach ($scenarios as $scenario) {
            foreach (['http', 'https'] as $scheme) {
                foreach (['127.0.0.1', 'localhost'] as $host) {
                    yield "$scenario, $scheme://$host" => [$scenario, $scheme, $host];
                }
            }
        }
    }

    /** @return array<int, list<int>> the askers of every connection that more than one used */
    private function shared(Emulator $emulator): array
    {
        require_once __DIR__ . '/programs/asking.php';
        $numbers = [];
        foreach ([1, 2, 3, 4, 100] as $asker) {
            foreach (range(1, 23) as $turn) {
                $scopes = scopes($asker * PER_ASKER + $turn);
                sort($scopes);
                $numbers[implode(',', $scopes)] = $asker;
            }
        }
        $askers = [];
        foreach ($emulator->requests() as $request) {
            $scopes = explode(',', array_column($request['form'], 1, 0)['scope']);
            sort($scopes);
            $askers[$request['connection']][$numbers[implode(',', $scopes)]] = true;
        }
        self::assertGreaterThan(1, count($askers));

        return array_map('array_keys', array_filter($askers, static fn (array $who): bool => count($who) > 1));
    }
}
