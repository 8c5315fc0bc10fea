<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Tests\Support\Program;
use Pinterest\OAuth\Token;

/** A token is a value: read, stored, compared, never changed. */
final class TokenTest extends TestCase
{
    private const JSON = '{"access_token":"pina_a","token_type":"bearer","expires_in":60,"expires_at":1060,'
        . '"refresh_token":"pinr.b","refresh_token_expires_in":90,"refresh_token_expires_at":1090,'
        . '"refresh_token_rotated":true,"scope":"pins:read,boards:read pins:read",'
        . '"scopes":["pins:read","boards:read"],"response_type":"x","obtained_at":1000,'
        . '"extra":{"big":123456789012345678901234567890,"float":1.10,"empty":{},"n":null}}';

    public function testEveryKnownKeyIsAProperty(): void
    {
        $token = Token::fromJson(self::JSON);
        self::assertSame(['pina_a', 'pinr.b'], [$token->accessToken, $token->refreshToken]);
        self::assertSame(['bearer', 'x'], [$token->tokenType, $token->responseType]);
        self::assertSame([60, 1060], [$token->expiresIn, $token->expiresAt]);
        self::assertSame([90, 1090], [$token->refreshTokenExpiresIn, $token->refreshTokenExpiresAt]);
        self::assertSame([true, 1000], [$token->refreshTokenRotated, $token->obtainedAt]);
        self::assertSame('pins:read,boards:read pins:read', $token->scope);
        self::assertSame(['pins:read', 'boards:read'], $token->scopes);
        self::assertSame(['big', 'float', 'empty', 'n'], array_keys($token->extra));
        self::assertSame('123456789012345678901234567890', $token->extra['big']);
    }

    public function testWhatIsAbsentIsNull(): void
    {
        $token = Token::fromJson('{"access_token":"a"}');
        self::assertSame(['bearer', [], false, []], [
            $token->tokenType, $token->scopes, $token->refreshTokenRotated, $token->extra,
        ]);
        self::assertNull($token->refreshToken ?? $token->expiresAt ?? $token->scope ?? $token->obtainedAt);
    }

    public function testAnAnswerOfPinterestMayHaveNumbersAsText(): void
    {
        $token = Token::fromJson('{"access_token":"a","expires_in":"2592000","refresh_token_expires_in":5.184e6}');
        self::assertSame([2592000, 5184000], [$token->expiresIn, $token->refreshTokenExpiresIn]);
    }

    public function testATokenGoesThroughJsonUnchangedToTheLetter(): void
    {
        self::assertSame(self::JSON, Token::fromJson(self::JSON)->toJson());
    }

    public function testWhetherATokenExpiresIsKnownWhereItsExpiryIs(): void
    {
        $in = static fn (int $seconds): Token => Token::fromArray(
            ['access_token' => 'a', 'expires_at' => time() + $seconds],
        );
        self::assertSame([true, true, true], [
            $in(-1)->isExpired(), $in(0)->isExpired(), $in(-1)->expiresWithin(0),
        ]);
        self::assertSame([false, false, true], [
            $in(3600)->isExpired(), $in(3600)->expiresWithin(1800.5), $in(3600)->expiresWithin(3600),
        ]);
        $unknown = Token::fromJson('{"access_token":"a"}');
        self::assertSame([null, null], [$unknown->isExpired(), $unknown->expiresWithin(60)]);
    }

    public function testATimeThatIsNoNumberIsNamed(): void
    {
        foreach ([NAN, INF] as $seconds) {
            try {
                Token::fromJson(self::JSON)->expiresWithin($seconds);
                self::fail("$seconds passed");
            } catch (InvalidArgumentException $error) {
                self::assertSame('seconds', $error->getField());
            }
        }
    }

    public function testAClockOfATestIsThisLibrarysClock(): void
    {
        $code = 'namespace Pinterest\OAuth; function time(): int { return 500; } require $argv[1];'
            . '$token = Token::fromJson($argv[2]); echo json_encode([$token->isExpired(), $token->expiresWithin(9)]);';
        $token = '{"access_token":"a","expires_at":505}';
        $command = ['php', '-r', $code, '--', __DIR__ . '/../autoload.php', $token];
        self::assertSame('[false,true]', Program::run($command)->output());
    }

    public function testWhatPinterestAnsweredHasNothingOfThisLibrarysOwn(): void
    {
        self::assertSame(
            '{"access_token":"pina_a","token_type":"bearer","expires_in":60,"refresh_token":"pinr.b",'
            . '"refresh_token_expires_in":90,"refresh_token_expires_at":1090,'
            . '"scope":"pins:read,boards:read pins:read","response_type":"x",'
            . '"big":123456789012345678901234567890,"float":1.10,"empty":{},"n":null}',
            Token::fromJson(self::JSON)->asAnswered(),
        );
    }

