<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Client;
use Pinterest\OAuth\Emulator;
use Pinterest\OAuth\Exception\AccessDeniedException;
use Pinterest\OAuth\Exception\InvalidConfigException;

/** The emulator as users have it in their own tests. */
final class EmulatorTest extends TestCase
{
    private const PAGE = 'http://localhost:8085/';

    public function testALoginIsGivenOrDeniedOverHttpAndTls(): void
    {
        $emulator = new Emulator();
        foreach ([false, true] as $https) {
            $client = new Client(...$emulator->settings($https));
            $page = $client->authorizeUrl(self::PAGE, scope: 'pins:read');
            $code = Client::redirect($emulator->authorize($page->url), $page->state);
            $token = $client->oauthToken('authorization_code', code: $code, redirectUri: self::PAGE);
            self::assertSame('pins:read', $token->scope);
            try {
                Client::redirect($emulator->authorize($page->url, deny: true), $page->state);
                self::fail('nothing was thrown');
            } catch (AccessDeniedException $denied) {
                self::assertSame('access_denied', $denied->getKind()->value);
            }
        }
    }

    public function testOptionsAndControlsAreThoseOfTheCommand(): void
    {
        $emulator = new Emulator('--app-id', '77', '--switch', 'rotation=strict');
        self::assertSame('77', $emulator->settings()['appId']);
        self::assertSame('77', $emulator->environment()['PINTEREST_APP_ID']);
        self::assertSame('strict', $emulator->control('GET', '/switches')['rotation']);
        $this->expectException(\LogicException::class);
        $this->expectExceptionMessage('The emulator refuses POST /switches');
        $emulator->control('POST', '/switches', ['nonsense' => true]);
    }

    public function testItEndsWithTheObjectOrWhenToldTo(): void
    {
        foreach ([static fn (Emulator $it) => $it->stop(), static fn () => null] as $end) {
            $emulator = new Emulator();
            $address = (string) parse_url($emulator->facts['control_url'], PHP_URL_PORT);
            $end($emulator);
            $emulator = null;
            self::assertFalse(@fsockopen('127.0.0.1', (int) $address));
        }
    }

    /** @dataProvider noEmulators */
    public function testACommandThatIsNoneIsNamed(string $command, string ...$options): void
    {
        $known = (string) getenv(Emulator::COMMAND);
        putenv(Emulator::COMMAND . "=$command");
        try {
            new Emulator(...$options);
            self::fail('nothing was thrown');
        } catch (InvalidConfigException $exception) {
            self::assertSame(Emulator::COMMAND, $exception->getField());
            self::assertStringContainsString($command, $exception->getMessage());
            self::assertSame(__FILE__, $exception->getFile());
        } finally {
            putenv(Emulator::COMMAND . "=$known");
        }
    }

    public function noEmulators(): iterable
    {
        yield 'not there' => ['/does/not/exist'];
        yield 'another program' => ['/bin/true'];
    }
}
