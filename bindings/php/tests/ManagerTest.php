<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\AccountState;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception\InsufficientScopeException;
use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Exception\InvalidConfigException;
use Pinterest\OAuth\Exception\ReauthorizationRequiredException;
use Pinterest\OAuth\Exception\ServerErrorException;
use Pinterest\OAuth\Exception\StoreUnavailableException;
use Pinterest\OAuth\Exception\UnknownAccountException;
use Pinterest\OAuth\Internal\Failure;
use Pinterest\OAuth\Tests\Support\ManagerTestCase;
use Pinterest\OAuth\Tests\Support\Program;
use Pinterest\OAuth\Token;
use Pinterest\OAuth\TokenManager;

/** The token manager, as its users use it. */
final class ManagerTest extends ManagerTestCase
{
    public function testALoginGivesAnAccessTokenAndTwentyFiveDaysMakeOneRefresh(): void
    {
        $account = $this->manager()->account('shop-42');
        self::assertSame('shop-42', $account->name);
        self::assertNull($account->accessTokenNow());
        $token = $account->login($this->emulator->code(), self::PAGE, state: 'of the redirect');
        self::assertSame($token->accessToken, $account->accessToken());
        self::assertSame(0, $this->refreshes());
        $this->pass(25);
        $second = $this->manager()->account('shop-42')->accessToken();
        self::assertNotSame($token->accessToken, $second);
        foreach (range(1, 10) as $ignored) {
            self::assertSame($second, $account->accessToken());
        }
        self::assertSame($second, $account->token()->accessToken);
        self::assertSame($second, $account->accessTokenNow());
        self::assertSame($second, $account->export()->accessToken);
        self::assertSame(1, $this->refreshes());
    }

    public function testTheDefaultAccountHasAName(): void
    {
        self::assertSame('default', $this->manager()->account()->name);
    }

    public function testTheSameRedirectTwiceSendsItsCodeOnce(): void
    {
        $account = $this->manager()->account('shop-42');
        $code = $this->emulator->code();
        $first = $account->login($code, self::PAGE, state: 's');
        $second = $account->login($code, self::PAGE, state: 's');
        self::assertSame($first->accessToken, $second->accessToken);
        self::assertCount(1, $this->emulator->requests());
    }

    public function testAnAccountThatNobodyLoggedInIsUnknown(): void
    {
        $account = $this->manager()->account('nobody');
        foreach (['accessToken', 'token', 'status', 'export', 'remove', 'refresh'] as $method) {
            $exception = $this->failure(static fn () => $account->$method());
            self::assertInstanceOf(UnknownAccountException::class, $exception, $method);
            self::assertStringContainsString($this->folder->path, $exception->getMessage());
        }
        self::assertNull($account->accessTokenNow());
        self::assertNull($account->unsaved());
    }

    public function testTwoManagersMadeAnewShareWhatTheyKnow(): void
    {
        $token = $this->account()->accessToken();
        // Nothing is read: there is nothing left to read.
        rename($this->folder->path . '/tokens', $this->folder->path . '/away');
        self::assertSame($token, $this->manager()->account('shop-42')->accessToken());
        rename($this->folder->path . '/away', $this->folder->path . '/tokens');
    }

    public function testAStoreInMemoryIsItsManagersAlone(): void
    {
        $settings = ['store' => ':memory:'] + $this->settings();
        $manager = new TokenManager(...$settings);
        $manager->account()->import(Token::fromJson('{"access_token":"pina_a","expires_in":100}'));
        self::assertSame('pina_a', $manager->account()->accessToken());
        $other = (new TokenManager(...$settings))->account();
        self::assertInstanceOf(UnknownAccountException::class, $this->failure(static fn () => $other->accessToken()));
    }

    public function testARejectedTokenIsRefreshedOnceAndThenRefused(): void
    {
        $account = $this->account();
        $this->pass(1);
        $first = $account->accessToken();
        $second = $account->rejected($first);
        self::assertNotSame($first, $second);
        self::assertSame($second, $account->rejected($first), 'another one is stored already');
        self::assertSame(1, $this->refreshes());
        $exception = $this->failure(static fn () => $account->rejected($second));
        self::assertContains($exception->getKind(), [ErrorKind::InvalidToken, ErrorKind::StoreBusy]);
        self::assertSame(1, $this->refreshes());
    }

