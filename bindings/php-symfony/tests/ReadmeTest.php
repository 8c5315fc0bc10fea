<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\Folder;
use OpenAPI\Server\Tests\Support\GatewayTestCase;
use Pinterest\OAuth\Tests\Support\Program;
use Symfony\Component\Yaml\Yaml;

/**
 * Every example of the README, as it stands there.
 */
final class ReadmeTest extends GatewayTestCase
{
    /**
     * @return array<string, string> the text of each block that begins with the name of a file
     */
    private static function files(): array
    {
        $readme = (string) file_get_contents(__DIR__ . '/../README.md');
        preg_match_all('~^```(?:php|yaml)\n(?://|#) (\S+)\n(.*?)^```$~ms', $readme, $found);

        return array_combine($found[1], $found[2]);
    }

    public function testTheFourSectionsAreThere(): void
    {
        preg_match_all('/^## (.+)$/m', (string) file_get_contents(__DIR__ . '/../README.md'), $found);
        self::assertSame(['Installation', 'Usage', 'Development', 'Testing'], $found[1]);
    }

    public function testTheBundlesAreThoseOfTheTestApplication(): void
    {
        $this->start();
        $printed = array_keys(eval(self::files()['config/bundles.php']));
        self::assertSame($printed, array_map('get_class', array_values($this->kernel()->getBundles())));
    }

    public function testTheRouteIsTheOneOfTheTestApplication(): void
    {
        $printed = Yaml::parse(self::files()['config/routes.yaml']);
        self::assertSame($printed, Yaml::parseFile(__DIR__ . '/App/config/routes.yaml'));
    }

    public function testTheGatewayOfTheConfigurationHandsOutTokens(): void
    {
        $settings = Yaml::parse(self::files()['config/packages/open_api_server.yaml'])['open_api_server'];
        $_ENV['BILLING_PASSWORD_HASH'] = self::printedHash('of-billing');
        putenv('PINTEREST_API_URI=' . $this->emulator->facts['base_url']);
        try {
            $this->start($settings, []);
            $billing = ['HTTP_AUTHORIZATION' => self::basic('billing', 'of-billing')];
            $response = $this->ask('grant_type=client_credentials&scope=pins%3Aread', $billing);
        } finally {
            putenv('PINTEREST_API_URI');
        }
        self::assertSame('pins:read', self::json($response)['scope']);
    }

    /** What the command of the README prints for a password. */
    private static function printedHash(string $password): string
    {
        $readme = (string) file_get_contents(__DIR__ . '/../README.md');
        self::assertSame(1, preg_match("/^\\$ php -r '(.+)' < billing.password$/m", $readme, $found));

        return trim(Program::run(['php', '-r', $found[1]], $password . "\n")->output());
    }

    public function testTheImplementationAnswersWhatItSays(): void
    {
        $files = self::files();
        $class = Folder::of('readme') . '/OauthApi.php';
        Folder::write($class, "<?php\n" . $files['src/Api/OauthApi.php']);
        require_once $class;
        $this->start([], Yaml::parse($files['config/services.yaml'])['services']);

        $good = $this->ask('grant_type=refresh_token&refresh_token=pinr.the-one-i-know');
        self::assertSame([
            'access_token' => 'pina_made-for-' . self::USER,
            'response_type' => 'refresh_token',
            'token_type' => 'bearer',
            'expires_in' => 2592000,
            'scope' => 'pins:read',
        ], self::json($good));
        self::assertError(401, 283, 'The authorization grant is invalid', $this->ask(self::REFRESH));
    }
}
