<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\DependencyInjection\Configuration;
use OpenAPI\Server\Gateway\PinterestGateway;
use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\DocumentedApi;
use OpenAPI\Server\Tests\Support\ServerTestCase;
use OpenAPI\Server\Tests\Support\TwoFriends;
use Symfony\Component\Config\Definition\Exception\InvalidConfigurationException;
use Symfony\Component\Config\Definition\Processor;
use Symfony\Component\DependencyInjection\Exception\InvalidArgumentException;

/**
 * The configuration and how services are put together.
 */
final class ConfigurationTest extends ServerTestCase
{
    private const MAY = ['password_hash' => 'hash'];
    private const TAG = ['tags' => [['name' => 'open_api_server.api', 'api' => 'oauth']]];

    public function testTheDefaultsLetNobodyInAndHaveNoGateway(): void
    {
        $config = (new Processor())->processConfiguration(new Configuration(), []);
        self::assertSame([], $config['clients']);
        self::assertFalse($config['gateway']['enabled']);
        self::assertSame('%env(PINTEREST_APP_ID)%', $config['gateway']['app_id']);
        self::assertSame('%env(PINTEREST_APP_SECRET)%', $config['gateway']['app_secret']);
    }

    public function testUserNamesStayAsTheyAreWritten(): void
    {
        $config = (new Processor())->processConfiguration(new Configuration(), [
            ['clients' => ['team-a' => 'hash']],
            ['clients' => ['team_b' => 'hash']],
        ]);
        self::assertSame(['team-a', 'team_b'], array_keys($config['clients']));
    }

    /**
     * @dataProvider badSettings
     *
     * @param array<string, mixed> $settings
     */
    public function testABadSettingIsNamed(array $settings, string $named): void
    {
        $this->expectException(InvalidConfigurationException::class);
        $this->expectExceptionMessageMatches('/' . preg_quote($named, '/') . '/');
        (new Processor())->processConfiguration(new Configuration(), [$settings]);
    }

    /**
     * @return iterable<string, array{array<string, mixed>, string}>
     */
    public function badSettings(): iterable
    {
        yield 'unknown' => [['client' => ['shop' => 'hash']], 'client'];
        yield 'an empty hash' => [['clients' => ['shop' => '']], 'clients.shop'];
        yield 'no hash' => [['clients' => ['shop' => ['grants' => '*']]], 'clients.shop'];
        yield 'a grant that is none' => [['clients' => ['shop' => self::MAY + ['grants' => 'all']]], 'shop.grants'];
        yield 'no grant' => [['clients' => ['shop' => self::MAY + ['grants' => []]]], 'clients.shop.grants'];
        yield 'no scope' => [['clients' => ['shop' => self::MAY + ['scopes' => []]]], 'clients.shop.scopes'];
        $gateway = ['gateway' => true];
        yield 'a client of the gateway that may anything' => [
            $gateway + ['clients' => ['shop' => 'hash']],
            'clients.shop.grants is missing: name what this client may use, or "*" for everything',
        ];
        yield 'a client of the gateway with any scope' => [
            $gateway + ['clients' => ['shop' => self::MAY + ['grants' => '*']]],
            'clients.shop.scopes is missing',
        ];
        yield 'no answer to https' => [['require_https' => 'sometimes'], 'require_https'];
        yield 'an unknown one of the gateway' => [['gateway' => ['secret' => 'x']], 'secret'];
        yield 'no number' => [['gateway' => ['timeout' => 'soon']], 'gateway.timeout'];
        yield 'no boolean' => [['gateway' => ['allow_http' => 'yes']], 'gateway.allow_http'];
        yield 'no secret' => [['gateway' => ['app_secret' => '']], 'gateway.app_secret'];
    }

    public function testTwoImplementationsAreRefused(): void
    {
        $this->expectException(InvalidArgumentException::class);
        $this->expectExceptionMessage('Two services implement the API "oauth"');
        $this->start([], [Answering::class => self::TAG, DocumentedApi::class => self::TAG]);
    }

    public function testAnImplementationBesideTheGatewayIsRefused(): void
    {
        $this->expectException(InvalidArgumentException::class);
        $this->expectExceptionMessage('"' . PinterestGateway::class . '"');
        $this->start(['gateway' => true], [Answering::class => self::TAG]);
    }

    public function testAServiceThatIsNoImplementationIsRefused(): void
    {
        $this->expectException(InvalidArgumentException::class);
        $this->expectExceptionMessage('must implement OpenAPI\Server\Api\OauthApiInterface');
        $this->start([], [TwoFriends::class => self::TAG]);
    }

    /**
     * @dataProvider badTags
     *
     * @param array<string, string> $tag
     */
    public function testATagForAnotherApiIsRefused(array $tag): void
    {
        $this->expectException(InvalidArgumentException::class);
        $this->expectExceptionMessage('must say api: "oauth"');
        $this->start([], [Answering::class => ['tags' => [$tag]]]);
    }

    /**
     * @return iterable<string, array{array<string, string>}>
     */
    public function badTags(): iterable
    {
        yield 'none' => [['name' => 'open_api_server.api']];
        yield 'another' => [['name' => 'open_api_server.api', 'api' => 'pins']];
    }

    public function testWithoutAnImplementationTheLogSaysWhatToDo(): void
    {
        $this->start([], []);
        self::assertSame(500, $this->ask('grant_type=refresh_token')->getStatusCode());
        self::assertStringContainsString('open_api_server.api', $this->log->of('critical')[0]);
    }

    public function testAnImplementationMayHaveAnIdOfItsOwnAndItsClassFromAParameter(): void
    {
        Answering::$answer = static fn (): array => ['access_token' => 'pina_a'];
        $this->start([], ['acme.oauth' => self::TAG + ['class' => '%acme.class%']], [
            'parameters' => ['acme.class' => Answering::class],
        ]);
        self::assertSame(200, $this->ask('grant_type=refresh_token')->getStatusCode());
    }

    public function testAnApplicationMayDecorateTheGateway(): void
    {
        $this->start(['gateway' => true], [
            DocumentedApi::class => ['decorates' => PinterestGateway::class],
        ]);
        self::assertSame(201, $this->ask('grant_type=refresh_token')->getStatusCode());
    }
}