    public function testAMissingScopeRefreshesNothing(): void
    {
        $account = $this->account();
        $token = $account->accessToken(['pins:read']);
        self::assertSame($token, $account->accessToken('pins:read user_accounts:read'));
        $calls = [
            static fn () => $account->rejected($token, code: 3),
            static fn () => $account->accessToken('ads:write'),
            static fn () => $account->accessToken(['pins:read', 'ads:write']),
        ];
        foreach ($calls as $call) {
            self::assertInstanceOf(InsufficientScopeException::class, $this->failure($call));
        }
        self::assertSame(0, $this->refreshes());
    }

    public function testWhileTheTokenIsValidAFailedRefreshDoesNotKeepItBack(): void
    {
        $account = $this->account();
        $token = $account->accessToken();
        $this->pass(25);
        $this->emulator->script(['status' => 503]);
        self::assertSame($token, $account->accessToken());
        self::assertSame(1, $this->refreshes());
        $status = $account->status();
        self::assertSame(AccountState::Ready, $status->state);
        self::assertSame([ErrorKind::ServerError, 503], [$status->trouble->kind, $status->trouble->httpStatus]);
        self::assertSame(1, $status->trouble->count);
        self::assertGreaterThanOrEqual($status->trouble->at, $status->trouble->retryAt);
        self::assertSame($token, $account->accessToken());
        self::assertSame(1, $this->refreshes(), 'in the wait after a failure nothing is sent');
        self::assertNotSame($token, $account->refresh(force: true)->accessToken);
    }

    public function testAUserWhoHasToLogInAgainIsToldSoAndThenAllIsWell(): void
    {
        $this->emulator->control('POST', '/switches', ['rotation' => 'strict']);
        $account = $this->account();
        $old = $account->token();
        // Somebody else uses the refresh token up.
        $this->client->refresh($old);
        $this->pass(25);
        self::assertSame($old->accessToken, $account->accessToken());
        self::assertSame(AccountState::Doubtful, $account->status()->state);
        $this->pass(1);
        self::assertSame($old->accessToken, $account->accessToken());
        $this->pass(6);
        $exception = $this->failure(static fn () => $account->accessToken());
        self::assertInstanceOf(ReauthorizationRequiredException::class, $exception);
        self::assertSame(20, $exception->getCode());
        self::assertSame(AccountState::NeedsLogin, $account->status()->state);
        self::assertNotNull($account->status()->warning);
        $report = $this->manager()->refreshDue();
        self::assertSame(['shop-42'], $report->needsLogin);
        $account->login($this->emulator->code(), self::PAGE);
        self::assertSame(AccountState::Ready, $account->status()->state);
        self::assertNotSame($old->accessToken, $account->accessToken());
    }

    public function testEveryAccountThatIsDueIsRefreshedAndTheReportSaysWhatFailed(): void
    {
        $names = ['a', 'b', '42'];
        foreach ($names as $name) {
            $this->account($name);
        }
        self::assertSame(['42', 'a', 'b'], array_column($this->manager()->accounts(), 'account'));
        $this->pass(31);
        $this->emulator->script(['status' => 503]);
        $report = $this->manager()->refreshDue(parallel: 1);
        self::assertSame([3, 3, 2], [$report->accounts, $report->due, $report->refreshed]);
        self::assertGreaterThan(0, $report->seconds);
        [$failure] = $report->failed;
        self::assertContains($failure->account, $names);
        self::assertInstanceOf(ServerErrorException::class, $failure->error);
        self::assertSame([13, 503], [$failure->error->getCode(), $failure->error->getHttpStatus()]);
        self::assertSame(0, $this->manager()->refreshDue()->refreshed);
        foreach ([-1, 1 << 32] as $parallel) {
            $exception = $this->failure(fn () => $this->manager()->refreshDue($parallel));
            self::assertSame('parallel', $exception->getField());
        }
    }

    public function testTheStatusSaysWhereAnAccountStands(): void
    {
        $status = $this->account()->status();
        self::assertSame(['shop-42', $this->emulator->facts['app_id']], [$status->account, $status->appId]);
        self::assertStringStartsWith('http://127.0.0.1:', $status->environment);
        self::assertSame(['pins:read', 'user_accounts:read'], $status->scopes);
        self::assertSame([1, false, false], [$status->generation, $status->refreshing, $status->unsaved]);
        self::assertNull($status->trouble);
        self::assertNull($status->warning);
        self::assertGreaterThan($status->refreshAt, $status->expiresAt);
        self::assertGreaterThan($status->obtainedAt, $status->refreshAt);
        self::assertNotNull($status->loginAt);
        self::assertSame($status->expiresAt, $status->toArray()['expires_at']);
    }

