<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\GatewayTestCase;

/**
 * The gateway: what goes to Pinterest, and what comes back.
 */
final class GatewayTest extends GatewayTestCase
{
    public function testACodeIsExchangedAndItsRefreshTokenRotates(): void
    {
        $this->startGateway();
        $first = self::json($this->ask([
            'grant_type' => 'authorization_code',
            'code' => $this->emulator->code(),
            'redirect_uri' => 'http://localhost:8085/',
        ]));
        self::assertSame('authorization_code', $first['response_type']);
        $second = self::json($this->ask([
            'grant_type' => 'refresh_token',
            'refresh_token' => $first['refresh_token'],
            'scope' => 'pins:read',
        ]));
        self::assertSame('refresh_token', $second['response_type']);
        self::assertNotSame($first['refresh_token'], $second['refresh_token']);
    }

    public function testTheAppsCredentialsGoToPinterestAndTheCallersDoNot(): void
    {
        $this->startGateway();
        $this->ask([
            'grant_type' => 'client_credentials',
            'scope' => 'pins:read,boards:read',
            'client_id' => self::USER,
            'client_secret' => self::PASSWORD,
            'refresh_on' => 'True',
            'new_field' => 'a value',
        ]);
        [$request] = $this->emulator->requests();
        self::assertEqualsCanonicalizing([
            ['grant_type', 'client_credentials'],
            ['scope', 'pins:read,boards:read'],
            ['refresh_on', 'true'],
            ['new_field', 'a value'],
        ], $request['form']);
        $headers = array_column($request['headers'], 1, 0);
        $facts = $this->emulator->facts;
        $expected = self::basic($facts['app_id'], $facts['app_secret']);
        self::assertSame($expected, $headers['authorization'] ?? $headers['Authorization']);
    }

    public function testAnAnswerLosesNothing(): void
    {
        $answer = '{"access_token":"pina_made_up","token_type":"bearer",'
            . '"big":123456789012345678901234567890,"f":1.10,"n":null,"o":{"a":[1,"}",{"b":"\"]"}]},"t":"ü \u00fc"}';
        $this->startGateway();
        $bare = ['status' => 201, 'body' => '{"access_token":"pina_b","expires_in":"7"}'];
        $this->emulator->script(['body' => $answer], $bare);
        self::assertSame($answer, $this->ask(self::REFRESH)->getContent());
        $bare = self::json($this->ask(self::REFRESH));
        self::assertSame(['access_token' => 'pina_b', 'token_type' => 'bearer', 'expires_in' => 7], $bare);
    }

    public function testATokenKeepsPinterestsRequestIdForTheCallerAndTheLog(): void
    {
        $this->startGateway();
        $headers = [['x-pinterest-rid', '1234567890123456']];
        $this->emulator->script(['body_json' => ['access_token' => 'pina_a'], 'headers' => $headers]);
        $response = $this->ask(self::REFRESH);
        self::assertSame('1234567890123456', $response->headers->get('X-Pinterest-Rid'));
        self::assertContains('1234567890123456', array_column($this->log->contexts('info'), 'request_id'));
        self::assertSame('{"access_token":"pina_a","token_type":"bearer"}', $response->getContent());
    }

    /**
     * @dataProvider missingFields
     *
     * @param array<string, string> $form
     */
    public function testAFieldThatIsMissingIsNamedAndNothingIsSent(array $form, string $why): void
    {
        $this->startGateway();
        self::assertError(400, 1, "Invalid request: $why.", $this->ask($form));
        self::assertSame([], $this->emulator->requests());
    }

    /**
     * @return iterable<array{array<string, string>, string}>
     */
    public function missingFields(): iterable
    {
        yield 'a code and its address' => [
            ['grant_type' => 'authorization_code'],
            'code and redirect_uri are required for grant_type authorization_code',
        ];
        yield 'a refresh token' => [
            ['grant_type' => 'refresh_token'],
            'refresh_token is required for grant_type refresh_token',
        ];
    }

    /**
     * @dataProvider refusals
     *
     * @param array<string, mixed> $body
     */
    public function testPinterestsErrorsArePassedOn(int $status, array $body): void
    {
        $this->startGateway();
        $this->emulator->script(['status' => $status, 'body_json' => $body, 'headers' => [
            ['retry-after', '7'],
            ['x-pinterest-rid', '1234567890123456'],
            ['x-ratelimit-limit', '100, 100;w=1;name="a", 1000;w=60;name="b"'],
            ['x-ratelimit-remaining', '0'],
            ['x-ratelimit-reset', '9'],
            ['set-cookie', 'a=b'],
            ['server', 'somebody'],
        ]]);
        $response = $this->ask(self::REFRESH);
        self::assertSame($status, $response->getStatusCode());
        self::assertSame($body, self::json($response));
        self::assertSame('7', $response->headers->get('Retry-After'));
        self::assertSame('1234567890123456', $response->headers->get('X-Pinterest-Rid'));
        self::assertStringContainsString('name="b"', (string) $response->headers->get('X-RateLimit-Limit'));
        self::assertSame('9', $response->headers->get('X-RateLimit-Reset'));
        self::assertFalse($response->headers->has('Server'));
        self::assertSame([], $response->headers->getCookies());
        $context = $this->log->contexts($status < 500 ? 'notice' : 'error')[0];
        self::assertSame([self::USER, '1234567890123456'], [$context['user'], $context['request_id']]);
    }

