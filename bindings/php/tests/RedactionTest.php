<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Tests\Support\EmulatorTestCase;
use Pinterest\OAuth\Tests\Support\Program;

/** Secrets come out where they are asked for by name, and nowhere else. */
final class RedactionTest extends EmulatorTestCase
{
    private const CANARY = 'c4nary-0f-a-test';

    public function testNoDumpCastExportTraceLogOrCommandLineShowsASecret(): void
    {
        $shown = $this->shown('caught', '-d', 'log_errors=1');
        self::assertSame(0, $shown->status, $shown->err);
        $this->assertHidden($shown);
        self::assertMatchesRegularExpression('/^thrown: (\d+) of \1$/m', $shown->out);
        self::assertStringContainsString('[redacted]', $shown->out);
        self::assertStringContainsString('VarDumper', $shown->out);
        self::assertStringContainsString('shows.php', $shown->out);
    }

    public function testAnAnswerThatEchoesTheRequestShowsNothingOfIt(): void
    {
        $basic = base64_encode($this->emulator->facts['app_id'] . ':secret-' . self::CANARY);
        $canary = self::CANARY;
        $echo = "bad code-$canary secret-$canary $basic pina_{$canary}AAAAAAAAAAAA";
        $this->emulator->script([
            'status' => 401,
            'headers' => [['x-echo', $echo]],
            'body_json' => ['code' => 283, 'message' => $echo, 'refresh_token' => $echo, 'more' => [$echo]],
        ]);
        $shown = $this->shown('answer');
        self::assertSame(0, $shown->status, $shown->err);
        self::assertStringContainsString('invalid_grant', $shown->out);
        $this->assertHidden($shown, $basic);
    }

    public function testAnUncaughtExceptionShowsNoSecretOfAnyFrame(): void
    {
        $shown = $this->shown('uncaught');
        self::assertSame(255, $shown->status);
        self::assertStringContainsString('InvalidClientException', $shown->err);
        self::assertStringContainsString('login()', $shown->err);
        $this->assertHidden($shown);
    }

    public function testAFailedClientLeavesNoSecretInALogOfPhp(): void
    {
        $log = tempnam(sys_get_temp_dir(), 'log');
        $shown = $this->shown('uncaught', '-d', 'log_errors=1', '-d', "error_log=$log");
        $logged = (string) file_get_contents($log);
        unlink($log);
        self::assertSame(255, $shown->status);
        self::assertStringContainsString('InvalidClientException', $logged);
        self::assertStringNotContainsString(self::CANARY, $logged);
    }

    public function testACallPrintsNothing(): void
    {
        $this->client->oauthToken('client_credentials');
        $this->expectOutputString('');
    }

    private function shown(string $last, string ...$options): Program
    {
        $input = ['canary' => self::CANARY, 'settings' => $this->emulator->settings(), 'last' => $last];

        return Program::ours('shows.php', $input, [], ...$options);
    }

    private function assertHidden(Program $shown, string ...$others): void
    {
        foreach ([self::CANARY, base64_encode('secret-' . self::CANARY), ...$others] as $secret) {
            self::assertStringNotContainsString($secret, $shown->out);
            self::assertStringNotContainsString($secret, $shown->err);
        }
    }
}
