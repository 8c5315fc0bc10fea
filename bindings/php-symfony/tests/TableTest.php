<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\DependencyInjection\Configuration;
use OpenAPI\Server\Model\OauthAccessTokenRequest;
use Pinterest\OAuth\Tests\Support\Table;
use PHPUnit\Framework\TestCase;
use Symfony\Component\Config\Definition\Processor;

/**
 * The core's table of documents, include/documents.json, and what this bundle names are the same.
 */
final class TableTest extends TestCase
{
    private const SRC = 'bindings/php-symfony/src';

    /** What callers of a server do not send: a token document, and the client's deadline. */
    private const NOT_SENT = ['token' => true, 'timeout' => true];

    /** What the bundle's request has besides: an earlier name of a field, and who asks. */
    private const OWN = ['refreshOn', 'user'];

    /** Settings of the environment, which a gateway always reads, and of bindings. */
    private const NOT_SET = ['trust_env', 'language'];

    public function testEveryFieldOfTheFormHasAGetter(): void
    {
        $fields = array_keys(array_diff_key((new Table())->fields('token_request'), self::NOT_SENT));
        $wanted = [...$fields, ...self::OWN];
        $values = array_keys((new OauthAccessTokenRequest('refresh_token'))->values());
        $file = self::SRC . '/Model/OauthAccessTokenRequest.php';
        self::assertSame([], self::named("$file lacks the parameter %s of its constructor", $wanted, $values));
        self::assertSame([], self::named("$file has the parameter %s, which no form has", $values, $wanted));
        $getters = array_map(static fn (string $name): string => 'get' . ucfirst($name), $wanted);
        $methods = get_class_methods(OauthAccessTokenRequest::class);
        self::assertSame([], self::named("$file lacks the getter %s", $getters, $methods));
    }

    /**
     * @dataProvider nodes
     *
     * @param list<string> $documents
     */
    public function testEverySettingIsAKeyOfTheGatewayAndOfTheTokenManager(string $node, array $documents): void
    {
        $table = new Table();
        $fields = array_merge(...array_map(static fn (string $name): array => $table->fields($name), $documents));
        $wanted = array_diff(array_column($fields, 'name'), self::NOT_SET);
        $keys = array_keys((new Processor())->processConfiguration(new Configuration(), [])[$node]);
        $file = self::SRC . '/DependencyInjection/Configuration.php';
        $settings = array_diff($keys, ['enabled']);
        // Those of a client are explained there.
        $own = $node === 'gateway' ? [] : array_column($table->fields('manager'), 'name');
        $readme = (string) file_get_contents(\dirname(__DIR__) . '/README.md');
        $explained = array_filter($own, static fn (string $name): bool => str_contains($readme, "`$name`"));
        self::assertSame([], [
            ...self::named("$file, or the client whose settings it takes, lacks the key %s of $node", $wanted, $keys),
            ...self::named("$file has the key %s of $node, which no client has", $settings, $wanted),
            ...self::named('bindings/php-symfony/README.md lacks the key %s', $own, $explained),
        ]);
    }

    /**
     * @return iterable<array{string, list<string>}>
     */
    public function nodes(): iterable
    {
        yield ['gateway', ['config']];
        yield ['token_manager', ['config', 'manager']];
    }

    /**
     * @param array<string> $wanted
     * @param array<string> $there
     *
     * @return list<string> what lacks
     */
    private static function named(string $message, array $wanted, array $there): array
    {
        return array_values(array_map(
            static fn (string $name): string => sprintf($message, $name),
            array_diff($wanted, $there),
        ));
    }
}
