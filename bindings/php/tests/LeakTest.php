<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\Tests\Support\Program;

/** Memory after many calls. */
final class LeakTest extends TestCase
{
    private const CALLS = 100_000;

    /** 500 KiB over 80,000 calls: less than one leaked document in ten calls. */
    private const ALLOWED = 500;

    public function testMemoryIsFlatOverAHundredThousandCallsErrorsIncluded(): void
    {
        $emulator = Emulator::fresh();
        $ran = Program::ours('leaks.php', [
            'settings' => $emulator->settings(),
            'control' => $emulator->facts['control_url'],
            'calls' => self::CALLS,
        ]);
        ['sizes' => $sizes, 'failures' => $failures] = json_decode($ran->output(), true, flags: JSON_THROW_ON_ERROR);
        self::assertGreaterThan(self::CALLS / 2, $failures);
        self::assertLessThan(self::ALLOWED, end($sizes) - $sizes[1], 'KiB: ' . implode(' ', $sizes));
    }
}
