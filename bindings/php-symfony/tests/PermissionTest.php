<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\GatewayTestCase;

/**
 * What a client may ask for, and what it may have.
 */
final class PermissionTest extends GatewayTestCase
{
    private const NARROW = 'Not permitted: this client may not have other scopes than pins:read, boards:read.';

    /**
     * @param array<string, mixed> $may
     */
    private function startFor(array $may): void
    {
        $client = $may + self::client(self::PASSWORD);
        $gateway = ['base_url' => '%env(EMULATOR)%', 'timeout' => 20];
        $this->start(['clients' => [self::USER => $client], 'gateway' => $gateway], []);
    }

    public function testAGrantThatIsNotListedIsRefusedAndNothingIsSent(): void
    {
        $this->startFor(['grants' => ['client_credentials', 'authorization_code']]);
        $why = 'Not permitted: this client may not use this grant_type, but client_credentials, authorization_code.';
        self::assertError(403, 29, $why, $this->ask(self::REFRESH));
        self::assertSame([], $this->emulator->requests());
        $granted = $this->ask(['grant_type' => 'client_credentials', 'scope' => 'pins:read']);
        self::assertSame(200, $granted->getStatusCode());
    }

    /**
     * @dataProvider scopes
     */
    public function testAScopeThatIsNotListedIsRefusedAndNothingIsSent(string $grant, string $scope, int $status): void
    {
        $this->startFor(['scopes' => ['pins:read', 'boards:read']]);
        $form = $grant === 'refresh_token' ? self::REFRESH : ['grant_type' => $grant];
        $response = $this->ask(array_filter($form + ['scope' => $scope]));
        self::assertSame($status, $response->getStatusCode());
        self::assertCount($status === 403 ? 0 : 1, $this->emulator->requests());
        if ($status === 403) {
            self::assertError(403, 29, self::NARROW, $response);
        }
    }

    /**
     * @return iterable<string, array{string, string, int}>
     */
    public function scopes(): iterable
    {
        yield 'one that is listed' => ['client_credentials', 'pins:read', 200];
        yield 'both, with a comma' => ['client_credentials', 'pins:read,boards:read', 200];
        yield 'both, with a space' => ['client_credentials', 'pins:read boards:read', 200];
        yield 'another' => ['client_credentials', 'ads:write', 403];
        yield 'another among them' => ['client_credentials', 'pins:read,ads:write', 403];
        yield 'another behind white space' => ['client_credentials', "pins:read\t\nads:write", 403];
        yield 'in capitals' => ['client_credentials', 'PINS:READ', 403];
        yield 'one that no list can hold' => ['client_credentials', '*', 403];
        yield 'another when refreshing' => ['refresh_token', 'pins:read_secret', 403];
        yield 'none when refreshing' => ['refresh_token', '', 401];
    }

    public function testAnAppsTokenWithoutAScopeIsNotForALimitedClient(): void
    {
        $this->startFor(['scopes' => ['pins:read', 'boards:read']]);
        $why = 'Invalid request: scope is required for this client: some of pins:read, boards:read.';
        foreach ([[], ['scope' => ''], ['scope' => ' , ']] as $form) {
            self::assertError(400, 1, $why, $this->ask($form + ['grant_type' => 'client_credentials']));
        }
        self::assertSame([], $this->emulator->requests());
        $this->startFor([]);
        self::assertSame(200, $this->ask(['grant_type' => 'client_credentials'])->getStatusCode());
    }

    public function testANewTokenThatPinterestGaveMoreScopesIsWithheld(): void
    {
        $this->startFor(['scopes' => ['pins:read', 'boards:read']]);
        $login = fn (string $scope): array => [
            'grant_type' => 'authorization_code',
            'code' => $this->emulator->code(scope: $scope),
            'redirect_uri' => 'http://localhost:8085/',
        ];
        $wide = $this->ask($login('pins:read,ads:write'));
        self::assertError(403, 29, self::NARROW, $wide);
        self::assertStringContainsString('authorization_code pins:read,ads:write 403', $this->log->audit()[0]);
        // As Pinterest does, the emulator gives a token every scope that the user has ever approved.
        self::assertError(403, 29, self::NARROW, $this->ask($login('pins:read')));
        $this->emulator->control('POST', '/reset');
        self::assertSame('pins:read', self::json($this->ask($login('pins:read')))['scope']);
        $this->emulator->script(['body_json' => ['access_token' => 'pina_a', 'scope' => 'pins:read ads:write']]);
        $app = $this->ask(['grant_type' => 'client_credentials', 'scope' => 'pins:read']);
        self::assertError(403, 29, self::NARROW, $app);
    }

    public function testARefreshedTokenIsNeverWithheldAndTheAuditLineShowsItsScopes(): void
    {
        $this->startFor(['scopes' => ['pins:read']]);
        $this->emulator->script(['body_json' => ['access_token' => 'pina_a', 'scope' => 'pins:read ads:write']]);
        self::assertSame('pina_a', self::json($this->ask(self::REFRESH))['access_token']);
        self::assertStringContainsString(' refresh_token pins:read,ads:write 200 - ok ', $this->log->audit()[0]);
    }

    public function testWithoutTheGatewayTheListsCountAsWellWhereThereAreAny(): void
    {
        Answering::$answer = static fn (): array => ['access_token' => 'pina_a'];
        $this->start(['clients' => [self::USER => ['grants' => 'refresh_token'] + self::client(self::PASSWORD)]]);
        self::assertSame(200, $this->ask('grant_type=refresh_token')->getStatusCode());
        self::assertSame(403, $this->ask('grant_type=client_credentials')->getStatusCode());
        $this->start(['clients' => [self::USER => self::hash(self::PASSWORD)]]);
        self::assertSame(200, $this->ask('grant_type=client_credentials')->getStatusCode());
    }
}