    public function testATokenGoesThroughAnArray(): void
    {
        $token = Token::fromJson(self::JSON);
        self::assertSame('pinr.b', $token->toArray()['refresh_token']);
        self::assertSame($token->toArray(), Token::fromArray($token->toArray())->toArray());
        $numbered = Token::fromJson('{"access_token":"a","extra":{"0":"b"}}');
        self::assertSame(['b'], Token::fromArray($numbered->toArray())->extra);
    }

    /** @dataProvider noTokens */
    public function testWhatIsNoTokenIsRefusedWithoutRepeatingIt(string $text): void
    {
        try {
            Token::fromJson($text);
            self::fail('it was accepted');
        } catch (InvalidArgumentException $exception) {
            self::assertSame('token', $exception->getField());
            self::assertStringNotContainsString('canary', $exception->getMessage());
        }
    }

    public function noTokens(): iterable
    {
        yield from [[''], ['canary'], ['[]'], ['["canary"]'], ['null'], ['"canary"'], ['{"canary"'], ['{}']];
        yield from [["{\"access_token\":\"a\0canary\"}"], ["{\"access_token\":\"a\"}\0canary"]];
        yield from [['{"access_token":""}'], ['{"access_token":7,"x":"canary"}'], ["{\"access_token\":\"\xff\"}"]];
    }

    public function testAnArrayThatIsNoTokenIsRefused(): void
    {
        foreach ([[], ['access_token' => ''], ['access_token' => "\xff"], ['a', 'b']] as $values) {
            try {
                Token::fromArray($values);
                self::fail('it was accepted');
            } catch (InvalidArgumentException $exception) {
                self::assertSame('token', $exception->getField());
            }
        }
    }

    public function testWhatJsonEncodeShowsIsNoTokenAnyMore(): void
    {
        $shown = json_encode(Token::fromJson(self::JSON));
        self::assertSame('[redacted]', json_decode($shown, true)['access_token']);
        $this->expectException(InvalidArgumentException::class);
        $this->expectExceptionMessage('toJson()');
        Token::fromJson($shown);
    }

    public function testATokenCannotBeChanged(): void
    {
        $token = Token::fromJson(self::JSON);
        foreach (['scope', 'accessToken', 'refreshToken', 'extra', 'answer', 'nonsense'] as $name) {
            try {
                $token->$name = 'x';
                self::fail("$name was set");
            } catch (\Error $error) {
                self::assertStringContainsString("readonly property", $error->getMessage());
                self::assertStringEndsWith("Token::\$$name", $error->getMessage());
            }
        }
        self::assertSame('pina_a', $token->accessToken);
    }

    public function testAPropertyThatDoesNotExistIsAnError(): void
    {
        self::assertFalse(isset(Token::fromJson(self::JSON)->acess_token));
        $this->expectException(\Error::class);
        $this->expectExceptionMessage('Undefined property');
        Token::fromJson(self::JSON)->acess_token;
    }

    public function testPropertiesThatAreKeptOutOfSightCanBeAskedForWithIsset(): void
    {
        $bare = Token::fromJson('{"access_token":"a"}');
        self::assertTrue(isset($bare->accessToken, $bare->extra));
        self::assertFalse(isset($bare->refreshToken) || isset($bare->answer));
    }

    public function testTokensAreEqualWhenTheirDocumentsAre(): void
    {
        $token = Token::fromJson(self::JSON);
        self::assertTrue($token == Token::fromJson(self::JSON));
        self::assertFalse($token == Token::fromJson(str_replace('pinr.b', 'pinr.c', self::JSON)));
    }

    public function testACloneIsTheSameToken(): void
    {
        $clone = clone Token::fromJson(self::JSON);
        self::assertSame(self::JSON, $clone->toJson());
        self::assertSame('pinr.b', $clone->refreshToken);
    }

    public function testATokenIsNotSerializedAndSaysWhatToUseInstead(): void
    {
        $this->expectException(\LogicException::class);
        $this->expectExceptionMessage('toJson()');
        serialize(['token' => Token::fromJson(self::JSON)]);
    }

    public function testATokenIsNotUnserialized(): void
    {
        $this->expectException(\LogicException::class);
        $this->expectExceptionMessage('fromJson()');
        unserialize('O:21:"Pinterest\OAuth\Token":0:{}');
    }

    public function testAnExportedTokenIsNotReadBack(): void
    {
        $this->expectException(\Error::class);
        $this->expectExceptionMessage('__set_state()');
        eval('return ' . var_export(Token::fromJson(self::JSON), true) . ';');
    }
}
