<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Document;
use Pinterest\OAuth\Internal\Environment;
use Pinterest\OAuth\Internal\Failure;

/**
 * Pinterest's OAuth server on this machine, for tests: `pinterest-oauth emulator`. It ends with this object.
 *
 * The program is looked for where `PINTEREST_OAUTH_COMMAND` in the environment says, and else in `PATH`. Its accounts,
 * tokens and secrets are made up.
 */
class Emulator
{
    /** The environment's name for the path of the program. */
    public const COMMAND = 'PINTEREST_OAUTH_COMMAND';

    /**
     * The emulator's addresses, and the `app_id` and `app_secret` that it knows, by the names that the emulator prints.
     *
     * @var array<string, mixed>
     */
    public readonly array $facts;

    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private array $pipes = [];

    /**
     * Starts it.
     *
     * @param string ...$options of the command, for example `'--switch', 'rotation="strict"'`
     *
     * @throws Exception\InvalidConfigException when it does not start
     */
    public function __construct(string ...$options)
    {
        $command = Environment::variable(self::COMMAND) ?? 'pinterest-oauth';
        $fixed = ['emulator', '--json', '--until-stdin-closes', '--show-secret'];
        $process = @\proc_open([$command, ...$fixed, ...$options], [['pipe', 'r'], ['pipe', 'w']], $this->pipes);
        $this->facts = $process === false ? [] : Document::read((string) \fgets($this->pipes[1]));
        if ($this->facts === []) {
            $now = 'Install the command, or set ' . self::COMMAND . ' to its path.';
            throw Failure::setup(self::COMMAND, "the emulator does not start: $command emulator", $now);
        }
        $this->process = $process;
    }

    /**
     * What a client needs to get here: `new Client(...$emulator->settings())`.
     *
     * @param bool $https whether by TLS, with a certificate that these settings trust
     *
     * @return array<string, mixed> arguments of {@see Client}
     */
    public function settings(bool $https = false): array
    {
        $settings = [
            'appId' => $this->facts['app_id'],
            'appSecret' => $this->facts['app_secret'],
            'baseUrl' => $this->facts[$https ? 'https_base_url' : 'base_url'],
            'oauthUrl' => $this->facts['oauth_url'],
            'trustEnv' => false,
        ];

        return $https ? $settings + ['caFile' => $this->facts['ca_file']] : $settings;
    }

    /**
     * The same for a program that reads the environment.
     *
     * @return array<string, string>
     */
    public function environment(): array
    {
        return [
            'PINTEREST_APP_ID' => $this->facts['app_id'],
            'PINTEREST_APP_SECRET' => $this->facts['app_secret'],
            'PINTEREST_API_URI' => $this->facts['base_url'],
            'PINTEREST_OAUTH_URI' => $this->facts['oauth_url'],
        ];
    }

    /**
     * Does what a user does at the consent page: gives access, or denies it.
     *
     * @param string $url  of {@see Client::authorizeUrl()}
     * @param bool   $deny whether the user says no
     *
     * @return string the address at which the browser ends up, for {@see Client::redirect()}
     */
    public function authorize(string $url, bool $deny = false): string
    {
        [$page, $query] = \explode('?', $url, 2) + [1 => ''];
        $form = $query . '&decision=' . ($deny ? 'deny' : 'allow');
        [, $headers] = self::send('POST', $page, $form, 'application/x-www-form-urlencoded');
        foreach ($headers as $header) {
            if (\stripos($header, 'location:') === 0) {
                return \trim(\substr($header, 9));
            }
        }
        throw new \LogicException('The consent page refuses this address: ' . $headers[0]);
    }

    /**
     * Asks the control port: `GET /requests`, `POST /switches`, `POST /clock`, `POST /script`, `POST /reset` and so on,
     * as its own page shows them.
     *
     * @param array<mixed>|null $document what is sent as JSON
     *
     * @return array<string, mixed>
     */
    public function control(string $method, string $path, ?array $document = null): array
    {
        $body = $document === null ? '' : \json_encode($document, \JSON_THROW_ON_ERROR);
        [$answer, $headers] = self::send($method, $this->facts['control_url'] . $path, $body, 'application/json');
        if (!\str_contains($headers[0], ' 200 ')) {
            throw new \LogicException("The emulator refuses $method $path: $answer");
        }

        return Document::read($answer);
    }

    /** Ends the emulator, as the end of this object does. */
    public function stop(): void
    {
        if (\is_resource($this->process)) {
            \fclose($this->pipes[0]);
            \proc_close($this->process);
        }
    }

    public function __destruct()
    {
        $this->stop();
    }

    /** @return array{string, list<string>} the body and the lines of the head */
    private static function send(string $method, string $url, string $body, string $type): array
    {
        $stream = \fopen($url, 'r', false, \stream_context_create(['http' => [
            'method' => $method,
            'header' => "Content-Type: $type",
            'content' => $body,
            'follow_location' => 0,
            'ignore_errors' => true,
            'timeout' => 60,
        ]]));
        if ($stream === false) {
            throw new \LogicException("The emulator does not answer: $url");
        }

        return [(string) \stream_get_contents($stream), \stream_get_meta_data($stream)['wrapper_data']];
    }
}
