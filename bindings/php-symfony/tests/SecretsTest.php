<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use Monolog\Formatter\JsonFormatter;
use Monolog\Formatter\LineFormatter;
use Monolog\Formatter\NormalizerFormatter;
use OpenAPI\Server\Model\OauthAccessTokenRequest;
use OpenAPI\Server\Model\OauthAccessTokenResponse;
use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\GatewayTestCase;
use Symfony\Component\ErrorHandler\Exception\FlattenException;
use Symfony\Component\Finder\Finder;
use Symfony\Component\VarDumper\Cloner\VarCloner;
use Symfony\Component\VarDumper\Dumper\CliDumper;

require_once '/usr/share/php/Monolog/autoload.php';
require_once '/usr/share/php/Symfony/Component/VarDumper/autoload.php';

/**
 * No secret in a log, a dump, an exception, a stack trace, a profile or an error.
 */
final class SecretsTest extends GatewayTestCase
{
    protected const PASSWORD = 'canary-of-the-caller';
    private const CANARY = '/canary|Y2FuYXJ5|NhbmFye|jYW5hcn|made-up-hash/i';
    private const FORM_OF_CANARIES = [
        'code' => 'canary-code',
        'redirect_uri' => 'http://localhost:8085/',
        'extra_secret' => 'canary-extra',
    ];

    private string|false $ignored;

    protected function setUp(): void
    {
        parent::setUp();
        $_ENV['PINTEREST_APP_SECRET'] = 'canary-of-the-app';
        // As PHP is where nobody configured it: traces hold arguments.
        $this->ignored = ini_set('zend.exception_ignore_args', '0');
    }

    protected function tearDown(): void
    {
        ini_set('zend.exception_ignore_args', (string) $this->ignored);
        parent::tearDown();
    }

    /** Everything that was logged, as talkative loggers write it. */
    private function written(): string
    {
        $line = new LineFormatter(null, null, true, true);
        $line->includeStacktraces();
        $json = new JsonFormatter();
        $json->includeStacktraces();
        $text = '';
        foreach ($this->log->records as $record) {
            $full = $record + ['channel' => '', 'extra' => [], 'level_name' => '', 'datetime' => date_create()];
            foreach ([$line, $json, new NormalizerFormatter()] as $formatter) {
                $text .= print_r($formatter->format($full), true);
            }
            $text .= self::dumped($record);
            $exception = $record['context']['exception'] ?? null;
            if ($exception instanceof \Throwable) {
                $text .= $exception . print_r(FlattenException::createFromThrowable($exception)->toArray(), true);
            }
        }

        return $text;
    }

    private static function dumped(mixed $value): string
    {
        return (string) (new CliDumper())->dump((new VarCloner())->cloneVar($value), true);
    }

    private static function assertClean(string $text): void
    {
        self::assertDoesNotMatchRegularExpression(self::CANARY, $text);
    }

    /**
     * @dataProvider failures
     *
     * @param array<string, mixed>|null $fault
     */
    public function testNoFailureOfTheGatewayShowsASecret(?array $fault, int $status): void
    {
        $this->startGateway(['timeout' => 0.3], debug: true);
        if ($fault !== null) {
            $this->emulator->script($fault);
        }
        $response = $this->ask(['grant_type' => 'authorization_code'] + self::FORM_OF_CANARIES);
        self::assertSame($status, $response->getStatusCode());
        self::assertClean((string) $response);
        self::assertNotSame('', $this->written());
        self::assertClean($this->written());
    }

    /**
     * @return iterable<string, array{array<string, mixed>|null, int}>
     */
    public function failures(): iterable
    {
        $echo = 'you sent canary-code with canary-of-the-app';
        yield 'the app is refused' => [null, 502];
        yield 'Pinterest repeats what it was sent' => [
            ['status' => 400, 'body_json' => ['code' => 1, 'message' => $echo, 'data' => [$echo]], 'headers' => [
                ['x-ratelimit-note', $echo],
            ]],
            400,
        ];
        yield 'a token in an answer that is none' => [['body_json' => ['token' => 'canary']], 502];
        yield 'no answer' => [['action' => 'hang'], 504];
        yield 'a broken connection' => [['action' => 'reset'], 502];
    }

    public function testASuccessIsLoggedWithoutTheToken(): void
    {
        $this->startGateway();
        $this->emulator->script(['body_json' => ['access_token' => 'canary-token', 'refresh_token' => 'canary-too']]);
        $response = $this->ask(['grant_type' => 'refresh_token', 'refresh_token' => 'canary-refresh']);
        self::assertStringContainsString('canary-token', (string) $response->getContent());
        self::assertCount(1, $this->log->audit());
        self::assertNotSame([], $this->log->of('debug'));
        self::assertClean($this->written());
    }

