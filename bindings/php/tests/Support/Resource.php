<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** A small API on this machine, `programs/resource.php`, which ends with this object. */
final class Resource
{
    public readonly string $origin;

    /** @var resource */
    private $process;

    public function __construct(private readonly Folder $folder)
    {
        $listener = stream_socket_server('tcp://127.0.0.1:0');
        $address = stream_socket_get_name($listener, false);
        fclose($listener);
        $this->origin = "http://$address";
        $environment = ['RECORD' => $folder->write('record', ''), 'REFUSED' => $folder->write('refused', '{}')];
        $quiet = ['file', $folder->path . '/resource.log', 'a'];
        $this->process = proc_open(
            ['timeout', '120', 'php', '-S', $address, dirname(__DIR__) . '/programs/resource.php'],
            [['pipe', 'r'], $quiet, $quiet],
            $pipes,
            null,
            $environment + getenv(),
        );
        while (@fsockopen('127.0.0.1', (int) parse_url($this->origin, PHP_URL_PORT)) === false) {
            if (!proc_get_status($this->process)['running']) {
                throw new \RuntimeException((string) file_get_contents($folder->path . '/resource.log'));
            }
            usleep(10_000);
        }
    }

    public function __destruct()
    {
        proc_terminate($this->process);
        proc_close($this->process);
    }

    /** Answers 401 with this code of Pinterest's to a token. */
    public function refuse(string $token, int $code = 2): void
    {
        $this->folder->write('refused', json_encode([$token => $code], JSON_THROW_ON_ERROR));
    }

    /** @return list<array{method: string, path: string, authorization: ?string, body: string}> what it was sent */
    public function requests(): array
    {
        $lines = explode("\n", trim((string) file_get_contents($this->folder->path . '/record')));

        return array_map(static fn (string $line): array => json_decode($line, true), array_filter($lines));
    }
}
