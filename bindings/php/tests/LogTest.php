<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Tests\Support\EmulatorTestCase;
use Pinterest\OAuth\Token;
use Psr\Log\AbstractLogger;
use Psr\Log\LogLevel;

use function Pinterest\OAuth\oauthToken;

/** What a PSR-3 logger is told: one line per call, at debug level. */
final class LogTest extends EmulatorTestCase
{
    private const CANARY = 'c4nary-0f-a-test';

    /** @var list<array{string, string, array<string, mixed>}> */
    private array $lines = [];

    private function logged(array $settings = []): Client
    {
        return new Client(...$settings + $this->emulator->settings(), logger: $this->logger());
    }

    private function logger(): AbstractLogger
    {
        return new class ($this->lines) extends AbstractLogger {
            public function __construct(private array &$lines)
            {
            }

            public function log($level, $message, array $context = []): void
            {
                $this->lines[] = [$level, (string) $message, $context];
            }
        };
    }

    /** @return list<string> the lines as a logger writes them */
    private function written(): array
    {
        return array_map(static function (array $line): string {
            [$level, $message, $context] = $line;
            $names = array_map(static fn (string $name): string => "{{$name}}", array_keys($context));

            return "$level " . str_replace($names, array_map('strval', array_values($context)), $message);
        }, $this->lines);
    }

    public function testEveryCallIsOneLineThatSaysHowItWent(): void
    {
        $no = ['code' => 283, 'message' => 'no'];
        $this->emulator->script(
            ['headers' => [['x-pinterest-rid', '77']], 'body_json' => ['access_token' => 'pina_a']],
            ['action' => 'pinterest'],
            ['status' => 401, 'headers' => [['x-pinterest-rid', '78']], 'body_json' => $no],
            ['action' => 'reset'],
        );
        $client = $this->logged();
        $client->oauthToken('client_credentials');
        $client->revoke('pinr.made-up');
        $this->failure(static fn () => $client->oauthToken('refresh_token', refreshToken: 'pinr.a'));
        $this->failure(static fn () => $client->oauthToken('refresh_token', refreshToken: 'pinr.a'));
        self::assertSame([LogLevel::DEBUG], array_values(array_unique(array_column($this->lines, 0))));
        $contexts = array_column($this->lines, 2);
        foreach ($contexts as $context) {
            self::assertIsInt($context['milliseconds']);
        }
        $keys = ['method', 'path', 'status', 'request_id', 'attempts', 'kind', 'outcome'];
        self::assertSame([
            ['POST', '/v5/oauth/token', 200, '77', 1, null, 'ok'],
            ['POST', '/v5/oauth/token/revoke', 200, $contexts[1]['request_id'], 1, null, 'ok'],
            ['POST', '/v5/oauth/token', 401, '78', 1, 'invalid_grant', 'rejected'],
            ['POST', '/v5/oauth/token', null, null, 1, 'connect', 'unknown'],
        ], array_map(static fn (array $context): array => array_map(fn ($key) => $context[$key], $keys), $contexts));
        $texts = preg_replace('/\d+ ms/', 'n ms', $this->written());
        self::assertSame('debug Pinterest OAuth: POST /v5/oauth/token 200 in n ms: ok', $texts[0]);
        self::assertSame('debug Pinterest OAuth: POST /v5/oauth/token without answer in n ms: unknown', $texts[3]);
    }

    public function testTheCallWithoutAClientIsLoggedAsWell(): void
    {
        oauthToken('client_credentials', ...$this->emulator->settings(), logger: $this->logger());
        self::assertCount(1, $this->lines);
    }

    public function testWhereNothingIsToBeSentThereIsNothingToSay(): void
    {
        $client = $this->logged();
        $client->authorizeUrl('http://localhost:8085/');
        $this->failure(static fn () => $client->oauthToken('nonsense'));
        $this->failure(static fn () => $client->refresh(Token::fromJson('{"access_token":"a"}')));
        self::assertSame([], $this->lines);
    }

    public function testNoSecretIsInAnyLine(): void
    {
        $canary = self::CANARY;
        $token = ['access_token' => "pina_$canary", 'refresh_token' => "pinr.$canary", 'x' => $canary];
        $echo = ['code' => 283, 'message' => "code-$canary secret-$canary", 'data' => $canary];
        $this->emulator->script(
            ['body_json' => $token],
            ['status' => 401, 'body_json' => $echo, 'headers' => [['x-echo', "code-$canary"]]],
            ['body' => "<html>$canary"],
            ['action' => 'close'],
        );
        $client = $this->logged(['appSecret' => "secret-$canary"]);
        $given = ['code' => "code-$canary", 'redirectUri' => 'http://localhost:8085/', 'extra' => ['more' => $canary]];
        $client->oauthToken('authorization_code', ...$given);
        foreach (range(1, 3) as $ignored) {
            $this->failure(static fn () => $client->oauthToken('authorization_code', ...$given));
        }
        $this->failure(static fn () => $client->revoke("pina_$canary"));
        self::assertCount(5, $this->lines);
        $shown = print_r($this->lines, true) . implode($this->written());
        self::assertStringNotContainsString($canary, $shown);
        self::assertStringNotContainsString(base64_encode("secret-$canary"), $shown);
    }
}
