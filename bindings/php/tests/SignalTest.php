<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\Tests\Support\Program;

/** Signals while a call waits. */
final class SignalTest extends TestCase
{
    public function testAHandlerRunsAfterTheAnswerAndTheCallSucceeds(): void
    {
        self::assertSame(['answered' => 200, 'result' => 'ads:read'], $this->during('returns')[0]);
    }

    public function testAHandlerThatThrowsLosesTheAnswerAndTheClientGoesOn(): void
    {
        [$said, $errors] = $this->during('throws');
        self::assertSame(['answered' => 200, 'result' => 'from the handler'], $said);
        self::assertStringContainsString('from the handler', $errors);
        self::assertStringNotContainsString('c4nary', $errors);
    }

    /** @return array{array<string, mixed>, string} what the program said */
    private function during(string $scenario): array
    {
        $emulator = Emulator::fresh();
        $emulator->script(['action' => 'pinterest', 'delay_ms' => 500]);
        $ran = Program::ours('signals.php', [
            'scenario' => $scenario,
            'settings' => $emulator->settings(),
            'control' => $emulator->facts['control_url'],
        ]);

        return [json_decode($ran->output(), true, flags: JSON_THROW_ON_ERROR), $ran->err];
    }
}
