<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Client;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Outcome;
use Pinterest\OAuth\Tests\Support\EmulatorTestCase;

/** Which exception for what, and what it carries. */
final class ErrorsTest extends EmulatorTestCase
{
    /** @dataProvider answers */
    public function testEveryAnswerThrowsItsOwnClass(array $answer, string $class): void
    {
        $this->emulator->script($answer);
        $exception = $this->failure(fn () => $this->client->oauthToken('refresh_token', refreshToken: 'pinr.made-up'));
        self::assertSame($class, $exception::class);
    }

    public function answers(): iterable
    {
        $shaped = static fn (int $status, int $code): array => [
            'status' => $status,
            'body_json' => ['code' => $code, 'message' => 'no'],
        ];
        yield 'a bad grant' => [$shaped(401, 283), Exception\InvalidGrantException::class];
        yield 'a bad client' => [$shaped(401, 2), Exception\InvalidClientException::class];
        yield 'a forbidden call' => [$shaped(403, 29), Exception\ForbiddenException::class];
        yield 'a missing scope' => [$shaped(400, 3), Exception\InsufficientScopeException::class];
        yield 'too many calls' => [$shaped(429, 8), Exception\RateLimitedException::class];
        yield 'a broken server' => [$shaped(500, 12), Exception\ServerErrorException::class];
        yield 'another error' => [$shaped(400, 1), Exception\ApiErrorException::class];
        yield 'a page' => [['body' => '<html>'], Exception\InvalidResponseException::class];
        yield 'a reset' => [['action' => 'reset'], Exception\ConnectException::class];
    }

    public function testEveryKindIsAnSplExceptionAsWell(): void
    {
        foreach (ErrorKind::cases() as $kind) {
            $exception = new ($kind->exception())('no');
            $invalid = $kind === ErrorKind::InvalidArgument || $kind === ErrorKind::InvalidConfig;
            self::assertInstanceOf($invalid ? \InvalidArgumentException::class : \RuntimeException::class, $exception);
        }
    }

    public function testADeadlineLeavesOpenWhetherTheCallTookEffect(): void
    {
        $this->emulator->script(['action' => 'hang']);
        $exception = $this->failure(fn () => $this->client->oauthToken('client_credentials', timeout: 0.2));
        self::assertInstanceOf(Exception\TimeoutException::class, $exception);
        self::assertSame(Outcome::Unknown, $exception->getOutcome());
    }

    public function testNoConnectionMeansThatNothingWasSent(): void
    {
        $closed = stream_socket_server('tcp://127.0.0.1:0');
        $url = 'http://' . stream_socket_get_name($closed, false);
        fclose($closed);
        $client = new Client(...['baseUrl' => $url] + $this->emulator->settings());
        $exception = $this->failure(fn () => $client->oauthToken('client_credentials'));
        self::assertInstanceOf(Exception\ConnectException::class, $exception);
        self::assertSame(Outcome::NotSent, $exception->getOutcome());
    }

    public function testAnUntrustedCertificateIsATlsException(): void
    {
        $url = $this->emulator->facts['untrusted_base_url'];
        $settings = ['baseUrl' => $url] + $this->emulator->settings(https: true);
        $this->expectException(Exception\TlsException::class);
        (new Client(...$settings))->oauthToken('client_credentials');
    }

    public function testARedirectCanBeRefusedOrForged(): void
    {
        $refused = $this->failure(static fn () => Client::redirect('?error=access_denied&state=own', state: 'own'));
        $forged = $this->failure(static fn () => Client::redirect('?code=c&state=other', state: 'own'));
        self::assertInstanceOf(Exception\AccessDeniedException::class, $refused);
        self::assertInstanceOf(Exception\StateMismatchException::class, $forged);
        self::assertNull($forged->getAnswer());
    }

