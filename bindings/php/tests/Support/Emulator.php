<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** One running emulator. It ends when its standard input does, so it never outlives the tests. */
final class Emulator
{
    private static ?self $running = null;

    /** @var array<string, mixed> the addresses, the app id and the app secret */
    public readonly array $facts;

    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private array $pipes = [];

    private function __construct()
    {
        $command = __DIR__ . '/../../../../target/debug/pinterest-oauth';
        $this->process = proc_open(
            [$command, 'emulator', '--json', '--until-stdin-closes', '--show-secret'],
            [['pipe', 'r'], ['pipe', 'w'], ['file', '/dev/null', 'w']],
            $this->pipes,
        );
        $line = fgets($this->pipes[1]);
        if ($line === false) {
            throw new \RuntimeException('the emulator does not start: cargo build -p pinterest-oauth-cli');
        }
        $this->facts = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    }

    /** The one of this run, as at its start. */
    public static function fresh(): self
    {
        self::$running ??= new self();
        self::$running->control('POST', '/reset');

        return self::$running;
    }

    /**
     * What a client needs to get here, and nothing else.
     *
     * @return array<string, mixed> arguments for a Client
     */
    public function settings(string $scheme = 'http', string $host = ''): array
    {
        $url = $this->facts[$scheme === 'https' ? 'https_base_url' : 'base_url'];
        $settings = [
            'appId' => $this->facts['app_id'],
            'appSecret' => $this->facts['app_secret'],
            'baseUrl' => $host === '' ? $url : preg_replace('#//[^:]+#', "//$host", $url),
            'oauthUrl' => $this->facts['oauth_url'],
            'trustEnv' => false,
        ];

        return $scheme === 'https' ? $settings + ['caFile' => $this->facts['ca_file']] : $settings;
    }

    /** @return array<string, string> the same for a program that reads the environment */
    public function environment(): array
    {
        return [
            'PINTEREST_APP_ID' => $this->facts['app_id'],
            'PINTEREST_APP_SECRET' => $this->facts['app_secret'],
            'PINTEREST_API_URI' => $this->facts['base_url'],
            'PINTEREST_OAUTH_URI' => $this->facts['oauth_url'],
        ];
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

    public function connections(): int
    {
        return $this->control('GET', '/requests')['connections'];
    }

    public function control(string $method, string $path, ?array $document = null): array
    {
        return Http::json($method, $this->facts['control_url'] . $path, $document);
    }
}
