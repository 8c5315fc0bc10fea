<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

use Pinterest\OAuth\Account;
use Pinterest\OAuth\TokenManager;

/** Tests with an emulator as at its start, a store of their own, and a clock that moves both. */
abstract class ManagerTestCase extends EmulatorTestCase
{
    protected const PAGE = 'http://localhost:8085/';
    protected const DAY = 86_400;

    protected Folder $folder;

    protected function setUp(): void
    {
        parent::setUp();
        $this->folder = new Folder();
    }

    /** @return array<string, mixed> arguments of a manager */
    protected function settings(): array
    {
        return $this->emulator->settings() + [
            'store' => $this->folder->path . '/tokens',
            'clockOffsetFile' => $this->emulator->facts['clock_file'],
        ];
    }

    protected function manager(): TokenManager
    {
        return new TokenManager(...$this->settings());
    }

    /** An account whose user has just logged in. */
    protected function account(string $name = 'shop-42', string $scope = 'pins:read,user_accounts:read'): Account
    {
        $account = $this->manager()->account($name);
        $account->login($this->emulator->code(self::PAGE, $scope), self::PAGE);

        return $account;
    }

    /** So many days pass, for the emulator and for every manager. */
    protected function pass(float $days): void
    {
        $this->emulator->control('POST', '/clock', ['advance' => (int) ($days * self::DAY)]);
    }

    /** How often a refresh token came, whatever was answered. */
    protected function refreshes(): int
    {
        return array_sum($this->emulator->control('GET', '/counts')['refresh_tokens']);
    }
}