    /**
     * @return iterable<string, array{int, array<string, mixed>}>
     */
    public function refusals(): iterable
    {
        yield 'bad request' => [400, ['code' => 1, 'message' => 'Invalid request']];
        yield 'bad grant' => [401, ['code' => 283, 'message' => 'The authorization grant is invalid']];
        yield 'more keys' => [401, ['code' => 283, 'message' => 'no', 'data' => ['a' => [1]], 'status' => 'failure']];
        yield 'missing scope' => [401, ['code' => 3, 'message' => 'no']];
        yield 'forbidden' => [403, ['code' => 29, 'message' => 'no']];
        yield 'too many' => [429, ['code' => 8, 'message' => 'slow down']];
        yield 'broken' => [503, ['code' => 12, 'message' => 'sorry']];
    }

    public function testARefusalOfTheGatewaysOwnCredentialsIsNotTheCallersFault(): void
    {
        $_ENV['PINTEREST_APP_SECRET'] = 'a-wrong-secret';
        $this->startGateway();
        $response = $this->ask(self::REFRESH);
        $why = 'No answer from Pinterest: it does not accept the credentials of this gateway.';
        self::assertError(502, 12, $why, $response);
        self::assertStringContainsString('invalid_client', $this->log->of('critical')[0]);
    }

    /**
     * @dataProvider transportFailures
     *
     * @param array<string, mixed> $fault
     */
    public function testWhatHappensOnTheWayIsPinterestShaped(array $fault, int $status, string $why): void
    {
        $this->startGateway(['timeout' => 0.3]);
        $this->emulator->script($fault);
        self::assertError($status, 12, $why, $this->ask(self::REFRESH));
        self::assertCount(1, [...$this->log->of('critical'), ...$this->log->of('error')]);
    }

    /**
     * @return iterable<string, array{array<string, mixed>, int, string}>
     */
    public function transportFailures(): iterable
    {
        $no = 'No answer from Pinterest: ';
        $other = $no . 'what came is not an answer of Pinterest.';
        $sorry = 'Something went wrong on our end. Sorry about that.';
        yield 'no answer' => [['action' => 'hang'], 504, $no . 'it does not answer in time.'];
        yield 'closed' => [['action' => 'close'], 502, $no . 'it cannot be reached.'];
        yield 'reset' => [['action' => 'reset'], 502, $no . 'it cannot be reached.'];
        yield 'a page' => [['body' => '<html>', 'headers' => [['content-type', 'text/html']]], 502, $other];
        yield 'no token' => [['body' => '{}'], 502, $other];
        yield 'nothing' => [['status' => 204, 'body' => ''], 502, $other];
        yield 'a redirect' => [['status' => 307, 'headers' => [['location', 'http://127.0.0.1:1/']]], 502, $other];
        yield 'an error with 200' => [['body_json' => ['code' => 283, 'message' => 'x']], 502, $other];
        yield 'a 401 of something in between' => [['status' => 401, 'body' => 'no'], 502, $other];
        yield 'a 404 of something in between' => [['status' => 404, 'body' => 'no'], 502, $other];
        yield 'a bare 503' => [['status' => 503, 'body' => 'busy'], 503, $sorry];
    }

    public function testNobodyThereIs502(): void
    {
        $this->startGateway(['base_url' => 'http://127.0.0.1:1/v5']);
        $why = 'No answer from Pinterest: it cannot be reached.';
        self::assertError(502, 12, $why, $this->ask(self::REFRESH));
    }

    public function testABare429KeepsItsRetryAfter(): void
    {
        $this->startGateway();
        $this->emulator->script(['status' => 429, 'body' => 'slow', 'headers' => [['retry-after', '3']]]);
        $response = $this->ask(self::REFRESH);
        self::assertError(429, 8, 'This request exceeded a rate limit.', $response);
        self::assertSame('3', $response->headers->get('Retry-After'));
    }

    /**
     * @dataProvider badSetups
     *
     * @param array<string, mixed> $settings
     */
    public function testABadSetupIsTheLogsAffair(array $settings, string $named): void
    {
        $this->startGateway($settings);
        $sorry = 'Something went wrong on our end. Sorry about that.';
        self::assertError(500, 12, $sorry, $this->ask(self::REFRESH));
        self::assertStringContainsString($named, $this->log->of('critical')[0]);
    }

    /**
     * @return iterable<string, array{array<string, mixed>, string}>
     */
    public function badSetups(): iterable
    {
        yield 'environment' => [['environment' => 'staging'], 'environment'];
        yield 'base_url' => [['base_url' => 'pinterest'], 'base_url'];
        yield 'plain http elsewhere' => [['base_url' => 'http://192.0.2.1/v5'], 'base_url'];
        yield 'timeout' => [['timeout' => -1], 'timeout'];
        yield 'ca_file' => [['ca_file' => '/does/not/exist', 'base_url' => 'https://127.0.0.1:1'], 'ca_file'];
    }

    public function testASecretThatIsNotConfiguredIsAFaultOfTheGateway(): void
    {
        unset($_ENV['PINTEREST_APP_SECRET']);
        $this->startGateway();
        self::assertSame(500, $this->ask(self::REFRESH)->getStatusCode());
        self::assertSame([], $this->emulator->requests());
    }

    public function testAllSettingsReachTheClient(): void
    {
        $facts = $this->emulator->facts;
        $this->startGateway([
            'environment' => 'sandbox',
            'base_url' => $facts['https_base_url'],
            'ca_file' => $facts['ca_file'],
            'timeout' => 20,
            'connect_timeout' => 10,
            'proxy' => $facts['proxy_url'],
            'no_proxy' => 'example.com',
            'allow_http' => true,
        ]);
        $token = self::json($this->ask(['grant_type' => 'client_credentials', 'scope' => 'pins:read']));
        self::assertArrayHasKey('access_token', $token);
        self::assertNotSame([], $this->emulator->control('GET', '/proxy'));
        self::assertSame('https', $this->emulator->requests()[0]['listener']);
    }
}
