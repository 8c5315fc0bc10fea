<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use App\Controller\PinsController;
use OpenAPI\Server\Tests\Support\Folder;
use OpenAPI\Server\Tests\Support\GatewayTestCase;
use Pinterest\OAuth\Exception\StoreUnavailableException;
use Pinterest\OAuth\TokenManager;
use Symfony\Component\DependencyInjection\Exception\ServiceNotFoundException;
use Symfony\Component\Yaml\Yaml;

/**
 * The service that keeps tokens.
 */
final class TokenManagerTest extends GatewayTestCase
{
    private const PAGE = 'http://localhost:8085/';

    private string $folder;

    protected function setUp(): void
    {
        parent::setUp();
        $this->folder = Folder::of('tokens of ' . $this->getName());
        $_ENV['PINTEREST_OAUTH_STORE'] = $this->folder . '/store';
    }

    protected function tearDown(): void
    {
        parent::tearDown();
        unset($_ENV['PINTEREST_OAUTH_STORE']);
    }

    /**
     * @param array<string, mixed> $settings
     */
    private function manager(array $settings = []): TokenManager
    {
        $settings += ['base_url' => '%env(EMULATOR)%'];
        $alias = ['test.tokens' => ['alias' => TokenManager::class, 'public' => true]];
        $this->start(['token_manager' => $settings], $alias);

        return $this->kernel()->getContainer()->get('test.tokens');
    }

    private function login(TokenManager $tokens): string
    {
        $account = $tokens->account('shop-42');
        $account->login($this->emulator->code(self::PAGE), self::PAGE);

        return $account->accessToken();
    }

    public function testTheNextRequestOfThisProcessFindsTheTokenWithoutTheDisk(): void
    {
        $token = $this->login($this->manager(['store' => '%env(PINTEREST_OAUTH_STORE)%']));
        $this->kernel()->shutdown();
        rename($this->folder . '/store', $this->folder . '/away');
        self::assertSame($token, $this->manager(['store' => '%env(PINTEREST_OAUTH_STORE)%'])
            ->account('shop-42')->accessToken());
    }

    public function testTheStoreComesFromTheEnvironmentWhereItIsNotSet(): void
    {
        $this->login($this->manager());
        self::assertDirectoryExists($this->folder . '/store/store');
    }

    public function testEverySettingReachesTheManager(): void
    {
        Folder::write($this->folder . '/clock', (string) (25 * 86400));
        $tokens = $this->manager([
            'store' => $this->folder . '/one',
            'recovery_dir' => $this->folder . '/two',
            'file_systems' => 'nfs4',
            'clock_offset_file' => $this->folder . '/clock',
        ]);
        $this->login($tokens);
        self::assertGreaterThan(time() + 24 * 86400, $tokens->account('shop-42')->status()->obtainedAt);
        $settings = (string) file_get_contents($this->folder . '/one/store/store.json');
        self::assertStringContainsString($this->folder . '/two', str_replace('\/', '/', $settings));
        $this->expectException(StoreUnavailableException::class);
        $this->manager(['store' => '/proc/nowhere']);
    }

    public function testWithoutItThereIsNoService(): void
    {
        $this->expectException(ServiceNotFoundException::class);
        $this->start(['token_manager' => false], ['test.tokens' => ['alias' => TokenManager::class, 'public' => true]]);
    }

    public function testTheApplicationsLoggerIsToldOfARefresh(): void
    {
        $clock = $this->folder . '/clock';
        Folder::write($clock, '0');
        $tokens = $this->manager(['clock_offset_file' => $clock]);
        $token = $this->login($tokens);
        Folder::write($clock, (string) (31 * 86400));
        $log = $this->kernel()->getContainer()->get('logger');
        $log->records = [];
        self::assertNotSame($token, $tokens->account('shop-42')->accessToken());
        [$line] = $log->of('info');
        self::assertStringStartsWith('Pinterest OAuth: shop-42: refreshed: ', $line);
        self::assertStringNotContainsString($token, print_r($log->records, true));
    }

    public function testNoSecretIsInAnyDumpOfIt(): void
    {
        $tokens = $this->manager();
        $token = $this->login($tokens);
        ob_start();
        var_dump($tokens, $tokens->account('shop-42'), $tokens->accounts());
        print_r($tokens->account('shop-42')->token());
        $shown = (string) ob_get_clean();
        self::assertStringNotContainsString($token, $shown);
        self::assertStringNotContainsString($this->emulator->facts['app_secret'], $shown);
    }

    public function testTheControllerOfTheReadmeGetsAToken(): void
    {
        $readme = (string) file_get_contents(__DIR__ . '/../README.md');
        preg_match_all('~^```(?:php|yaml)\n(?://|#) (\S+)\n(.*?)^```$~ms', $readme, $found);
        $files = array_combine($found[1], $found[2]);
        $settings = Yaml::parse($files['config/packages/pinterest_tokens.yaml'])['open_api_server'];
        $settings['token_manager']['base_url'] = '%env(EMULATOR)%';
        $class = Folder::of('controller') . '/PinsController.php';
        Folder::write($class, "<?php\n" . $files['src/Controller/PinsController.php']);
        require_once $class;
        $this->start($settings, [
            PinsController::class => ['autowire' => true, 'public' => true],
            'test.tokens' => ['alias' => TokenManager::class, 'public' => true],
        ]);
        $this->login($this->kernel()->getContainer()->get('test.tokens'));
        $response = ($this->kernel()->getContainer()->get(PinsController::class))('shop-42');
        self::assertMatchesRegularExpression('/^a token of \d{2,} letters$/', (string) $response->getContent());
    }
}
