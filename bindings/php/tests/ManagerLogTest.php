<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Tests\Support\ManagerTestCase;
use Pinterest\OAuth\Tests\Support\Table;
use Pinterest\OAuth\Token;
use Pinterest\OAuth\TokenManager;
use Psr\Log\AbstractLogger;
use Psr\Log\LogLevel;

/** What a PSR-3 logger is told of a token manager: one line for each refresh. */
final class ManagerLogTest extends ManagerTestCase
{
    private const CANARY = 'c4nary-0f-a-test';
    private const REFUSED = ['status' => 401, 'body_json' => ['code' => 283, 'message' => 'no'], 'times' => 100];

    /** @var list<array{string, string, array<string, mixed>}> */
    private array $lines = [];

    protected function manager(): TokenManager
    {
        return new TokenManager(...$this->settings(), logger: new class ($this->lines) extends AbstractLogger {
            public function __construct(private array &$lines)
            {
            }

            public function log($level, $message, array $context = []): void
            {
                $this->lines[] = [$level, (string) $message, $context];
            }
        });
    }

    protected function setUp(): void
    {
        parent::setUp();
        // What other tests left.
        $this->manager()->accounts();
        $this->lines = [];
    }

    /** @return list<string> level, account and event of each line */
    private function said(): array
    {
        return array_map(
            static fn (array $line): string => "$line[0] {$line[2]['account']} {$line[2]['event']}",
            $this->lines,
        );
    }

    /** @return array<string, array{callable}> */
    public function waysToRefresh(): array
    {
        return [
            'accessToken()' => [static fn (TokenManager $manager) => $manager->account('shop-42')->accessToken()],
            'token()' => [static fn (TokenManager $manager) => $manager->account('shop-42')->token()],
            'refreshDue()' => [static fn (TokenManager $manager) => $manager->refreshDue()],
        ];
    }

    /** @dataProvider waysToRefresh */
    public function testARefreshIsOneLineWithTheAccount(callable $refresh): void
    {
        $account = $this->account();
        $this->pass(31);
        $refresh($this->manager());
        $account->accessToken();
        $account->status();
        self::assertSame(['info shop-42 refreshed'], $this->said());
        [$level, $message, $context] = $this->lines[0];
        self::assertSame('Pinterest OAuth: {account}: {message}', $message);
        self::assertStringStartsWith('refreshed: a new token is stored, valid for 30 days', $context['message']);
        self::assertIsString($context['request_id']);
    }

    public function testTokensOfTheAppHaveALineToo(): void
    {
        $this->manager()->app('pins:read')->accessToken();
        self::assertSame(['info  refreshed'], $this->said());
        self::assertSame('Pinterest OAuth: the app: {message}', $this->lines[0][1]);
    }

    public function testALineHasEveryFieldOfTheTable(): void
    {
        $this->account()->refresh(true);
        $fields = (new Table())->fields('log_line');
        $told = array_map([Table::class, 'camel'], ['level', ...array_keys($this->lines[0][2])]);
        self::assertEqualsCanonicalizing(array_keys($fields), $told, 'bindings/php/src/Internal/ManagerLog.php');
        $levels = (new \ReflectionClass(LogLevel::class))->getConstants();
        self::assertSame([], array_diff($fields['level']['values'], $levels));
    }

    public function testAFirstRefusalIsAWarningLongBeforeALoginIsNeeded(): void
    {
        $account = $this->account();
        $this->pass(25);
        $this->emulator->script(self::REFUSED);
        $this->failure(static fn () => $account->refresh(true));
        self::assertSame(['warning shop-42 doubtful'], $this->said());
        $this->pass(1);
        $this->failure(static fn () => $account->refresh(true));
        self::assertSame('error shop-42 needs_login', $this->said()[1]);
    }

    public function testNoSecretIsInAnyLine(): void
    {
        $canary = self::CANARY;
        $token = ['access_token' => "pina_$canary", 'refresh_token' => "pinr.$canary", 'expires_in' => 60];
        $account = $this->manager()->account('shop-42');
        $account->import(Token::fromJson(json_encode($token)));
        $refused = ['body_json' => ['code' => 283, 'message' => "pinr.$canary"]] + self::REFUSED;
        $echo = ['headers' => [['x-pinterest-rid', "pinr.$canary"]], 'body_json' => $token];
        $this->emulator->script($echo, $refused);
        $account->refresh(true);
        $this->failure(static fn () => $account->refresh(true));
        self::assertSame(['info shop-42 refreshed', 'warning shop-42 doubtful'], $this->said());
        self::assertStringNotContainsString($canary, print_r($this->lines, true));
    }

    public function testALoggerThatThrowsEndsNoCall(): void
    {
        $account = $this->account();
        $throws = new class () extends AbstractLogger {
            public function log($level, $message, array $context = []): void
            {
                throw new \LogicException('no');
            }
        };
        $other = (new TokenManager(...$this->settings(), logger: $throws))->account('shop-42');
        self::assertNotSame($account->accessToken(), $other->refresh(true)->accessToken);
    }
}