    public function testATokenFromElsewhereIsImportedAndTheAccountRenamedAndRemoved(): void
    {
        $manager = $this->manager();
        $token = $this->client->oauthToken(
            'authorization_code',
            code: $this->emulator->code(),
            redirectUri: self::PAGE,
        );
        $account = $manager->account('old');
        $account->import($token);
        self::assertSame($token->accessToken, $account->accessToken());
        $account->rename('new name ✓');
        $new = $manager->account('new name ✓');
        self::assertSame($token->accessToken, $new->accessToken());
        self::assertInstanceOf(UnknownAccountException::class, $this->failure(static fn () => $account->accessToken()));
        $manager->account('taken')->import($token);
        $exception = $this->failure(static fn () => $new->rename('taken'));
        self::assertSame([InvalidArgumentException::class, 'newName'], [$exception::class, $exception->getField()]);
        $removed = $new->remove();
        self::assertSame(['new name ✓', true, 0], [$removed->account, $removed->token, $removed->logins]);
        self::assertSame(0, $removed->copies);
        self::assertInstanceOf(UnknownAccountException::class, $this->failure(static fn () => $new->accessToken()));
    }

    public function testTheAppsOwnTokensAreObtainedWhenTheyAreFirstAskedFor(): void
    {
        $app = $this->manager()->app(['ads:read', 'pins:read']);
        $token = $app->accessToken();
        self::assertSame($token, $this->manager()->app('pins:read,ads:read')->accessToken());
        self::assertSame('', $app->name);
        self::assertCount(1, $this->emulator->requests());
        [$request] = $this->emulator->requests();
        self::assertSame('client_credentials', array_column($request['form'], 1, 0)['grant_type']);
    }

    public function testTheDoctorFindsADamagedRecordAndMovesItAsideWhenAsked(): void
    {
        $manager = $this->manager();
        $this->account();
        self::assertSame('timer', $manager->doctor()->findings[0]->what);
        $manager->refreshDue();
        $report = $manager->doctor();
        self::assertSame([1, []], [$report->accounts, $report->findings]);
        self::assertStringContainsString($this->folder->path, $report->store);
        self::assertNotSame('', $report->storeId);
        self::assertSame(1, $report->lastRefreshDue['accounts']);
        [$record] = glob($this->folder->path . '/tokens/store/records/*/*.json');
        file_put_contents($record, 'half a reco');
        [$finding] = $manager->doctor()->findings;
        self::assertSame(['damaged', $record, false], [$finding->what, $finding->path, $finding->repaired]);
        self::assertNotSame('', $finding->text);
        self::assertTrue($manager->doctor(repair: true)->findings[0]->repaired);
        self::assertSame([], $manager->doctor()->findings);
    }

    public function testATokenThatNoDiskTookIsCarriedByItsException(): void
    {
        $exception = Failure::fromJson(24, '{"kind":"not_saved","message":"no","outcome":"unknown"}');
        self::assertNull($exception->getToken());
        $token = Token::fromJson('{"access_token":"pina_c4nary"}');
        self::assertSame($token, $exception->carry($token)->getToken());
        ob_start();
        var_dump($exception);
        print_r($exception);
        var_export($exception->toArray());
        echo $exception, json_encode($exception);
        self::assertStringNotContainsString('c4nary', (string) ob_get_clean());
        $this->expectException(\LogicException::class);
        serialize($exception);
    }

    public function testWhatABadSettingIsIsSaid(): void
    {
        $file = $this->folder->write('file', '');
        $wrong = [
            'store' => [StoreUnavailableException::class, ['store' => $file]],
            'clockOffsetFile' => [InvalidConfigException::class, ['baseUrl' => null]],
            'fileSystems' => [InvalidArgumentException::class, ['fileSystems' => [7]]],
            'appId' => [InvalidConfigException::class, ['appId' => null]],
            'timeout' => [InvalidConfigException::class, ['timeout' => -1.0]],
        ];
        foreach ($wrong as $field => [$class, $settings]) {
            $exception = $this->failure(fn () => new TokenManager(...$settings + $this->settings()));
            self::assertSame([$class, $field], [$exception::class, $exception->getField()], $exception->getMessage());
            self::assertSame('not_sent', $exception->getOutcome()->value);
        }
    }

