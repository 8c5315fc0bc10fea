<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Tests\Support\Document;
use OpenAPI\Server\Tests\Support\Folder;
use Pinterest\OAuth\Tests\Support\Program;
use PHPUnit\Framework\TestCase;

/**
 * The package as Composer and as PHP's own server see it.
 */
final class PackageTest extends TestCase
{
    private const BUNDLE = __DIR__ . '/..';
    private const START_LIMIT = 60;

    public function testComposerFindsNothingWrongWithIt(): void
    {
        Program::run(['composer', 'validate', '--strict'], folder: self::BUNDLE)->output();
        $this->addToAssertionCount(1);
    }

    public function testComposerInstallsItBesideTheClientWithoutANetwork(): void
    {
        $needed = json_decode((string) file_get_contents(self::BUNDLE . '/composer.json'), true)['require'];
        $symfony = preg_grep('~^symfony/~', array_keys($needed));
        self::assertContains('symfony/http-kernel', $symfony);
        $path = static fn (string $folder, array $versions): array => [
            'type' => 'path',
            'url' => \dirname(__DIR__, 2) . '/' . $folder,
            'options' => ['versions' => $versions],
        ];
        $folder = Folder::of('composer');
        Folder::write("$folder/composer.json", (string) json_encode([
            'require' => ['pinterest-oauth/server-bundle' => '*'],
            // What Debian brings.
            'replace' => ['psr/log' => '1.1.4'] + array_fill_keys($symfony, '5.4.53'),
            'repositories' => [
                $path('php-symfony', ['pinterest-oauth/server-bundle' => '0.1.0']),
                $path('php', ['pinterest-oauth/pinterest-oauth' => '0.1.0']),
                ['packagist.org' => false],
            ],
        ]));
        Program::run(['composer', 'install', '--no-interaction', '--no-dev'], folder: $folder)->output();

        $script = "require 'vendor/autoload.php'; require '/usr/share/php/Symfony/Bundle/FrameworkBundle/autoload.php';"
            . 'echo (new OpenAPI\Server\OpenAPIServerBundle())->getContainerExtension()->getAlias(),'
            . 'class_exists(Pinterest\OAuth\Client::class);';
        self::assertSame('open_api_server1', Program::run(['php', '-r', $script], folder: $folder)->output());
    }

    public function testTheTestApplicationServesAnyProjectUnderPhpsOwnServer(): void
    {
        [$answer] = $this->served('php -S', '', '1');
        self::assertSame(12, $answer['code']);
        $why = 'Return value must be of type object|array|null, none returned';
        self::assertStringEndsWith($why, $answer['message']);
    }

    public function testInProductionSymfonysOwnLoggerKeepsTheAuditLine(): void
    {
        [$answer, $log] = $this->served('production', ', require_https: false', '0');
        self::assertSame(12, $answer['code']);
        $line = '/\[info\] Pinterest OAuth: shop 127\.0\.0\.1 client_credentials - 500 12 failed \d{16}$/m';
        self::assertSame(1, preg_match_all($line, $log), $log);
        self::assertStringContainsString('[critical] No answer to an oauthToken request', $log);
        self::assertStringNotContainsString('[debug]', $log);
    }

    /** @return array{array<string, mixed>, string} an answer of the document's example, and what was logged */
    private function served(string $name, string $settings, string $debug): array
    {
        $folder = Folder::of($name);
        Document::project($folder);
        $hash = password_hash('made-up', \PASSWORD_BCRYPT, ['cost' => 4]);
        $configuration = "open_api_server: { clients: { shop: '$hash' }$settings }\n";
        Folder::write("$folder/config/packages/all.yaml", $configuration);

        $listener = stream_socket_server('tcp://127.0.0.1:0');
        $address = stream_socket_get_name($listener, false);
        fclose($listener);
        $command = ['timeout', '120', 'php', '-d', 'ffi.enable=1', '-S', $address, __DIR__ . '/App/public/index.php'];
        $environment = ['APP_PROJECT' => $folder, 'APP_VAR' => "$folder/var", 'APP_DEBUG' => $debug] + getenv();
        $quiet = ['file', "$folder/log", 'a'];
        $server = proc_open($command, [['pipe', 'r'], $quiet, $quiet], $pipes, null, $environment);
        try {
            $answer = json_decode($this->post("http://$address/v5/oauth/token", 'shop:made-up'), true);
        } finally {
            proc_terminate($server);
            proc_close($server);
        }

        return [$answer, (string) file_get_contents("$folder/log")];
    }

    private function post(string $url, string $credentials): string
    {
        $end = time() + self::START_LIMIT;
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => [
                'Content-Type: application/x-www-form-urlencoded',
                'Authorization: Basic ' . base64_encode($credentials),
            ],
            'content' => 'grant_type=client_credentials',
            'ignore_errors' => true,
            'timeout' => self::START_LIMIT,
        ]]);
        do {
            $answer = @file_get_contents($url, false, $context);
        } while ($answer === false && time() < $end && usleep(20000) === null);

        return (string) $answer;
    }
}
