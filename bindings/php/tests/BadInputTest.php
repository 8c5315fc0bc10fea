<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Exception\InvalidConfigException;
use Pinterest\OAuth\Outcome;
use Pinterest\OAuth\Tests\Support\EmulatorTestCase;
use Pinterest\OAuth\Token;

/** Inputs that PHP alone can spoil; what every language refuses is in the conformance cases. */
final class BadInputTest extends EmulatorTestCase
{
    /** @dataProvider arguments */
    public function testABadArgumentIsNamedInPhpsWordsAndNothingIsSent(
        string $field,
        string $method,
        array $arguments,
    ): void {
        $exception = $this->failure(fn () => $this->client->$method(...$arguments));
        self::assertInstanceOf(InvalidArgumentException::class, $exception);
        self::assertSame([$field, Outcome::NotSent], [$exception->getField(), $exception->getOutcome()]);
        self::assertStringStartsWith("$field ", $exception->getMessage());
        self::assertStringEndsWith(" Fix `$field`.", $exception->getMessage());
        self::assertSame([], $this->emulator->requests());
    }

    public function arguments(): iterable
    {
        $app = static fn (array $given): array => $given + ['grantType' => 'client_credentials'];
        $token = Token::fromJson('{"access_token":"a"}');
        yield 'a redirect URI that is missing' => ['redirectUri', 'oauthToken', ['authorization_code', 'code' => 'c']];
        yield 'a code that is no UTF-8' => ['code', 'oauthToken', ['authorization_code', 'code' => "a\xffb"]];
        yield 'an address that is no UTF-8' => ['redirectUri', 'authorizeUrl', ["http://localhost/\xff"]];
        yield 'a token that cannot be refreshed' => ['token', 'refresh', [$token]];
        yield 'a scope of numbers' => ['scope', 'oauthToken', $app(['scope' => [1]])];
        yield 'a scope with names' => ['scope', 'oauthToken', $app(['scope' => ['a' => 'pins:read']])];
        yield 'a scope that is no UTF-8' => ['scope', 'oauthToken', $app(['scope' => ["\xff"]])];
        yield 'an empty list of scopes' => ['scope', 'oauthToken', $app(['scope' => []])];
        yield 'a token in extra' => ['extra.a', 'oauthToken', $app(['extra' => ['a' => $token]])];
        yield 'no number in extra' => ['extra', 'oauthToken', $app(['extra' => ['a' => NAN]])];
        yield 'no time' => ['timeout', 'oauthToken', $app(['timeout' => NAN])];
        yield 'an endless time' => ['timeout', 'oauthToken', $app(['timeout' => INF])];
        yield 'an address to read that is no UTF-8' => ['url', 'redirect', ["?code=\xff", 's']];
    }

    public function testABadSettingIsNamedInPhpsWords(): void
    {
        $settings = [
            'connectTimeout' => [NAN, InvalidArgumentException::class],
            'appSecret' => ["\xff", InvalidArgumentException::class],
            'baseUrl' => ['no url', InvalidConfigException::class],
        ];
        foreach ($settings as $name => [$value, $class]) {
            $exception = $this->failure(static fn () => new Client(...[$name => $value, 'trustEnv' => false]));
            self::assertInstanceOf($class, $exception);
            self::assertSame([$name, Outcome::NotSent], [$exception->getField(), $exception->getOutcome()]);
            self::assertStringEndsWith(" Fix `$name`.", $exception->getMessage());
        }
    }

    public function testAClientWithoutCredentialsSaysSoBeforeAnythingIsSent(): void
    {
        $this->client->check();
        foreach (['appId', 'appSecret'] as $name) {
            $settings = [$name => null, 'trustEnv' => false] + $this->emulator->settings();
            $exception = $this->failure(static fn () => (new Client(...$settings))->check());
            self::assertInstanceOf(InvalidConfigException::class, $exception);
            self::assertSame([$name, Outcome::NotSent], [$exception->getField(), $exception->getOutcome()]);
        }
        self::assertSame([], $this->emulator->requests());
    }

    public function testARefreshWithATextSaysWhatToCall(): void
    {
        $exception = $this->failure(fn () => $this->client->refresh('pinr.canary'));
        self::assertInstanceOf(InvalidArgumentException::class, $exception);
        self::assertSame(['token', Outcome::NotSent], [$exception->getField(), $exception->getOutcome()]);
        $words = '/^token must be a Token: Token::fromJson\(\) .* oauthToken\(\) takes a refreshToken/';
        self::assertMatchesRegularExpression($words, $exception->getMessage());
        self::assertStringNotContainsString('canary', (string) $exception);
        self::assertSame(__FILE__, $exception->getFile());
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
