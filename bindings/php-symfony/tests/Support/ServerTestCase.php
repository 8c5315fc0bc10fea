<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use OpenAPI\Server\Tests\App\Kernel;
use PHPUnit\Framework\TestCase;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Bundle\BundleInterface;
use Symfony\Component\Yaml\Yaml;

/**
 * Tests of requests to a real kernel. Equal configurations share one compiled container.
 */
abstract class ServerTestCase extends TestCase
{
    protected const USER = 'shop';
    protected const PASSWORD = 'made-up-password';
    protected const FORM = 'application/x-www-form-urlencoded';

    private ?Kernel $kernel = null;
    protected Records $log;

    protected function tearDown(): void
    {
        $this->kernel?->shutdown();
    }

    /**
     * An application with one client and the implementation {@see Answering}, unless other services are given.
     *
     * @param array<string, mixed>                $settings under `open_api_server`
     * @param array<string, mixed>|null           $services
     * @param array<string, array<string, mixed>> $packages configuration of other bundles
     * @param list<BundleInterface>               $bundles
     */
    protected function start(
        array $settings = [],
        ?array $services = null,
        array $packages = [],
        array $bundles = [],
        bool $debug = false,
    ): Kernel {
        $services ??= [Answering::class => ['tags' => [['name' => 'open_api_server.api', 'api' => 'oauth']]]];
        $settings += ['clients' => [static::USER => self::client(static::PASSWORD)], 'audit_logger' => 'logger'];
        $services += ['logger' => ['class' => Records::class, 'public' => true]];
        $files = [
            'packages/all.yaml' => ['open_api_server' => $settings] + $packages,
            'services.yaml' => ['services' => $services],
        ];
        $folder = Folder::of($files + ['debug' => $debug]);
        foreach ($files as $name => $content) {
            Folder::write("$folder/config/$name", Yaml::dump($content, 6));
        }
        $this->kernel = new Kernel('test', $debug, $folder, "$folder/var", $bundles);
        $this->kernel->boot();
        $log = $this->kernel->getContainer()->get('logger');
        \assert($log instanceof Records);
        $this->log = $log;

        return $this->kernel;
    }

    protected function kernel(): Kernel
    {
        \assert($this->kernel !== null);

        return $this->kernel;
    }

    /**
     * Sends a form with the right credentials.
     *
     * @param array<string, string>|string $form
     * @param array<string, string|null>   $server headers and such, as in `$_SERVER`; null takes one away
     */
    protected function ask(
        #[\SensitiveParameter] array|string $form,
        #[\SensitiveParameter] array $server = [],
        string $method = 'POST',
        string $path = '/v5/oauth/token',
    ): Response {
        $server += [
            'HTTP_AUTHORIZATION' => self::basic(static::USER, static::PASSWORD),
            'CONTENT_TYPE' => self::FORM,
            'HTTPS' => 'on',
        ];
        $body = \is_array($form) ? http_build_query($form) : $form;
        $set = array_filter($server, static fn (?string $value): bool => $value !== null);
        $request = Request::create($path, $method, [], [], [], $set, $body);
        foreach (array_keys($server) as $name) {
            if ($server[$name] === null) {
                $request->headers->remove(str_replace(['HTTP_', '_'], ['', '-'], $name));
            }
        }
        $response = $this->kernel()->handle($request);
        $this->kernel()->terminate($request, $response);

        return $response;
    }

    protected static function hash(string $password): string
    {
        static $hashes = [];

        // The same hash every time: equal configurations shall be equal.
        return $hashes[$password] ??= password_hash($password, \PASSWORD_BCRYPT, ['cost' => 4]);
    }

    /**
     * @return array<string, mixed> the settings of a client that may do everything
     */
    protected static function client(string $password): array
    {
        return ['password_hash' => self::hash($password), 'grants' => '*', 'scopes' => '*'];
    }

    protected static function basic(string $user, string $password): string
    {
        return 'Basic ' . base64_encode("$user:$password");
    }

    /**
     * @return array<string, mixed>
     */
    protected static function json(Response $response): array
    {
        return json_decode((string) $response->getContent(), true, flags: \JSON_THROW_ON_ERROR);
    }

    protected static function assertError(int $status, int $code, string $message, Response $response): void
    {
        self::assertSame(['code' => $code, 'message' => $message], self::json($response));
        self::assertSame($status, $response->getStatusCode());
        self::assertSame('application/json', $response->headers->get('Content-Type'));
    }
}
