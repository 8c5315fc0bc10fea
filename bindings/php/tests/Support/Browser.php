<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** A browser as a login meets one: it navigates, keeps cookies, and its person clicks on Pinterest's page. */
final class Browser
{
    private const NAVIGATION = ['Sec-Fetch-Mode' => 'navigate', 'Sec-Fetch-Dest' => 'document'];

    /** @var array<string, string> */
    public array $cookies = [];

    /** A port that is free on both addresses of localhost. Above 32,767 the system gives it to whoever asks for any. */
    public static function freePort(): int
    {
        do {
            $port = random_int(20000, 29999);
            $four = @stream_socket_server("tcp://127.0.0.1:$port");
            $six = @stream_socket_server("tcp://[::1]:$port");
            $hasSix = $six !== false || @stream_socket_server('tcp://[::1]:0') !== false;
        } while ($four === false || ($six === false && $hasSix));

        return $port;
    }

    public static function isOpen(int $port): bool
    {
        return @stream_socket_client("tcp://127.0.0.1:$port") !== false;
    }

    /** @return array{int, array<string, string>, string} status, headers and body */
    public function get(string $address): array
    {
        return $this->ask('GET', $address, self::NAVIGATION);
    }

    /**
     * @param array<string, string> $headers
     *
     * @return array{int, array<string, string>, string}
     */
    public function ask(string $method, string $address, array $headers = [], string $body = ''): array
    {
        if ($this->cookies !== []) {
            $pairs = array_map(static fn ($name, $value) => "$name=$value", array_keys($this->cookies), $this->cookies);
            $headers['Cookie'] = implode('; ', $pairs);
        }
        $lines = array_map(static fn ($name, $value) => "$name: $value", array_keys($headers), $headers);
        $stream = fopen($address, 'r', false, stream_context_create(['http' => [
            'method' => $method,
            'header' => $lines,
            'content' => $body,
            'follow_location' => 0,
            'ignore_errors' => true,
            'timeout' => 60,
        ]]));
        $answer = stream_get_contents($stream);
        $head = stream_get_meta_data($stream)['wrapper_data'];
        $found = [];
        foreach (array_slice($head, 1) as $line) {
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $found[strtolower($name)] = trim($value);
            if (strtolower($name) === 'set-cookie') {
                $this->keep(trim($value));
            }
        }

        return [(int) explode(' ', $head[0])[1], $found, $answer];
    }

    /** What the person decides on Pinterest's page; the address to which Pinterest sends the browser. */
    public static function decide(string $page, string $decision = 'allow'): string
    {
        [$address, $query] = explode('?', $page, 2);
        $form = ['Content-Type' => 'application/x-www-form-urlencoded'];

        return (new self())->ask('POST', $address, $form, "$query&decision=$decision")[1]['location'];
    }

    /** From the page that begins a login to the one that Pinterest sends back to. */
    public function back(string $address, string $decision = 'allow'): string
    {
        return self::decide($this->get($address)[1]['location'], $decision);
    }

    private function keep(string $cookie): void
    {
        preg_match('/\A([^=]+)=([^;]*)(.*)\z/s', $cookie, $found);
        if (preg_match('/Max-Age=0\b/', $found[3]) === 1) {
            unset($this->cookies[$found[1]]);
        } else {
            $this->cookies[$found[1]] = $found[2];
        }
    }
}
