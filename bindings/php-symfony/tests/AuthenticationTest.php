<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Security\ClientAuthenticatorInterface;
use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\ServerTestCase;
use OpenAPI\Server\Tests\Support\TwoFriends;
use OpenAPI\Server\Tests\Support\Verifications;

require_once __DIR__ . '/Support/Verifications.php';

/**
 * Who may call.
 */
final class AuthenticationTest extends ServerTestCase
{
    private ?string $user = null;

    protected function setUp(): void
    {
        $this->user = null;
        Answering::$answer = function ($grant, &$code, &$headers, $request): array {
            $this->user = $request->getUser();

            return [];
        };
    }

    private function status(?string $authorization): int
    {
        return $this->ask('grant_type=refresh_token', ['HTTP_AUTHORIZATION' => $authorization])->getStatusCode();
    }

    /**
     * @dataProvider wrongCredentials
     */
    public function testWrongOrMissingCredentialsAreRefused(?string $authorization): void
    {
        $this->start();
        $response = $this->ask('grant_type=refresh_token', ['HTTP_AUTHORIZATION' => $authorization]);
        self::assertError(401, 2, 'Authentication failed.', $response);
        self::assertStringStartsWith('Basic ', (string) $response->headers->get('WWW-Authenticate'));
        self::assertNull($this->user);
    }

    /**
     * @return iterable<string, array{?string}>
     */
    public function wrongCredentials(): iterable
    {
        yield 'none' => [null];
        yield 'empty' => [''];
        yield 'not encoded' => ['Basic ' . self::USER . ':' . self::PASSWORD];
        yield 'no Base64' => ['Basic ###'];
        yield 'no colon' => ['Basic ' . base64_encode(self::USER)];
        yield 'Bearer' => [str_replace('Basic', 'Bearer', self::basic(self::USER, self::PASSWORD))];
        yield 'wrong password' => [self::basic(self::USER, 'wrong')];
        yield 'empty password' => [self::basic(self::USER, '')];
        yield 'wrong user' => [self::basic('stranger', self::PASSWORD)];
        yield 'user in capitals' => [self::basic('SHOP', self::PASSWORD)];
        yield 'the hash' => [self::basic(self::USER, self::hash(self::PASSWORD))];
        yield 'something after a zero byte' => [self::basic(self::USER, self::PASSWORD . "\0more")];
        yield 'invalid UTF-8' => [self::basic("\xff", self::PASSWORD)];
        yield 'something after the Base64' => [self::basic(self::USER, self::PASSWORD) . ' x'];
    }

    public function testTheRightCredentialsAreTakenWhateverTheCaseOfTheScheme(): void
    {
        $this->start();
        self::assertSame(200, $this->status(self::basic(self::USER, self::PASSWORD)));
        self::assertSame(self::USER, $this->user);
        self::assertSame(200, $this->status(str_replace('Basic', 'bAsIc', self::basic(self::USER, self::PASSWORD))));
    }

    public function testCredentialsAreTakenPlainAndPercentEncoded(): void
    {
        $this->start(['clients' => ['team a/ü' => self::hash('a+b %41:c')]]);
        self::assertSame(200, $this->status(self::basic('team a/ü', 'a+b %41:c')));
        // As RFC 6749, section 2.3.1 has it, and as our clients send it.
        self::assertSame(200, $this->status(self::basic(urlencode('team a/ü'), urlencode('a+b %41:c'))));
        self::assertSame('team a/ü', $this->user);
        self::assertSame(401, $this->status(self::basic('team a/ü', 'a+b A:c')));
    }

    public function testEachClientHasItsOwnPassword(): void
    {
        $this->start(['clients' => ['one' => self::hash('first'), '2' => self::hash('second')]]);
        self::assertSame(200, $this->status(self::basic('one', 'first')));
        self::assertSame(200, $this->status(self::basic('2', 'second')));
        self::assertSame('2', $this->user);
        self::assertSame(401, $this->status(self::basic('one', 'second')));
        self::assertSame(401, $this->status(self::basic('2', 'first')));
        self::assertSame(401, $this->status(self::basic('3', 'first')), 'the hash that is verified for strangers');
    }