    public function testARefusedFormOrCallerIsNotRepeated(): void
    {
        $this->start();
        $answers = [
            $this->ask('grant_type=canary&code=canary'),
            $this->ask('canary=1&canary=2'),
            $this->ask('grant_type=refresh_token&canary=%ff'),
            $this->ask('canary', ['HTTP_AUTHORIZATION' => self::basic('canary', 'canary')]),
            $this->ask('canary', ['CONTENT_TYPE' => 'canary/canary']),
            $this->ask('code=canary', [], 'PUT'),
        ];
        foreach ($answers as $answer) {
            self::assertGreaterThanOrEqual(400, $answer->getStatusCode());
            self::assertClean((string) $answer);
        }
        self::assertCount(6, $this->log->audit());
        self::assertClean($this->written());
    }

    public function testAnImplementationThatFailsWithTheRequestInItsHandsShowsNothingOfIt(): void
    {
        Answering::$answer = static function (string $grant, int &$code, array &$headers, object $request): never {
            (static fn (object ...$arguments) => throw new \DomainException('no luck'))($request, $request);
        };
        foreach ([false, true] as $debug) {
            $this->start(debug: $debug);
            $response = $this->ask(['grant_type' => 'authorization_code'] + self::FORM_OF_CANARIES);
            self::assertSame(500, $response->getStatusCode());
            self::assertClean((string) $response);
            $text = $this->written();
            self::assertStringContainsString('no luck', $text);
            self::assertClean($text);
        }
    }

    /**
     * @dataProvider models
     */
    public function testNoDumpCastOrExportOfAModelShowsAValue(object $model): void
    {
        ob_start();
        var_dump($model);
        $shown = ob_get_clean() . print_r($model, true) . var_export($model, true) . json_encode($model)
            . print_r((array) $model, true) . self::dumped($model) . print_r(get_object_vars($model), true);
        self::assertStringContainsString('[redacted]', $shown);
        self::assertClean($shown);
        $this->expectException(\LogicException::class);
        serialize($model);
    }

    /**
     * @return iterable<string, array{object}>
     */
    public function models(): iterable
    {
        $extra = ['canary' => 'canary'];
        yield 'request' => [new OauthAccessTokenRequest('canary', 'canary', 'canary', 'canary', extra: $extra)];
        yield 'response' => [new OauthAccessTokenResponse('canary', 1, 'canary', extra: $extra)];
    }

    public function testTheProfilerKeepsNothingOfThisPath(): void
    {
        Answering::$answer = static fn (): array => ['access_token' => 'canary-token'];
        $this->start(packages: ['framework' => ['profiler' => ['enabled' => true, 'collect' => true]]], debug: true);
        $this->ask(['grant_type' => 'authorization_code'] + self::FORM_OF_CANARIES);
        $this->ask(self::FORM_OF_CANARIES);
        $this->ask(self::FORM_OF_CANARIES, [], 'PUT');
        self::assertSame([], $this->profiles());
        // It does keep what is sent elsewhere, the credentials too: this test can fail.
        $this->ask(self::FORM_OF_CANARIES, path: '/elsewhere');
        self::assertMatchesRegularExpression(self::CANARY, implode($this->profiles()));
    }

    /**
     * @return list<string>
     */
    private function profiles(): array
    {
        $texts = [];
        foreach ($this->files('cache/profiler') as $path => $text) {
            if (basename($path) !== 'index.csv') {
                $plain = @gzdecode($text);
                $texts[] = $plain === false ? $text : $plain;
            }
        }

        return $texts;
    }

    /**
     * @return array<string, string> what the application wrote there, by path
     */
    private function files(string $folder): array
    {
        $files = [];
        foreach ((new Finder())->files()->in($this->kernel()->getLogDir() . '/' . $folder) as $file) {
            $files[$file->getPathname()] = $file->getContents();
        }

        return $files;
    }

    public function testNoFileOfTheApplicationHoldsASecretOfTheEnvironment(): void
    {
        $_ENV['SHOP_HASH'] = self::hash(self::PASSWORD);
        $client = ['password_hash' => '%env(SHOP_HASH)%'] + self::client(self::PASSWORD);
        $settings = ['gateway' => ['base_url' => '%env(EMULATOR)%'], 'clients' => [self::USER => $client]];
        $this->start($settings, []);
        self::assertSame(502, $this->ask(self::REFRESH)->getStatusCode());
        $files = $this->files('');
        self::assertGreaterThan(5, \count($files));
        foreach ($files as $text) {
            self::assertStringNotContainsString('canary-of-the-app', $text);
            self::assertStringNotContainsString($_ENV['SHOP_HASH'], $text);
        }
    }
}
