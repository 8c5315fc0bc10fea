<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;

/** Tests with an emulator as at its start, and a client for it. */
abstract class EmulatorTestCase extends TestCase
{
    protected Emulator $emulator;
    protected Client $client;

    protected function setUp(): void
    {
        $this->emulator = Emulator::fresh();
        $this->client = new Client(...$this->emulator->settings());
    }

    /** The exception that a call has to throw. */
    protected function failure(callable $call): PinterestOAuthException
    {
        try {
            $call();
        } catch (PinterestOAuthException $exception) {
            return $exception;
        }
        self::fail('nothing was thrown');
    }
}