    public function testAnExceptionCarriesEverythingThatTheAnswerSaid(): void
    {
        $headers = [
            ['x-pinterest-rid', '77'],
            ['retry-after', '7'],
            ['x-ratelimit-limit', '100, 100;w=60;name="all"'],
            ['x-ratelimit-remaining', '0'],
            ['set-cookie', 'a=b'],
        ];
        $body = ['code' => 8, 'message' => 'slow', 'x' => [1]];
        $this->emulator->script(['status' => 429, 'headers' => $headers, 'body_json' => $body]);
        $exception = $this->failure(fn () => $this->client->oauthToken('client_credentials'));
        self::assertSame(
            [ErrorKind::RateLimited, Outcome::Rejected, null, 429, 8, 'slow', '77', 7],
            [
                $exception->getKind(), $exception->getOutcome(), $exception->getField(),
                $exception->getHttpStatus(), $exception->getPinterestCode(), $exception->getPinterestMessage(),
                $exception->getRequestId(), $exception->getRetryAfter(),
            ],
        );
        $policies = [['limit' => 100, 'window' => 60, 'name' => 'all']];
        self::assertEquals(
            ['limit' => 100, 'remaining' => 0, 'reset' => null, 'policies' => $policies],
            $exception->getRateLimit(),
        );
        self::assertContains(['retry-after', '7'], $exception->getHeaders());
        self::assertNotContains('set-cookie', array_column($exception->getHeaders(), 0));
        self::assertSame($body, $exception->getBody());
        self::assertSame(['x' => [1]], $exception->getExtra());
        self::assertSame(['77', 429], [$exception->getAnswer()->requestId, $exception->getAnswer()->status]);
    }

    public function testTheMessageSaysWhatHappenedAndWhatToDo(): void
    {
        $headers = [['x-pinterest-rid', '77'], ['retry-after', '7']];
        $body = ['code' => 8, 'message' => 'x'];
        $this->emulator->script(['status' => 429, 'headers' => $headers, 'body_json' => $body]);
        $exception = $this->failure(fn () => $this->client->oauthToken('client_credentials'));
        self::assertStringContainsString(
            '(HTTP 429, code 8, request id 77, retry after 7 s). ' . $exception->getWhatNow(),
            $exception->getMessage(),
        );
        self::assertNotSame('', $exception->getWhatNow());
    }

    public function testAnExceptionCanBeMadeByHandForTestsOfCallers(): void
    {
        $exception = new Exception\InvalidGrantException('no');
        self::assertSame(['no', 0, ErrorKind::InvalidGrant, Outcome::Unknown, '', null, null, []], [
            $exception->getMessage(), $exception->getCode(), $exception->getKind(), $exception->getOutcome(),
            $exception->getWhatNow(), $exception->getBody(), $exception->getAnswer(), $exception->getHeaders(),
        ]);
    }

    public function testAnExceptionSurvivesSerialisationAsQueuesDoIt(): void
    {
        $this->emulator->script(['status' => 401, 'body_json' => ['code' => 283, 'message' => 'no']]);
        $exception = $this->failure(fn () => $this->client->oauthToken('refresh_token', refreshToken: 'pinr.a'));
        $twin = unserialize(serialize($exception));
        self::assertInstanceOf(Exception\InvalidGrantException::class, $twin);
        self::assertSame($exception->toArray(), $twin->toArray());
    }

    public function testTheSettingForArgumentsInTracesIsLeftAsItWas(): void
    {
        $before = ini_set('zend.exception_ignore_args', '0');
        try {
            $exception = $this->failure(fn () => $this->client->oauthToken('nonsense'));
            self::assertSame('0', ini_get('zend.exception_ignore_args'));
            self::assertSame([], array_filter(array_column($exception->getTrace(), 'args')));
        } finally {
            ini_set('zend.exception_ignore_args', $before);
        }
    }

    public function testOneInterfaceCatchesThemAll(): void
    {
        $this->expectException(PinterestOAuthException::class);
        new Client(environment: 'moon');
    }
}
