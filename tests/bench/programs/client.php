<?php

// Calls from PHP. Usage: client.php WHAT MODE, or client.php versions; README.md says what the modes do.
// Each loads what it needs and no more. All encode the form and take the access token out of the JSON.

declare(strict_types=1);

use Pinterest\OAuth\Client;
use Symfony\Component\HttpClient\HttpClient;

const LIMIT = 30;
const WARM_UP = 100;
const KIND = 'application/x-www-form-urlencoded';
const SYMFONY = '/usr/share/php/Symfony/Component/HttpClient/autoload.php';

/** @return Closure(): string */
function ours(string $url, array $form): Closure
{
    require __DIR__ . '/../../../bindings/php/autoload.php';
    $client = new Client(
        appId: getenv('PINTEREST_APP_ID'),
        appSecret: getenv('PINTEREST_APP_SECRET'),
        baseUrl: getenv('BENCH_URL'),
        caFile: getenv('BENCH_CA_FILE') ?: null,
    );
    return isset($form['refresh_token'])
        ? fn () => $client->oauthToken(grantType: 'refresh_token', refreshToken: $form['refresh_token'])->accessToken
        : fn () => $client->oauthToken(grantType: 'client_credentials')->accessToken;
}

/** @return Closure(): string */
function rawSocket(string $url, array $form): Closure
{
    ['host' => $host, 'port' => $port, 'path' => $path] = parse_url($url);
    $options = stream_context_create(['socket' => ['tcp_nodelay' => true]]);
    $socket = stream_socket_client("tcp://$host:$port", $code, $problem, LIMIT, STREAM_CLIENT_CONNECT, $options)
        ?: throw new RuntimeException("no connection: $problem");
    $basic = base64_encode(credentials());
    return function () use ($socket, $host, $port, $path, $basic, $form): string {
        $body = http_build_query($form);
        fwrite(
            $socket,
            "POST $path HTTP/1.1\r\nhost: $host:$port\r\nauthorization: Basic $basic\r\ncontent-type: " . KIND
                . "\r\ncontent-length: " . strlen($body) . "\r\n\r\n$body",
        );
        $length = 0;
        while (($line = fgets($socket)) !== "\r\n") {
            if ($line === false) {
                throw new RuntimeException('no answer');
            }
            if (stripos($line, 'content-length:') === 0) {
                $length = (int) substr($line, 15);
            }
        }
        return token(stream_get_contents($socket, $length));
    };
}

/** @return Closure(): string */
function curl(string $url, array $form): Closure
{
    $curl = curl_init($url);
    curl_setopt_array($curl, [
        CURLOPT_USERPWD => credentials(),
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => LIMIT,
    ]);
    if (authorities()) {
        curl_setopt($curl, CURLOPT_CAINFO, authorities());
    }
    return function () use ($curl, $form): string {
        curl_setopt($curl, CURLOPT_POSTFIELDS, http_build_query($form));
        return token(curl_exec($curl) ?: throw new RuntimeException(curl_error($curl)));
    };
}

/** @return Closure(): string */
function httpClient(string $url, array $form): Closure
{
    require SYMFONY;
    $client = HttpClient::create([
        'auth_basic' => credentials(),
        'timeout' => LIMIT,
        'cafile' => authorities(),
    ]);
    return fn () => $client->request('POST', $url, ['body' => $form])->toArray()['access_token'];
}

/** For those who do not read SSL_CERT_FILE themselves. */
function authorities(): ?string
{
    return getenv('SSL_CERT_FILE') ?: null;
}

function credentials(): string
{
    return getenv('PINTEREST_APP_ID') . ':' . getenv('PINTEREST_APP_SECRET');
}

function token(string $json): string
{
    return json_decode($json, true, flags: JSON_THROW_ON_ERROR)['access_token'];
}

function many(Closure $call): void
{
    for ($number = 0; $number < WARM_UP; $number++) {
        $call();
    }
    while (($line = fgets(STDIN)) !== false) {
        $times = [];
        $spent = cpu();
        for ($number = (int) $line; $number > 0; $number--) {
            $before = hrtime(true);
            $call();
            $times[] = hrtime(true) - $before;
        }
        echo json_encode([cpu() - $spent, ...$times]), "\n";
    }
}

/** Of this process, in ns. */
function cpu(): int
{
    $used = getrusage();
    $seconds = $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'];
    return ($seconds * 1_000_000 + $used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']) * 1000;
}

function versions(): string
{
    require SYMFONY;
    return 'PHP ' . PHP_VERSION . ', its curl with libcurl ' . curl_version()['version'];
}

$what = $argv[1];
$mode = $argv[2] ?? '';
if ($what === 'versions') {
    echo versions(), "\n";
    return;
}
$form = $mode === 'many'
    ? ['grant_type' => 'refresh_token', 'refresh_token' => 'pinr.benchmark.benchmark.benchmark']
    : ['grant_type' => 'client_credentials'];
$make = match ($what) {
    'bare interpreter' => fn () => fn () => 'nothing',
    'ours' => ours(...),
    'raw socket' => rawSocket(...),
    'php-curl' => curl(...),
    'HttpClient' => httpClient(...),
};
$call = $make(getenv('BENCH_URL') . '/oauth/token', $form);
if ($mode === 'many') {
    many($call);
} elseif (!$call()) {
    throw new RuntimeException('no token');
}
