<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Exception\InvalidConfigException;
use Pinterest\OAuth\Outcome;
use Pinterest\OAuth\Tests\Support\EmulatorTestCase;
use Pinterest\OAuth\Token;

/** Inputs that cannot be used: the error names the field, and nothing is sent. */
final class BadInputTest extends EmulatorTestCase
{
    /** @dataProvider arguments */
    public function testABadArgumentIsNamedAndNothingIsSent(string $field, string $method, array $arguments): void
    {
        $exception = $this->failure(fn () => $this->client->$method(...$arguments));
        self::assertInstanceOf(InvalidArgumentException::class, $exception);
        self::assertSame([$field, Outcome::NotSent], [$exception->getField(), $exception->getOutcome()]);
        self::assertSame([], $this->emulator->requests());
    }

    public function arguments(): iterable
    {
        $code = static fn (array $given): array => $given + [
            'grantType' => 'authorization_code', 'code' => 'c', 'redirectUri' => 'http://localhost:8085/',
        ];
        $app = static fn (array $given): array => $given + ['grantType' => 'client_credentials'];
        $token = Token::fromJson('{"access_token":"a"}');
        yield 'an empty grant' => ['grant_type', 'oauthToken', ['']];
        yield 'an unknown grant' => ['grant_type', 'oauthToken', ['password']];
        yield 'no code' => ['code', 'oauthToken', $code(['code' => null])];
        yield 'an empty code' => ['code', 'oauthToken', $code(['code' => ''])];
        yield 'a code with NUL' => ['code', 'oauthToken', $code(['code' => "a\0b"])];
        yield 'a code that is no UTF-8' => ['code', 'oauthToken', $code(['code' => "a\xffb"])];
        yield 'a long code' => ['code', 'oauthToken', $code(['code' => str_repeat('c', 20_000)])];
        yield 'no redirect URI' => ['redirect_uri', 'oauthToken', $code(['redirectUri' => null])];
        yield 'a scope with a code' => ['scope', 'oauthToken', $code(['scope' => 'pins:read'])];
        yield 'no refresh token' => ['refresh_token', 'oauthToken', ['refresh_token']];
        yield 'a token that cannot be refreshed' => ['token', 'refresh', [$token]];
        yield 'a scope of numbers' => ['scope', 'oauthToken', $app(['scope' => [1]])];
        yield 'a scope with names' => ['scope', 'oauthToken', $app(['scope' => ['a' => 'pins:read']])];
        yield 'a scope that is no UTF-8' => ['scope', 'oauthToken', $app(['scope' => ["\xff"]])];
        yield 'a list as extra' => ['extra', 'oauthToken', $app(['extra' => ['a', 'b']])];
        yield 'a list in extra' => ['extra.a', 'oauthToken', $app(['extra' => ['a' => ['b']]])];
        yield 'a token in extra' => ['extra.a', 'oauthToken', $app(['extra' => ['a' => $token]])];
        yield 'no number in extra' => ['extra', 'oauthToken', $app(['extra' => ['a' => NAN]])];
        yield 'extra that takes a name' => ['extra.code', 'oauthToken', $app(['extra' => ['code' => 'c']])];
        yield 'no time' => ['timeout', 'oauthToken', $app(['timeout' => NAN])];
        yield 'an endless time' => ['timeout', 'oauthToken', $app(['timeout' => INF])];
        yield 'no time at all' => ['timeout', 'oauthToken', $app(['timeout' => 0])];
        yield 'a time in the past' => ['timeout', 'oauthToken', $app(['timeout' => -1])];
        yield 'a long time' => ['timeout', 'oauthToken', $app(['timeout' => 601])];
        yield 'a very long time' => ['timeout', 'oauthToken', $app(['timeout' => 1e300])];
        yield 'an unknown hint' => ['token_type_hint', 'revoke', ['a', 'bearer']];
        yield 'an empty access token' => ['access_token', 'conversionToken', ['']];
        yield 'an empty redirect URI' => ['redirect_uri', 'authorizeUrl', ['']];
        yield 'an empty state' => ['state', 'authorizeUrl', ['http://localhost:8085/', 'state' => '']];
        yield 'a redirect without state' => ['state', 'redirect', ['?code=c', '']];
        yield 'a redirect without code' => ['url', 'redirect', ['?state=s', 's']];
    }

