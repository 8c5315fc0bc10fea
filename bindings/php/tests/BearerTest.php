<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use GuzzleHttp\Client as Guzzle;
use GuzzleHttp\Exception\ClientException;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Psr7\NoSeekStream;
use GuzzleHttp\Psr7\Request;
use GuzzleHttp\Psr7\Utils;
use Nyholm\Psr7\Factory\Psr17Factory;
use Pinterest\OAuth\Account;
use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Exception\UnknownAccountException;
use Pinterest\OAuth\Http\BearerClient;
use Pinterest\OAuth\Http\BearerMiddleware;
use Pinterest\OAuth\Http\NoTokenException;
use Pinterest\OAuth\Tests\Support\ManagerTestCase;
use Pinterest\OAuth\Tests\Support\Program;
use Pinterest\OAuth\Tests\Support\Resource;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;
use Symfony\Component\HttpClient\NativeHttpClient;
use Symfony\Component\HttpClient\Psr18Client;

/** The token on requests of PSR-18 clients and of Guzzle, with the real ones, against a server on this machine. */
final class BearerTest extends ManagerTestCase
{
    private Resource $resource;
    private Account $account;

    public static function setUpBeforeClass(): void
    {
        foreach (['GuzzleHttp', 'Nyholm/Psr7', 'Symfony/Component/HttpClient'] as $package) {
            require_once "/usr/share/php/$package/autoload.php";
        }
    }

    protected function setUp(): void
    {
        parent::setUp();
        $this->resource = new Resource($this->folder);
        $this->account = $this->account();
        // A token may be refreshed again a minute after it was obtained.
        $this->pass(1);
    }

    /** @return iterable<string, array{string}> */
    public function clients(): iterable
    {
        yield 'Guzzle as PSR-18 client' => ['guzzle'];
        yield 'the PSR-18 client of Symfony' => ['symfony'];
        yield 'the middleware of Guzzle, pushed' => ['push'];
        yield 'the middleware of Guzzle, before redirects' => ['before'];
    }

    private function sent(string $client, RequestInterface $request, ?Account $account = null): ResponseInterface
    {
        $account ??= $this->account;
        $origins = [$this->resource->origin];
        if ($client === 'guzzle' || $client === 'symfony') {
            $factory = new Psr17Factory();
            $plain = $client === 'guzzle' ? new Guzzle() : new Psr18Client(new NativeHttpClient(), $factory, $factory);

            return (new BearerClient($plain, $account, $origins))->sendRequest($request);
        }
        $stack = HandlerStack::create();
        $middleware = new BearerMiddleware($account, $origins);
        $client === 'push' ? $stack->push($middleware) : $stack->before('allow_redirects', $middleware);

        return (new Guzzle(['handler' => $stack, 'http_errors' => false]))->send($request);
    }

    private function post(mixed $body = 'a body'): Request
    {
        return new Request('POST', $this->resource->origin . '/v5/pins', ['X-Own' => '1'], $body);
    }

    /** @dataProvider clients */
    public function testARequestCarriesTheToken(string $client): void
    {
        $request = $this->post();
        $response = $this->sent($client, $request);
        self::assertSame(200, $response->getStatusCode());
        $got = json_decode((string) $response->getBody(), true);
        self::assertSame('Bearer ' . $this->account->accessToken(), $got['authorization']);
        self::assertSame(['POST', 'a body'], [$got['method'], $got['body']]);
        self::assertFalse($request->hasHeader('Authorization'));
    }

    /** @dataProvider clients */
    public function testATokenThatIsNotAcceptedIsRefreshedAndTheRequestSentOnceMore(string $client): void
    {
        $old = $this->account->accessToken();
        $this->resource->refuse($old);
        $response = $this->sent($client, $this->post());
        self::assertSame(200, $response->getStatusCode());
        $new = $this->account->accessToken();
        self::assertNotSame($old, $new);
        $requests = $this->resource->requests();
        self::assertSame(["Bearer $old", "Bearer $new"], array_column($requests, 'authorization'));
        self::assertSame(['a body', 'a body'], array_column($requests, 'body'));
        self::assertSame(1, $this->refreshes());
    }

    /** @dataProvider clients */
    public function testASecondRefusalIsTheAnswer(string $client): void
    {
        $this->resource->refuse('every');
        foreach (range(1, 2) as $ignored) {
            $response = $this->sent($client, $this->post());
            self::assertSame(401, $response->getStatusCode());
            self::assertSame(2, json_decode((string) $response->getBody(), true)['code']);
        }
        self::assertCount(3, $this->resource->requests(), 'once more for the first of them alone');
        self::assertSame(1, $this->refreshes());
    }

    /** @dataProvider clients */
    public function testAMissingScopeIsTheAnswer(string $client): void
    {
        $this->resource->refuse($this->account->accessToken(), code: 3);
        $response = $this->sent($client, $this->post());
        self::assertSame(3, json_decode((string) $response->getBody(), true)['code']);
        self::assertCount(1, $this->resource->requests());
        self::assertSame(0, $this->refreshes());
    }

    /** @dataProvider clients */
    public function testABodyThatIsGoneIsNotSentAgainAndTheNextRequestHasTheNewToken(string $client): void
    {
        $this->resource->refuse($this->account->accessToken());
        $body = new NoSeekStream(Utils::streamFor('a body'));
        $response = $this->sent($client, $this->post($body));
        self::assertSame(401, $response->getStatusCode());
        self::assertSame(2, json_decode((string) $response->getBody(), true)['code']);
        self::assertSame(['a body'], array_column($this->resource->requests(), 'body'));
        self::assertSame(200, $this->sent($client, $this->post())->getStatusCode());
    }

