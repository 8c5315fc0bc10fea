<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\InvalidTokenException;
use Pinterest\OAuth\GrantType;
use Pinterest\OAuth\Tests\Support\EmulatorTestCase;
use Pinterest\OAuth\Tests\Support\Http;
use Pinterest\OAuth\Token;

use function Pinterest\OAuth\oauthToken;

/** Every call, as its users make it. */
final class CallsTest extends EmulatorTestCase
{
    private const PAGE = 'http://localhost:8085/';

    public function testALoginEndsInATokenThatCanBeRefreshed(): void
    {
        $page = $this->client->authorizeUrl(self::PAGE, scope: ['pins:read', 'boards:read']);
        $code = Client::redirect(Http::click($page->url), state: $page->state);
        $token = $this->client->oauthToken(GrantType::AuthorizationCode, code: $code, redirectUri: self::PAGE);
        self::assertSame(['pins:read', 'boards:read'], $token->scopes);
        self::assertTrue($token->refreshTokenRotated);
        $this->emulator->control('POST', '/clock', ['advance' => 60]);
        $refreshed = $this->client->refresh($token);
        self::assertNotSame($token->refreshToken, $refreshed->refreshToken);
        self::assertNotSame($token->accessToken, $refreshed->accessToken);
    }

    public function testAGrantMayBeTextOrEnum(): void
    {
        foreach (['client_credentials', GrantType::ClientCredentials] as $grant) {
            $token = $this->client->oauthToken($grant, scope: 'ads:read');
            self::assertSame(['ads:read'], $token->scopes);
        }
    }

    public function testARefreshTokenMayBeTextOrAToken(): void
    {
        $token = $this->client->oauthToken(
            'authorization_code',
            code: $this->emulator->code(),
            redirectUri: self::PAGE,
        );
        $second = $this->client->oauthToken('refresh_token', refreshToken: $token->refreshToken);
        $third = $this->client->oauthToken('refresh_token', token: $second, continuousRefresh: true);
        self::assertSame($token->scopes, $third->scopes);
        self::assertStringContainsString('continuous_refresh=true', $this->emulator->requests()[2]['body']);
    }

    public function testARefreshKeepsWhatTheAnswerLeavesOut(): void
    {
        $token = $this->client->oauthToken(
            'authorization_code',
            code: $this->emulator->code(),
            redirectUri: self::PAGE,
        );
        $this->emulator->script(['body_json' => ['access_token' => 'pina_new', 'expires_in' => 60]]);
        $refreshed = $this->client->refresh($token);
        self::assertSame($token->refreshToken, $refreshed->refreshToken);
        self::assertSame($token->scope, $refreshed->scope);
        self::assertSame($token->refreshTokenExpiresAt, $refreshed->refreshTokenExpiresAt);
        self::assertFalse($refreshed->refreshTokenRotated);
    }

    public function testTheFunctionIsACallWithoutAClient(): void
    {
        $given = ['scope' => ['ads:read', 'ads:write'], 'timeout' => 5] + $this->emulator->settings();
        $token = oauthToken('client_credentials', ...$given);
        self::assertSame(['ads:read', 'ads:write'], $token->scopes);
    }

    public function testRevokeSendsTheTokenAndItsHint(): void
    {
        $answer = $this->client->revoke('pinr.made-up', tokenTypeHint: 'refresh_token');
        self::assertSame(['/v5/oauth/token/revoke', 200], [$answer->path, $answer->status]);
        [$request] = $this->emulator->requests();
        self::assertStringEndsWith('/oauth/token/revoke', $request['path']);
        self::assertSame([['token', 'pinr.made-up'], ['token_type_hint', 'refresh_token']], $request['form']);
    }

    public function testAConversionTokenIsMadeFromAnAccessToken(): void
    {
        $token = $this->client->oauthToken('client_credentials', scope: 'ads:write');
        self::assertNotSame('', $this->client->conversionToken($token->accessToken)->accessToken);
        $this->expectException(InvalidTokenException::class);
        $this->client->conversionToken('pina_made_up');
    }

    public function testARedirectIsReadByTheClassAndByAClientAlike(): void
    {
        self::assertSame('c', Client::redirect('?code=c&state=s', state: 's'));
        self::assertSame('c', $this->client->redirect('?code=c&state=s', state: 's'));
    }

