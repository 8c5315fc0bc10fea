<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Internal\Failure;
use Pinterest\OAuth\Library;

/** PHP reads its header, and this package knows everything that is in it. */
final class HeaderTest extends TestCase
{
    private string $header;

    protected function setUp(): void
    {
        $this->header = file_get_contents(__DIR__ . '/../resources/pinterest_oauth.h');
    }

    public function testPhpParsesTheHeaderAndFindsEveryFunctionInTheLibrary(): void
    {
        $library = \FFI::cdef($this->header, getenv('PINTEREST_OAUTH_LIBRARY'));
        self::assertSame(Library::ABI_VERSION, $library->pinterest_oauth_abi_version());
        self::assertSame($library->pinterest_oauth_version(), Library::version());
    }

    public function testTheAbiNumberOfThePackageIsTheHeaders(): void
    {
        preg_match('/^#define PINTEREST_OAUTH_ABI_VERSION (\d+)$/m', $this->header, $found);
        self::assertSame(Library::ABI_VERSION, (int) $found[1]);
    }

    public function testTheHeaderNamesTheScopeFirstForFfiPreload(): void
    {
        self::assertStringStartsWith('#define FFI_SCOPE "PINTEREST_OAUTH"' . "\n", $this->header);
    }

    public function testEveryStatusOfTheHeaderIsAKindWithItsNumberAndItsExceptionAndNoOther(): void
    {
        $statuses = $this->statuses();
        self::assertSame(
            array_values($statuses),
            array_map(static fn (ErrorKind $kind): string => $kind->value, ErrorKind::cases()),
        );
        foreach ($statuses as $number => $name) {
            $exception = Failure::fromJson($number, json_encode(['kind' => $name, 'message' => 'no']));
            $kind = ErrorKind::from($name);
            self::assertSame($kind->exception(), $exception::class);
            self::assertSame($kind, $exception->getKind());
            self::assertSame($number, $exception->getCode());
            self::assertInstanceOf(PinterestOAuthException::class, $exception);
        }
    }

    public function testTheLibraryCallsEveryStatusAsThePackageDoes(): void
    {
        $library = \FFI::cdef($this->header, getenv('PINTEREST_OAUTH_LIBRARY'));
        foreach ($this->statuses() as $number => $name) {
            self::assertSame($name, $library->pinterest_oauth_status_name($number));
        }
        self::assertSame('unknown', $library->pinterest_oauth_status_name(count($this->statuses()) + 1));
    }

    public function testEveryFunctionOfTheManagerIsCalledFromThisPackage(): void
    {
        preg_match_all('/pinterest_oauth_((?:account|manager|login)_\w+|finish)\(/', $this->header, $found);
        self::assertGreaterThan(15, count($found[1]));
        $sources = '';
        foreach (['TokenManager', 'Account', 'Login', 'Internal/Native', 'Internal/Pointer'] as $file) {
            $sources .= file_get_contents(__DIR__ . "/../src/$file.php");
        }
        // What is cached is asked for apart only where signals need it: PHP defers them for every call.
        $called = static fn (string $name): bool => str_ends_with($name, '_free') || $name === 'account_cached'
            || str_contains($sources, "pinterest_oauth_$name(")
            || preg_match("/'(account_)?" . preg_replace('/^account_/', '', $name) . "'/", $sources) === 1;
        self::assertSame([], array_values(array_filter($found[1], static fn (string $name): bool => !$called($name))));
    }

    public function testAKindThatOnlyANewerLibraryKnowsIsAFailureAllTheSame(): void
    {
        $exception = Failure::fromJson(77, '{"kind":"from_the_future","message":"no","outcome":"rejected"}');
        self::assertSame(ErrorKind::Internal, $exception->getKind());
        self::assertSame(77, $exception->getCode());
        self::assertSame('from_the_future', $exception->toArray()['kind']);
    }

    /** @return array<int, string> the names of the statuses that are failures, by number */
    private function statuses(): array
    {
        preg_match_all('/^  PINTEREST_OAUTH_STATUS_(\w+) = (\d+),$/m', $this->header, $found);
        $statuses = array_combine($found[2], array_map('strtolower', $found[1]));
        self::assertSame('ok', $statuses[0]);
        unset($statuses[0]);

        return $statuses;
    }
}
