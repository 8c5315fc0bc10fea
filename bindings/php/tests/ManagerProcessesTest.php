<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Tests\Support\ManagerTestCase;
use Pinterest\OAuth\Tests\Support\Program;

/** Processes that share a store: one refresh, one token, and none is lost. */
final class ManagerProcessesTest extends ManagerTestCase
{
    private const ASKERS = 4;

    public function testProcessesThatAskAtOnceMakeOneRefresh(): void
    {
        $old = $this->account()->accessToken();
        $this->pass(31);
        $this->emulator->script(['action' => 'pinterest', 'delay_ms' => 300]);
        $askers = [];
        foreach (range(1, self::ASKERS) as $ignored) {
            $askers[] = $this->started('asks');
        }
        $got = [];
        foreach ($askers as [$process, $output]) {
            self::assertSame(0, proc_close($process));
            rewind($output);
            $got = [...$got, ...json_decode((string) stream_get_contents($output), true)];
        }
        self::assertCount(self::ASKERS, $got);
        self::assertCount(1, array_unique($got));
        self::assertNotSame(hash('sha256', $old), $got[0]);
        self::assertSame(1, $this->refreshes());
    }

    /** @dataProvider forks */
    public function testAHandleIsUsedOnBothSidesOfAFork(string $scenario): void
    {
        $this->account();
        $this->pass(31);
        $got = $this->ran($scenario);
        self::assertGreaterThan(self::ASKERS, count($got));
        self::assertCount(1, array_unique($got));
        self::assertSame(1, $this->refreshes());
    }

    public function forks(): iterable
    {
        yield ['forks after it has asked'];
        yield ['forks before it has asked'];
        yield ['forks, and frees what it inherited'];
    }

    public function testARefreshThatASignalInterruptsIsStored(): void
    {
        $this->account();
        $this->pass(31);
        $this->emulator->control('DELETE', '/requests');
        $this->emulator->script(['action' => 'pinterest', 'delay_ms' => 1000]);
        self::assertSame(['interrupted'], $this->ran('is interrupted'));
        self::assertSame(1, $this->refreshes());
        $this->ran('asks');
        self::assertSame(1, $this->refreshes());
    }

    public function testARefreshWhoseProcessIsKilledDoesNotEndInALogin(): void
    {
        $old = $this->account()->accessToken();
        $this->pass(25);
        $this->emulator->control('DELETE', '/requests');
        $this->emulator->script(['action' => 'pinterest', 'delay_ms' => 1000]);
        $ran = $this->program('is killed by the interrupt');
        self::assertNotSame(0, $ran->status);
        $account = $this->manager()->account('shop-42');
        self::assertSame($old, $account->accessToken());
        $this->pass(1);
        self::assertNotSame($old, $account->accessToken());
    }

    public function testTheEndOfAProgramWaitsForWhatIsUnderWay(): void
    {
        $this->account();
        $ran = $this->program('ends');
        self::assertSame([7, 'all is stored'], [$ran->status, $ran->out], $ran->err);
    }

    /** @return list<string> */
    private function ran(string $scenario): array
    {
        return json_decode($this->program($scenario)->output(), true, flags: JSON_THROW_ON_ERROR);
    }

    private function program(string $scenario): Program
    {
        return Program::ours('manager.php', $this->input($scenario));
    }

    /** @return array<string, mixed> */
    private function input(string $scenario): array
    {
        $control = $this->emulator->facts['control_url'];

        return ['scenario' => $scenario, 'settings' => $this->settings(), 'control' => $control];
    }

    /** @return array{resource, resource} the process and what it prints */
    private function started(string $scenario): array
    {
        [$input, $output] = [tmpfile(), tmpfile()];
        fwrite($input, json_encode($this->input($scenario), JSON_THROW_ON_ERROR));
        rewind($input);
        $command = ['timeout', '--kill-after=5', '120', 'php', __DIR__ . '/programs/manager.php'];

        return [proc_open($command, [$input, $output, STDERR], $pipes), $output];
    }
}