    public function testATokenTellsHowItsCallWentAndItsCopyInStoreDoesNot(): void
    {
        $headers = [['x-pinterest-rid', '77'], ['x-ratelimit-limit', '100, 100;w=60'], ['x-ratelimit-remaining', '9']];
        $this->emulator->script(['headers' => $headers, 'body_json' => ['access_token' => 'pina_a', 'x' => 1.5]]);
        $token = $this->client->oauthToken('client_credentials');
        $answer = $token->answer;
        self::assertSame(
            ['POST', '/v5/oauth/token', 200, '77', 9, 1],
            [
                $answer->method, $answer->path, $answer->status, $answer->requestId,
                $answer->rateLimit['remaining'], $answer->attempts,
            ],
        );
        self::assertGreaterThanOrEqual(0, $answer->milliseconds);
        self::assertSame('77', $answer->toArray()['request_id']);
        self::assertArrayNotHasKey('answer', $token->toArray());
        self::assertStringNotContainsString('answer', $token->toJson());
        $stored = Token::fromJson($token->toJson());
        self::assertNull($stored->answer);
        self::assertSame(['x' => 1.5], $stored->extra);
        self::assertTrue($stored == $token, 'how a call went does not make it another token');
    }

    public function testFurtherFieldsAndUnicodeArriveAsTheyAre(): void
    {
        $extra = ['näme' => '日本 🎉', 'number' => 7, 'half' => 0.5, 'yes' => true];
        $this->client->oauthToken('client_credentials', extra: $extra);
        $form = array_column($this->emulator->requests()[0]['form'], 1, 0);
        self::assertSame(['日本 🎉', '7', '0.5', 'true'], [$form['näme'], $form['number'], $form['half'], $form['yes']]);
        self::assertSame('ü&=%', $this->client->redirect('?code=%C3%BC%26%3D%25&state=ö', 'ö'));
    }

    public function testASettingThatIsNotGivenComesFromTheEnvironmentUnlessItIsNotTrusted(): void
    {
        foreach ($this->emulator->environment() as $name => $value) {
            putenv("$name=$value");
        }
        try {
            self::assertSame(['ads:read'], (new Client())->oauthToken('client_credentials', scope: 'ads:read')->scopes);
            $blind = $this->failure(static fn () => (new Client(trustEnv: false))->oauthToken('client_credentials'));
            self::assertSame('appId', $blind->getField());
        } finally {
            foreach ($this->emulator->environment() as $name => $value) {
                putenv($name);
            }
        }
    }

    public function testAConnectionIsUsedAgainByTheNextClientTooAsInAWorkerOfPhpFpm(): void
    {
        foreach (range(1, 5) as $ignored) {
            $client = new Client(...$this->emulator->settings());
            $client->oauthToken('client_credentials');
            unset($client);
        }
        $connections = array_column($this->emulator->requests(), 'connection');
        self::assertCount(5, $connections);
        self::assertCount(1, array_unique($connections));
    }

    public function testEveryPublicItemIsDocumented(): void
    {
        $undocumented = [];
        $names = ['Client', 'Token', 'Answer', 'AuthorizeUrl', 'Emulator', 'Library', 'ErrorKind', 'GrantType'];
        $names = [...$names, 'Outcome', 'TokenManager', 'Account', 'AccountState', 'Status', 'StatusTrouble'];
        $names = [...$names, 'Removed', 'DueReport', 'DueFailure', 'DoctorReport', 'DoctorFinding'];
        require_once '/usr/share/php/Psr/Http/Client/autoload.php';
        $names = [...$names, 'Http\\BearerClient', 'Http\\BearerMiddleware', 'Http\\NoTokenException'];
        foreach ($names as $name) {
            $class = new \ReflectionClass("Pinterest\\OAuth\\$name");
            $items = [$class, ...$class->getProperties(\ReflectionProperty::IS_PUBLIC)];
            foreach ($class->getMethods(\ReflectionMethod::IS_PUBLIC) as $method) {
                if ($method->isUserDefined() && !str_starts_with($method->getName(), '__')) {
                    $items[] = $method;
                }
            }
            foreach ($items as $item) {
                $promoted = $item instanceof \ReflectionProperty && $item->isPromoted();
                $enum = $item instanceof \ReflectionProperty && $class->isEnum();
                if (!$promoted && !$enum && $item->getDocComment() === false) {
                    $undocumented[] = "$name: {$item->getName()}";
                }
            }
        }
        self::assertSame([], $undocumented);
    }
}
