<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\Folder;
use OpenAPI\Server\Tests\Support\GatewayTestCase;
use OpenAPI\Server\Tests\Support\Records;
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

    public function testTheRateLimiterLimitsEachAddressAndEachName(): void
    {
        Answering::$answer = static fn (): array => [];
        $files = self::files();
        $class = Folder::of('limiter') . '/OauthRateLimiter.php';
        Folder::write($class, "<?php\n" . $files['src/Security/OauthRateLimiter.php']);
        require_once $class;
        $recipe = $files['config/packages/rate_limiter.yaml'];
        $printed = Yaml::parse(str_replace('limit: 120', 'limit: 2', $recipe, $count));
        self::assertSame(1, $count);
        $implementation = [Answering::class => ['tags' => [['name' => 'open_api_server.api', 'api' => 'oauth']]]];
        $services = $printed['services'] + $implementation;
        $this->start($printed['open_api_server'], $services, ['framework' => $printed['framework']]);
        $status = fn (string $address, string $user): int => $this->ask(self::REFRESH, [
            'REMOTE_ADDR' => $address,
            'PHP_AUTH_USER' => $user,
        ])->getStatusCode();
        self::assertSame([200, 200, 429], [$status('::1', 'a'), $status('::1', 'b'), $status('::1', 'c')]);
        self::assertSame([200, 429], [$status('::2', 'a'), $status('::3', 'a')]);
    }

    public function testTheLoggerOfTheRecipeIsASetting(): void
    {
        $printed = Yaml::parse(self::files()['config/packages/monolog.yaml']);
        $logger = $printed['open_api_server']['audit_logger'];
        self::assertSame('monolog.logger.' . $printed['monolog']['channels'][0], $logger);
        $this->start(['audit_logger' => $logger], [$logger => ['class' => Records::class, 'public' => true]]);
        $this->ask(self::REFRESH);
        self::assertCount(1, $this->kernel()->getContainer()->get($logger)->audit());
        self::assertSame([], $this->log->audit());
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
