<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\Folder;
use OpenAPI\Server\Tests\Support\GatewayTestCase;
use Pinterest\OAuth\Tests\Support\Browser;
use Pinterest\OAuth\Tests\Support\Emulator;
use Pinterest\OAuth\TokenManager;
use Symfony\Component\HttpFoundation\Cookie;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Yaml\Yaml;

/**
 * The two pages of the README, in which a visitor logs in. Each request has a kernel of its own, as on another worker.
 */
final class LoginTest extends GatewayTestCase
{
    private const PLACE = 'https://shop.example';
    private const CALLBACK = self::PLACE . '/pinterest/callback';

    private string $folder;

    /** @var array<string, string> what the browser keeps */
    private array $cookies = [];

    protected function setUp(): void
    {
        $this->emulator = new Emulator('--redirect-uri', self::CALLBACK);
        $this->folder = Folder::of('logins of ' . $this->getName());
        $_ENV = [
            'PINTEREST_APP_ID' => $this->emulator->facts['app_id'],
            'PINTEREST_APP_SECRET' => $this->emulator->facts['app_secret'],
            'PINTEREST_OAUTH_STORE' => $this->folder . '/store',
            'PINTEREST_REDIRECT_URI' => self::CALLBACK,
            'EMULATOR' => $this->emulator->facts['base_url'],
            'EMULATOR_PAGE' => $this->emulator->facts['oauth_url'],
        ] + $_ENV;
    }

    protected function tearDown(): void
    {
        parent::tearDown();
        $this->emulator->stop();
        unset($_ENV['PINTEREST_OAUTH_STORE'], $_ENV['PINTEREST_REDIRECT_URI'], $_ENV['EMULATOR_PAGE']);
    }

    /**
     * A request of the browser, to a kernel that has just been made.
     *
     * @param array<string, string> $server
     */
    private function visit(
        string $address,
        #[\SensitiveParameter] ?array $cookies = null,
        string $method = 'GET',
        array $server = [],
    ): Response {
        $readme = (string) file_get_contents(__DIR__ . '/../README.md');
        preg_match_all('~^```(?:php|yaml)\n(?://|#) (\S+)\n(.*?)^```$~ms', $readme, $found);
        $files = array_combine($found[1], $found[2]);
        $class = Folder::of('login controller') . '/PinterestLoginController.php';
        if (!class_exists('App\Controller\PinterestLoginController', false)) {
            Folder::write($class, "<?php\n" . $files['src/Controller/PinterestLoginController.php']);
            require_once $class;
        }
        $services = Yaml::parse($files['config/services/pinterest_login.yaml'])['services'];
        $services['test.tokens'] = ['alias' => TokenManager::class, 'public' => true];
        $addresses = ['base_url' => '%env(EMULATOR)%', 'oauth_url' => '%env(EMULATOR_PAGE)%'];
        $this->start(['token_manager' => $addresses + ['timeout' => 20]], $services);
        $routes = $this->kernel()->getProjectDir() . '/config/routes.yaml';
        Folder::write($routes, $files['config/routes/pinterest_login.yaml']);
        $cookies ??= $this->cookies;
        $pairs = array_map(static fn ($name, $value) => "$name=$value", array_keys($cookies), $cookies);
        $header = $pairs === [] ? [] : ['HTTP_COOKIE' => implode('; ', $pairs)];
        $request = Request::create($address, $method, [], $cookies, [], $server + $header);
        $response = $this->kernel()->handle($request);
        $this->kernel()->terminate($request, $response);
        foreach ($response->headers->getCookies() as $cookie) {
            $this->keep($cookie);
        }
        $this->kernel()->shutdown();

        return $response;
    }

    private function keep(Cookie $cookie): void
    {
        self::assertTrue($cookie->isSecure() && $cookie->isHttpOnly());
        self::assertSame(['/', null, 'lax'], [$cookie->getPath(), $cookie->getDomain(), $cookie->getSameSite()]);
        if ($cookie->getMaxAge() === 0) {
            unset($this->cookies[$cookie->getName()]);
        } else {
            $this->cookies[$cookie->getName()] = (string) $cookie->getValue();
        }
    }

    private function back(string $decision = 'allow'): string
    {
        $begun = $this->visit(self::PLACE . '/shops/shop-42/pinterest');
        self::assertSame(303, $begun->getStatusCode());

        return Browser::decide((string) $begun->headers->get('Location'), $decision);
    }

    private function codes(): int
    {
        $is = static fn (array $request): bool => str_ends_with($request['path'], '/oauth/token');

        return \count(array_filter($this->emulator->requests(), $is));
    }

    public function testAVisitorIsLoggedInAndTheSameRedirectTwiceIsOneExchange(): void
    {
        $address = $this->back();
        $kept = $this->cookies;
        self::assertCount(1, $kept);
        self::assertStringStartsWith('__Host-pinterest-oauth-', (string) array_key_first($kept));
        self::assertSame(204, $this->visit($address, method: 'HEAD')->getStatusCode());
        self::assertSame(204, $this->visit($address, server: ['HTTP_SEC_PURPOSE' => 'prefetch'])->getStatusCode());
        self::assertSame(400, $this->visit($address, [])->getStatusCode());
        self::assertSame(0, $this->codes());
        $end = $this->visit($address);
        self::assertSame([303, '/shops/shop-42'], [$end->getStatusCode(), $end->headers->get('Location')]);
        self::assertStringContainsString('no-store', (string) $end->headers->get('Cache-Control'));
        self::assertSame([], $this->cookies);
        self::assertSame(303, $this->visit($address, $kept)->getStatusCode());
        self::assertSame(1, $this->codes());
        $this->kernel()->boot();
        $account = $this->kernel()->getContainer()->get('test.tokens')->account('shop-42');
        self::assertStringStartsWith('pina', $account->accessToken());
    }

    public function testWhoRefusesIsToldSoAndNothingIsStored(): void
    {
        $denied = $this->visit($this->back('deny'));
        self::assertSame(403, $denied->getStatusCode());
        self::assertStringStartsWith('Access was not given', (string) $denied->getContent());
        self::assertSame([], $this->cookies);
        self::assertSame(0, $this->codes());
    }

    public function testAnotherHostThanThatOfTheRedirectIsTheProgrammersErrorAndNoSecretIsLogged(): void
    {
        $begun = $this->visit('https://www.shop.example/shops/shop-42/pinterest');
        self::assertSame(500, $begun->getStatusCode());
        self::assertFalse($begun->headers->has('Set-Cookie'));
        $logged = print_r($this->log, true);
        self::assertStringContainsString('host is not the host of redirectUri', $logged);
        self::assertStringNotContainsString($this->emulator->facts['app_secret'], $logged);
    }
}
