<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** A program run to its end, which comes within two minutes whatever happens. */
final class Program
{
    private function __construct(
        public readonly int $status,
        public readonly string $out,
        public readonly string $err,
    ) {
    }

    /**
     * @param list<string>          $command
     * @param array<string, ?string> $environment on top of this one; null takes a variable away
     */
    public static function run(
        array $command,
        string $input = '',
        array $environment = [],
        ?string $folder = null,
    ): self {
        [$in, $out, $err] = [tmpfile(), tmpfile(), tmpfile()];
        fwrite($in, $input);
        rewind($in);
        $process = proc_open(
            ['timeout', '--kill-after=5', '120', ...$command],
            [$in, $out, $err],
            $pipes,
            $folder,
            array_filter($environment + getenv(), static fn (?string $value): bool => $value !== null),
        );
        $status = proc_close($process);
        rewind($out);
        rewind($err);

        return new self($status, stream_get_contents($out), stream_get_contents($err));
    }

    /**
     * A program of `tests/programs`, whose input is a JSON document.
     *
     * @param array<string, ?string> $environment
     */
    public static function ours(string $name, array $input = [], array $environment = [], string ...$options): self
    {
        $path = __DIR__ . '/../programs/' . $name;

        return self::run(['php', ...$options, $path], json_encode($input), $environment);
    }

    /** What it printed, where it was to succeed. */
    public function output(): string
    {
        if ($this->status !== 0) {
            throw new \RuntimeException("ended with {$this->status}: {$this->out}{$this->err}");
        }

        return $this->out;
    }
}