    /** @dataProvider settings */
    public function testABadSettingIsNamed(string $field, array $settings, string $class): void
    {
        $exception = $this->failure(static fn () => new Client(...$settings + ['trustEnv' => false]));
        self::assertInstanceOf($class, $exception);
        self::assertSame([$field, Outcome::NotSent], [$exception->getField(), $exception->getOutcome()]);
    }

    public function settings(): iterable
    {
        $config = InvalidConfigException::class;
        yield 'a URL that is none' => ['base_url', ['baseUrl' => 'no url'], $config];
        yield 'plain http' => ['base_url', ['baseUrl' => 'http://a.example'], $config];
        yield 'another scheme' => ['oauth_url', ['oauthUrl' => 'ftp://a.example'], $config];
        yield 'an unknown environment' => ['environment', ['environment' => 'moon'], $config];
        yield 'a missing file' => ['ca_file', ['caFile' => '/does/not/exist'], $config];
        yield 'a proxy that is none' => ['proxy', ['proxy' => 'no url'], $config];
        yield 'no time' => ['timeout', ['timeout' => 0], $config];
        yield 'no time to connect' => ['connect_timeout', ['connectTimeout' => 0], $config];
        yield 'a time that is none' => ['connect_timeout', ['connectTimeout' => NAN], InvalidArgumentException::class];
        yield 'a secret that is no UTF-8' => ['app_secret', ['appSecret' => "\xff"], InvalidArgumentException::class];
    }

    public function testAbsentCredentialsAreNamed(): void
    {
        foreach (['appId' => 'app_id', 'appSecret' => 'app_secret'] as $name => $field) {
            $client = new Client(...[$name => null] + $this->emulator->settings());
            $exception = $this->failure(static fn () => $client->oauthToken('client_credentials'));
            self::assertInstanceOf(InvalidConfigException::class, $exception);
            self::assertSame($field, $exception->getField());
        }
        self::assertSame([], $this->emulator->requests());
    }

    public function testPhpItselfRefusesANameThatDoesNotExist(): void
    {
        $this->expectException(\Error::class);
        $this->expectExceptionMessage('Unknown named parameter $redirectUrl');
        $this->client->oauthToken('client_credentials', redirectUrl: 'http://localhost:8085/');
    }

    public function testPhpItselfRefusesAWrongTypeAndNamesTheParameter(): void
    {
        $this->expectException(\TypeError::class);
        $this->expectExceptionMessage('($code) must be of type ?string, int given');
        $this->client->oauthToken('authorization_code', code: 7);
    }

    public function testAnEmptyArrayOfFurtherFieldsIsNone(): void
    {
        self::assertSame(
            ['ads:read'],
            $this->client->oauthToken('client_credentials', scope: 'ads:read', extra: [])->scopes,
        );
        $page = $this->client->authorizeUrl('http://localhost:8085/', extra: []);
        self::assertStringContainsString("state={$page->state}", $page->url);
    }

    public function testAClientIsNeitherSerializedNorUnserialized(): void
    {
        $refused = 0;
        $doors = [
            fn () => serialize($this->client),
            static fn () => unserialize('O:22:"Pinterest\OAuth\Client":0:{}'),
        ];
        foreach ($doors as $door) {
            try {
                $door();
            } catch (\LogicException $exception) {
                self::assertStringContainsString('make it anew', $exception->getMessage());
                $refused++;
            }
        }
        self::assertSame(2, $refused);
    }

    public function testACloneOfAClientIsFreedOnce(): void
    {
        $clone = clone $this->client;
        unset($clone);
        self::assertSame(['ads:read'], $this->client->oauthToken('client_credentials', scope: 'ads:read')->scopes);
    }
}
