<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\ServerTestCase;
use OpenAPI\Server\Tests\Support\ThreeAMinute;

/**
 * What a request passes first: https and a rate limit. And the one line that it leaves.
 */
final class GateTest extends ServerTestCase
{
    protected function setUp(): void
    {
        Answering::$answer = static fn (): array => ['access_token' => 'pina_a'];
    }

    private function status(array $server = []): int
    {
        return $this->ask('grant_type=refresh_token', $server)->getStatusCode();
    }

    public function testPlainHttpIsRefusedBeforeAnythingIsRead(): void
    {
        $this->start();
        $plain = ['HTTPS' => null];
        $why = 'Invalid request: https is required; what was sent by plain http is no secret any more.';
        self::assertError(400, 1, $why, $this->ask('grant_type=refresh_token', $plain));
        self::assertSame(400, $this->status($plain + ['HTTP_AUTHORIZATION' => null]));
        self::assertSame(400, $this->status($plain + ['REMOTE_ADDR' => '127.0.0.1']), 'a proxy may be there');
        self::assertSame(400, $this->status($plain + ['HTTP_X_FORWARDED_PROTO' => 'https']), 'a proxy of nobody');
        self::assertSame(200, $this->status());
    }

    public function testPlainHttpIsTakenInDebugModeOrWhereTheConfigurationSaysSo(): void
    {
        $this->start(debug: true);
        self::assertSame(200, $this->status(['HTTPS' => null]));
        $this->start(['require_https' => true], debug: true);
        self::assertSame(400, $this->status(['HTTPS' => null]));
        $this->start(['require_https' => false]);
        self::assertSame(200, $this->status(['HTTPS' => null]));
    }

    public function testAProxyThatIsTrustedSaysWhetherItWasHttps(): void
    {
        $this->start(packages: ['framework' => ['trusted_proxies' => '127.0.0.1']]);
        $proxy = ['HTTPS' => null, 'REMOTE_ADDR' => '127.0.0.1', 'HTTP_X_FORWARDED_FOR' => '192.0.2.7'];
        self::assertSame(200, $this->status($proxy + ['HTTP_X_FORWARDED_PROTO' => 'https']));
        self::assertStringContainsString(' shop 192.0.2.7 ', $this->log->audit()[0]);
        self::assertSame(400, $this->status($proxy + ['HTTP_X_FORWARDED_PROTO' => 'http']));
    }

    public function testARateLimitComesBeforeThePassword(): void
    {
        $services = [
            Answering::class => ['tags' => [['name' => 'open_api_server.api', 'api' => 'oauth']]],
            ThreeAMinute::class => ['class' => ThreeAMinute::class],
        ];
        $this->start(['rate_limiter' => ThreeAMinute::class], $services);
        $wrong = ['HTTP_AUTHORIZATION' => self::basic(self::USER, 'wrong')];
        self::assertSame([401, 200, 401], [$this->status($wrong), $this->status(), $this->status($wrong)]);
        $response = $this->ask('grant_type=refresh_token');
        self::assertError(429, 8, 'This request exceeded a rate limit.', $response);
        self::assertGreaterThan(0, (int) $response->headers->get('Retry-After'));
        self::assertSame(200, $this->status(['REMOTE_ADDR' => '192.0.2.9']));
    }

    /**
     * @dataProvider requests
     *
     * @param array<string, string|null> $server
     */
    public function testEveryRequestLeavesOneLine(
        string $line,
        string $form,
        array $server = [],
        string $method = 'POST',
    ): void {
        $this->start();
        $server += ['REMOTE_ADDR' => '192.0.2.7'];
        $response = $this->ask($form, $server, $method);
        $id = (string) $response->headers->get('X-Pinterest-Rid');
        self::assertMatchesRegularExpression('/^\d{16}$/', $id);
        self::assertSame(["Pinterest OAuth: $line $id"], $this->log->audit());
    }

    /**
     * @return iterable<string, array{0: string, 1: string, 2?: array<string, string|null>, 3?: string}>
     */
    public function requests(): iterable
    {
        $good = 'grant_type=client_credentials&scope=pins:read,boards:read';
        yield 'a good one' => ['shop 192.0.2.7 client_credentials pins:read,boards:read 200 - ok', $good];
        yield 'no scope' => ['shop 192.0.2.7 refresh_token - 200 - ok', 'grant_type=refresh_token'];
        yield 'what is no scope' => [
            'shop 192.0.2.7 client_credentials pins:read,(other) 200 - ok',
            'grant_type=client_credentials&scope=pins:read,pina_canary',
        ];
        yield 'a wrong password' => [
            '- 192.0.2.7 - - 401 2 refused',
            $good,
            ['HTTP_AUTHORIZATION' => self::basic(self::USER, 'wrong')],
        ];
        yield 'no grant' => ['shop 192.0.2.7 - - 400 1 refused', ''];
        yield 'another grant' => ['shop 192.0.2.7 - - 400 1 refused', 'grant_type=canary'];
        yield 'another method' => ['- 192.0.2.7 - - 405 5 refused', '', [], 'PUT'];
        yield 'plain http' => ['- 192.0.2.7 - - 400 1 refused', $good, ['HTTPS' => null]];
    }

    public function testAFailureOfTheImplementationLeavesItsLineToo(): void
    {
        Answering::$answer = static fn () => throw new \RuntimeException('no luck');
        $this->start();
        $this->status();
        self::assertStringContainsString(' 500 12 failed ', $this->log->audit()[0]);
    }
}