    /** @dataProvider clients */
    public function testAnotherServerGetsNoToken(string $client): void
    {
        $other = new Resource(new Support\Folder());
        $response = $this->sent($client, new Request('GET', $other->origin . '/'));
        self::assertSame(200, $response->getStatusCode());
        // Another host: the client of Symfony, which follows redirects itself, takes other ports for the same server.
        $there = str_replace('127.0.0.1', 'localhost', $other->origin) . '/there';
        $address = $this->resource->origin . '/elsewhere?to=' . urlencode($there);
        $this->sent($client, new Request('GET', $address));
        self::assertStringStartsWith('Bearer ', $this->resource->requests()[0]['authorization']);
        self::assertContains('/', array_column($other->requests(), 'path'));
        self::assertSame([null], array_unique(array_column($other->requests(), 'authorization')));
        if ($client !== 'guzzle') {
            self::assertContains('/there', array_column($other->requests(), 'path'));
        }
    }

    /** @dataProvider clients */
    public function testWithoutATokenNothingIsSent(string $client): void
    {
        try {
            $this->sent($client, $this->post(), $this->manager()->account('nobody'));
            self::fail('nothing was thrown');
        } catch (NoTokenException $exception) {
            self::assertContains($client, ['guzzle', 'symfony']);
            self::assertInstanceOf(UnknownAccountException::class, $exception->getProblem());
            self::assertSame($exception->getProblem(), $exception->getPrevious());
            self::assertSame([21, '/v5/pins'], [$exception->getCode(), $exception->getRequest()->getUri()->getPath()]);
        } catch (UnknownAccountException) {
            self::assertContains($client, ['push', 'before']);
        }
        self::assertSame([], $this->resource->requests());
    }

    public function testAnAnswerThatCanBeReadOnceGoesToTheCallerWhole(): void
    {
        $this->resource->refuse($this->account->accessToken());
        $stack = HandlerStack::create();
        $stack->push(new BearerMiddleware($this->account, [$this->resource->origin]));
        $guzzle = new Guzzle(['handler' => $stack, 'http_errors' => false, 'stream' => true]);
        $response = $guzzle->send($this->post());
        self::assertSame(401, $response->getStatusCode());
        self::assertSame(2, json_decode($response->getBody()->getContents(), true)['code']);
        self::assertCount(1, $this->resource->requests());
    }

    public function testGuzzleThrowsForARefusalAsItDoesForOthers(): void
    {
        $this->resource->refuse('every');
        $stack = HandlerStack::create();
        $stack->push(new BearerMiddleware($this->account, [$this->resource->origin]));
        $this->expectException(ClientException::class);
        $this->expectExceptionMessage('401');
        (new Guzzle(['handler' => $stack]))->send($this->post());
    }

    public function testByDefaultPinterestAloneGetsTheToken(): void
    {
        $seen = [];
        $handler = static function (RequestInterface $request) use (&$seen): \GuzzleHttp\Promise\PromiseInterface {
            $seen[(string) $request->getUri()] = $request->hasHeader('Authorization');

            return \GuzzleHttp\Promise\Create::promiseFor(new \GuzzleHttp\Psr7\Response());
        };
        $send = (new BearerMiddleware($this->account))($handler);
        $wanted = [
            'https://api.pinterest.com/v5/pins' => true,
            'https://API.pinterest.com:443/v5/boards' => true,
            'https://api-sandbox.pinterest.com/v5/pins' => true,
            'http://api.pinterest.com/v5/pins' => false,
            'https://api.pinterest.com:8443/v5/pins' => false,
            'https://api.pinterest.com.example/v5/pins' => false,
            'https://api.pinterest.com@example.com/v5/pins' => false,
            'https://www.pinterest.com/' => false,
        ];
        foreach (array_keys($wanted) as $address) {
            $send(new Request('GET', $address), []);
        }
        self::assertSame(array_values($wanted), array_values($seen));
    }

    /** @dataProvider badOrigins */
    public function testAnOriginThatIsNoneIsNamed(mixed $origin): void
    {
        $exception = $this->failure(fn () => new BearerMiddleware($this->account, [$origin]));
        self::assertInstanceOf(InvalidArgumentException::class, $exception);
        self::assertSame('origins', $exception->getField());
    }

    public function badOrigins(): iterable
    {
        yield ['api.pinterest.com'];
        yield ['https://api.pinterest.com/'];
        yield ['https://api.pinterest.com/v5'];
        yield ['https://API.pinterest.com'];
        yield ['https://user@api.pinterest.com'];
        yield ['ftp://api.pinterest.com'];
        yield ["https://api.pinterest.com\n"];
        yield [7];
    }

    public function testThePackageNeedsNeitherOfThem(): void
    {
        $code = 'require $argv[1]; require $argv[2]; echo class_exists(Psr\Log\NullLogger::class) ? 1 : 0,'
            . ' interface_exists(Psr\Http\Client\ClientInterface::class) ? 1 : 0;';
        $files = [__DIR__ . '/../autoload.php', __DIR__ . '/../resources/preload.php'];
        self::assertSame('00', Program::run(['php', '-r', $code, '--', ...$files])->output());
    }
}
