<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\GatewayTestCase;
use Pinterest\OAuth\Client;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;

/**
 * The consent page for callers, who do not know the app's id.
 */
final class AuthorizeTest extends GatewayTestCase
{
    private function visit(string $address): Response
    {
        return $this->kernel()->handle(Request::create($address));
    }

    private function startWithPage(bool $debug = false): void
    {
        $_ENV['PAGE'] = $this->emulator->facts['oauth_url'];
        $this->startGateway(['oauth_url' => '%env(PAGE)%'], debug: $debug);
    }

    public function testALoginOfACallersClientEndsInATokenOfTheApp(): void
    {
        $this->startWithPage();
        $client = new Client(
            appId: self::USER,
            appSecret: self::PASSWORD,
            oauthUrl: 'https://tokens.example.com/v5',
            trustEnv: false,
        );
        $page = $client->authorizeUrl('http://localhost:8085/', scope: 'pins:read', extra: ['new' => 'ü&=']);
        self::assertStringStartsWith('https://tokens.example.com/v5/oauth/?client_id=shop&', $page->url);
        $response = $this->visit($page->url);
        self::assertSame(302, $response->getStatusCode());
        $address = (string) $response->headers->get('Location');
        parse_str((string) parse_url($address, \PHP_URL_QUERY), $sent);
        self::assertSame([
            'client_id' => $this->emulator->facts['app_id'],
            'redirect_uri' => 'http://localhost:8085/',
            'response_type' => 'code',
            'scope' => 'pins:read',
            'state' => $page->state,
            'new' => 'ü&=',
        ], $sent);
        self::assertStringStartsWith($this->emulator->facts['oauth_url'], $address);

        $code = Client::redirect($this->emulator->authorize($address), $page->state);
        $form = ['grant_type' => 'authorization_code', 'code' => $code, 'redirect_uri' => 'http://localhost:8085/'];
        self::assertSame('pins:read', self::json($this->ask($form))['scope']);
    }

    public function testItDoesNotShowWhichClientsExist(): void
    {
        $this->startWithPage();
        $query = '&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&response_type=code&state=s&scope=ads%3Awrite';
        $addresses = [];
        foreach ([self::USER, 'stranger', ''] as $name) {
            $response = $this->visit("https://localhost/v5/oauth/?client_id=$name$query");
            $addresses[] = $response->headers->get('Location');
        }
        self::assertCount(1, array_unique($addresses));
        self::assertNotNull($addresses[0]);
    }

    /**
     * @dataProvider badQueries
     */
    public function testAnAddressThatIsNoneOfALoginIsRefused(string $query, string $why): void
    {
        $this->startWithPage();
        $response = $this->visit("https://localhost/v5/oauth/$query");
        self::assertError(400, 1, "Invalid request: $why.", $response);
        self::assertStringContainsString(' 400 1 refused ', $this->log->audit()[0]);
    }

    /**
     * @return iterable<array{string, string}>
     */
    public function badQueries(): iterable
    {
        yield 'nothing' => ['', 'redirect_uri is missing'];
        yield 'no state' => ['?redirect_uri=http://localhost/', 'state is missing'];
        yield 'a field twice' => ['?redirect_uri=a&redirect_uri=b&state=s', 'redirect_uri is there more than once'];
        yield 'no UTF-8' => ['?redirect_uri=%ff&state=s', 'the query is not UTF-8'];
    }

    public function testItIsForHttpsAndTheGatewayAlone(): void
    {
        $this->startWithPage();
        self::assertSame(400, $this->visit('http://localhost/v5/oauth/?redirect_uri=a&state=s')->getStatusCode());
        $this->start();
        $response = $this->visit('https://localhost/v5/oauth/?redirect_uri=a&state=s');
        self::assertError(404, 1, 'Invalid request: this server has no gateway.', $response);
    }

    public function testABadSetupIsTheLogsAffair(): void
    {
        $this->startGateway(['oauth_url' => 'pinterest']);
        $response = $this->visit('https://localhost/v5/oauth/?redirect_uri=http://localhost:8085/&state=s');
        self::assertSame(500, $response->getStatusCode());
        self::assertStringContainsString('oauth_url', $this->log->of('critical')[0]);
    }

    protected function tearDown(): void
    {
        unset($_ENV['PAGE']);
        parent::tearDown();
    }
}
