<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use Pinterest\OAuth\Tests\Support\Emulator;

/**
 * Tests of the gateway between a caller and the emulator.
 */
abstract class GatewayTestCase extends ServerTestCase
{
    protected const REFRESH = ['grant_type' => 'refresh_token', 'refresh_token' => 'pinr.made-up'];

    protected Emulator $emulator;

    protected function setUp(): void
    {
        $this->emulator = Emulator::fresh();
        $_ENV['PINTEREST_APP_ID'] = $this->emulator->facts['app_id'];
        $_ENV['PINTEREST_APP_SECRET'] = $this->emulator->facts['app_secret'];
        $_ENV['EMULATOR'] = $this->emulator->facts['base_url'];
    }

    protected function tearDown(): void
    {
        parent::tearDown();
        unset($_ENV['PINTEREST_APP_ID'], $_ENV['PINTEREST_APP_SECRET'], $_ENV['EMULATOR']);
    }

    /**
     * @param array<string, mixed> $settings of the gateway
     * @param array<string, mixed> $services
     */
    protected function startGateway(array $settings = [], array $services = [], bool $debug = false): void
    {
        $settings += ['base_url' => '%env(EMULATOR)%', 'timeout' => 20];
        $this->start(['gateway' => $settings], $services, debug: $debug);
    }
}