    public function testAStoreInATemporaryFolderIsRefusedForTheRealPinterest(): void
    {
        $settings = ['appId' => '1', 'appSecret' => 'x', 'trustEnv' => false, 'store' => sys_get_temp_dir() . '/a'];
        $exception = $this->failure(static fn () => new TokenManager(...$settings));
        self::assertSame([StoreUnavailableException::class, 'store'], [$exception::class, $exception->getField()]);
        self::assertStringContainsString('temporary folder', $exception->getMessage());
    }

    /** @dataProvider badNames */
    public function testANameThatIsNoneIsRefusedByName(string $name): void
    {
        $account = $this->account();
        $exception = $this->failure(fn () => $this->manager()->account($name));
        self::assertSame([InvalidArgumentException::class, 'account'], [$exception::class, $exception->getField()]);
        $exception = $this->failure(static fn () => $account->rename($name));
        self::assertSame([InvalidArgumentException::class, 'newName'], [$exception::class, $exception->getField()]);
    }

    public function badNames(): iterable
    {
        yield 'empty' => [''];
        yield 'with a NUL' => ["shop\0"];
        yield 'with a new line' => ["shop\n"];
        yield 'no UTF-8' => ["shop\xff"];
        yield 'too long' => [str_repeat('x', 1025)];
        yield 'a megabyte' => [str_repeat('x', 1 << 20)];
    }

    public function testOddNamesAreNamesAndNoPaths(): void
    {
        $token = Token::fromJson('{"access_token":"pina_a","expires_in":3600}');
        $names = ['../x', '🎉', 'Shop', 'shop', ' ', '.', str_repeat('x', 1024)];
        foreach ($names as $name) {
            $this->manager()->account($name)->import($token);
        }
        $known = array_column($this->manager()->accounts(), 'account');
        sort($names);
        sort($known);
        self::assertSame($names, $known);
    }

    public function testAWrongTypeIsPhpsOwnTypeError(): void
    {
        $account = $this->account();
        $calls = [
            fn () => $this->manager()->account(null),
            fn () => $this->manager()->account(42),
            fn () => new TokenManager(...['store' => 7] + $this->settings()),
            fn () => new TokenManager(...['stores' => 'x'] + $this->settings()),
            static fn () => $account->import('pina_a'),
            static fn () => $account->rejected(null),
        ];
        foreach ($calls as $call) {
            try {
                $call();
                self::fail('nothing was thrown');
            } catch (\TypeError | \Error $error) {
                self::assertStringNotContainsString('FFI', $error->getMessage());
            }
        }
        $exception = $this->failure(static fn () => $account->accessToken([1]));
        self::assertSame('scopes', $exception->getField());
    }

    public function testWhatThePlaceIsComesFromTheEnvironment(): void
    {
        $code = 'require $argv[1]; $_ENV = json_decode($argv[2], true) + $_ENV;'
            . 'try { echo (new Pinterest\OAuth\TokenManager())->doctor()->store; }'
            . 'catch (Pinterest\OAuth\Exception\PinterestOAuthException $e) { echo $e->getMessage(); }';
        $run = fn (array $environment, array $dotenv = []): string => Program::run(
            ['php', '-r', $code, '--', __DIR__ . '/../autoload.php', json_encode((object) $dotenv)],
            '',
            $environment + $this->emulator->environment() + ['HOME' => null, 'XDG_STATE_HOME' => null],
        )->output();
        $folder = $this->folder->path;
        $store = "PINTEREST_OAUTH_STORE";
        self::assertStringContainsString("$folder/a/store", $run([$store => "$folder/a", 'HOME' => $folder]));
        self::assertStringContainsString("$folder/b/store", $run([], [$store => "$folder/b"]));
        self::assertStringContainsString("$folder/c/store", $run([$store => "$folder/c"], [$store => "$folder/d"]));
        self::assertStringContainsString("$folder/.local/state/pinterest-oauth/store", $run(['HOME' => $folder]));
        self::assertStringContainsString('nor is PINTEREST_OAUTH_STORE in the environment', $run([]));
    }

    public function testNothingIsLeftToFinish(): void
    {
        $this->account();
        self::assertTrue(TokenManager::finish(0));
    }
}
