<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use Acme\MyBundle\Api\OauthApi;
use OpenAPI\Server\Api\OauthApiInterface;
use OpenAPI\Server\Tests\Support\Document;
use OpenAPI\Server\Tests\Support\DocumentedApi;
use OpenAPI\Server\Tests\Support\Folder;
use OpenAPI\Server\Tests\Support\ServerTestCase;
use Symfony\Component\Yaml\Yaml;

require_once Document::project(Folder::of('document'));

/**
 * The example of the generated server's document, as it is printed there.
 */
final class DocumentTest extends ServerTestCase
{
    private const PRINTED = 'public function oauthToken('
        . 'string $grantType, int &$responseCode, array &$responseHeaders): array|object|null';

    public function testTheInterfaceHasTheDocumentsOneMethodToTheLetter(): void
    {
        $interface = new \ReflectionClass(OauthApiInterface::class);
        self::assertSame(['oauthToken'], array_column($interface->getMethods(), 'name'));
        self::assertStringContainsString(self::PRINTED . ';', (string) file_get_contents($interface->getFileName()));
        self::assertStringContainsString(self::PRINTED . "\n", Document::block('php'));
    }

    /**
     * @dataProvider bothModes
     */
    public function testTheExampleIsRegisteredAndCalledAndWhatItLacksIsNamed(bool $debug): void
    {
        $services = Yaml::parse(Document::block('yaml'))['services'];
        $this->start([], $services, debug: $debug);
        $why = OauthApi::class . '::oauthToken(): Return value must be of type object|array|null, none returned';

        $response = $this->ask('grant_type=client_credentials');
        self::assertSame(500, $response->getStatusCode());
        self::assertSame($debug, str_contains(self::json($response)['message'], $why));
        self::assertStringContainsString($why, $this->log->of('critical')[0]);

        self::assertError(400, 1, 'Invalid request: grant_type is missing.', $this->ask(''));
    }

    /**
     * @return iterable<string, array{bool}>
     */
    public function bothModes(): iterable
    {
        yield 'in debug mode, in the answer' => [true];
        yield 'otherwise, in the log' => [false];
    }

    public function testTheExampleWithABodyAnswers(): void
    {
        $this->start([], [DocumentedApi::class => ['tags' => [['name' => 'open_api_server.api', 'api' => 'oauth']]]]);
        $response = $this->ask('grant_type=refresh_token&refresh_token=pinr.a');
        self::assertSame(['access_token' => 'pina_for_refresh_token'], self::json($response));
        self::assertSame([201, 'yes'], [$response->getStatusCode(), $response->headers->get('X-Own')]);
    }
}
