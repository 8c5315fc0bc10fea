<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** The emulator of this run, and what tests of the library itself want of it. */
final class Emulator extends \Pinterest\OAuth\Emulator
{
    private static ?self $running = null;

    /** The one of this run, as at its start. */
    public static function fresh(): self
    {
        self::$running ??= new self();
        self::$running->control('POST', '/reset');

        return self::$running;
    }

    /**
     * As {@see settings()}, with the host written in another way.
     *
     * @return array<string, mixed>
     */
    public function at(string $host, bool $https): array
    {
        $settings = $this->settings($https);

        return ['baseUrl' => preg_replace('#//[^:]+#', "//$host", $settings['baseUrl'])] + $settings;
    }

    /** The answers to come. */
    public function script(array ...$answers): void
    {
        $this->control('POST', '/script', $answers);
    }

    /** A code, as if the user had agreed. */
    public function code(string $redirectUri = 'http://localhost:8085/', string $scope = 'pins:read'): string
    {
        return $this->control('POST', '/authorize', ['redirect_uri' => $redirectUri, 'scope' => $scope])['code'];
    }

    /** @return list<array<string, mixed>> */
    public function requests(): array
    {
        return $this->control('GET', '/requests')['requests'];
    }
}