    public function testWithoutClientsNobodyIsLetIn(): void
    {
        $this->start(['clients' => []]);
        self::assertSame(401, $this->status(self::basic(self::USER, self::PASSWORD)));
        self::assertSame(401, $this->status(self::basic('', '')));
    }

    public function testAHashFromTheEnvironmentIsUsed(): void
    {
        $_ENV['SHOP_PASSWORD_HASH'] = self::hash(self::PASSWORD);
        $this->start(['clients' => [self::USER => '%env(SHOP_PASSWORD_HASH)%']]);
        self::assertSame(200, $this->status(self::basic(self::USER, self::PASSWORD)));
    }

    public function testAPlainPasswordInPlaceOfItsHashIsAFaultThatTheLogExplains(): void
    {
        $this->start(['clients' => [self::USER => self::PASSWORD]]);
        self::assertSame(500, $this->status(self::basic(self::USER, self::PASSWORD)));
        self::assertStringContainsString('not a hash of password_hash()', $this->log->of('critical')[0]);
    }

    public function testCredentialsAreLookedAtBeforeTheBody(): void
    {
        $this->start();
        $nothing = ['HTTP_AUTHORIZATION' => null, 'CONTENT_TYPE' => 'application/json'];
        self::assertSame(401, $this->ask('{', $nothing)->getStatusCode());
    }

    public function testAnApplicationMayDecideItself(): void
    {
        $this->start(['clients' => []], [
            Answering::class => ['tags' => [['name' => 'open_api_server.api', 'api' => 'oauth']]],
            ClientAuthenticatorInterface::class => ['class' => TwoFriends::class],
        ]);
        self::assertSame(200, $this->status(self::basic('friend', 'of the house')));
        self::assertSame(401, $this->status(self::basic('stranger', 'of the house')));
    }

    public function testAStrangerCostsAVerificationToo(): void
    {
        $this->start();
        Verifications::$hashes = [];
        self::assertSame(401, $this->status(self::basic('stranger', 'wrong')));
        self::assertSame(401, $this->status(self::basic(self::USER, 'wrong')));
        self::assertSame([self::hash(self::PASSWORD), self::hash(self::PASSWORD)], Verifications::$hashes);
    }

    public function testEveryNameCostsTheSameHoweverItsHashWasMade(): void
    {
        $dear = password_hash('dear', \PASSWORD_BCRYPT, ['cost' => 5]);
        $argon = password_hash('argon', \PASSWORD_ARGON2ID, ['memory_cost' => 64, 'time_cost' => 1]);
        $cheap = ['cheap' => self::hash('cheap'), 'also' => self::hash('also')];
        $this->start(['clients' => $cheap + ['dear' => $dear, 'argon' => $argon]]);
        foreach (['stranger', 'cheap', 'also', 'dear', 'argon'] as $name) {
            $status = $name === 'stranger' ? 401 : 200;
            foreach (['wrong' => 401, $name => $status] as $password => $expected) {
                Verifications::$hashes = [];
                self::assertSame($expected, $this->status(self::basic($name, $password)), "$name $password");
                $costs = array_map('password_get_info', Verifications::$hashes);
                self::assertSame(['2y', '2y', 'argon2id'], array_column($costs, 'algo'));
                self::assertSame([4, 5], [$costs[0]['options']['cost'], $costs[1]['options']['cost']]);
            }
        }
    }

    /**
     * @dataProvider bothModes
     */
    public function testWhereNoClientIsConfiguredTheLogSaysSoAndInDebugModeTheAnswer(bool $debug): void
    {
        $this->start(['clients' => []], debug: $debug);
        $response = $this->ask('grant_type=refresh_token');
        $why = 'No client is configured under open_api_server.clients.';
        $message = 'Authentication failed.' . ($debug ? " $why" : '');
        self::assertError(401, 2, $message, $response);
        self::assertSame([$why], $this->log->of('warning'));
        $this->start(debug: $debug);
        self::assertError(401, 2, 'Authentication failed.', $this->ask('', ['HTTP_AUTHORIZATION' => null]));
    }

    /**
     * @return iterable<array{bool}>
     */
    public function bothModes(): iterable
    {
        yield 'debug' => [true];
        yield 'production' => [false];
    }
}
