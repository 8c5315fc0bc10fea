<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Exception\NotSavedException;
use Pinterest\OAuth\Internal\Document;
use Pinterest\OAuth\Internal\Environment;
use Pinterest\OAuth\Internal\Pointer;
use Pinterest\OAuth\Internal\Value;

/**
 * Keeps the tokens of accounts in a store of this machine, and refreshes each once when it is due, whoever asks:
 * requests, processes, programs in other languages.
 *
 * Managers with equal settings share what they know as long as the process lives: a request in a worker of php-fpm that
 * makes its manager anew finds the token of the request before. A manager and its accounts may be made before
 * `pcntl_fork()` and used on both sides.
 */
class TokenManager
{
    /** @internal whose names of fields errors use, as the core knows it */
    protected const LANGUAGE = 'php';

    /** Whether the end of this request waits for what is under way. */
    private static bool $finishes = false;

    private readonly Pointer $manager;

    /**
     * Opens the store, and makes it where there is none. Nothing is sent.
     *
     * What is not given comes from the environment, unless `$trustEnv` is false, as with {@see Client}.
     *
     * @param ?string $appId          the app's id; or `PINTEREST_APP_ID`
     * @param ?string $appSecret      the app's secret; or `PINTEREST_APP_SECRET`
     * @param ?string $environment    `production` (default) or `sandbox`
     * @param ?string $baseUrl        another server instead of Pinterest's; or `PINTEREST_API_URI`
     * @param ?string $oauthUrl       another consent page; or `PINTEREST_OAUTH_URI`
     * @param ?float  $timeout        seconds for a whole call, and for a wait for another process: 30 by default
     * @param ?float  $connectTimeout seconds to connect: 10 by default
     * @param ?string $proxy          address of a proxy, http, https or socks5h; or `HTTPS_PROXY`, `HTTP_PROXY`,
     *                                `ALL_PROXY`
     * @param ?string $noProxy        hosts without proxy, with commas; or `NO_PROXY`
     * @param ?string $caFile         PEM file of the certificates to trust; or `SSL_CERT_FILE`, or the system's
     * @param ?bool   $keepAlive      whether a connection is used again for the next call: true by default
     * @param ?bool   $allowHttp      true permits plain http to hosts other than this machine
     * @param ?bool   $trustEnv       whether the environment is read: true by default
     * @param ?string $store          the folder in which tokens are kept; or `PINTEREST_OAUTH_STORE`, or
     *                                `pinterest-oauth` in the user's state folder; `:memory:` keeps them in this
     *                                process alone
     * @param ?string $recoveryDir    a second folder, on another disk, for a token that the store cannot take
     * @param list<string>|null $fileSystems file systems allowed besides the local ones, for example `nfs4`: where
     *                                locks are not reliable, tokens may be lost
     * @param ?string $clockOffsetFile a file with a number of seconds by which the clock is moved, for tests; only with
     *                                a `baseUrl` on this machine
     *
     * @throws Exception\StoreUnavailableException  when the store cannot be used
     * @throws Exception\PinterestOAuthException    when a setting, or the library, cannot be used
     */
    public function __construct(
        ?string $appId = null,
        #[\SensitiveParameter] ?string $appSecret = null,
        ?string $environment = null,
        ?string $baseUrl = null,
        ?string $oauthUrl = null,
        ?float $timeout = null,
        ?float $connectTimeout = null,
        #[\SensitiveParameter] ?string $proxy = null,
        ?string $noProxy = null,
        ?string $caFile = null,
        ?bool $keepAlive = null,
        ?bool $allowHttp = null,
        ?bool $trustEnv = null,
        ?string $store = null,
        ?string $recoveryDir = null,
        ?array $fileSystems = null,
        ?string $clockOffsetFile = null,
    ) {
        Library::ffi();
        $settings = Environment::completed(\get_defined_vars()) + ['language' => static::LANGUAGE];
        $this->manager = Pointer::made('manager', 'manager_new', Document::write($settings));
        // A host may disable it. Then a call that is under way at the end of a request waits for itself all the same.
        if (!self::$finishes && \function_exists('register_shutdown_function')) {
            self::$finishes = true;
            \register_shutdown_function([self::class, 'finish']);
        }
    }

    /**
     * An account by its name. Nothing is read: it need not exist yet.
     *
     * @param string $name 1 to 1,024 bytes of UTF-8 without control characters, compared byte for byte
     *
     * @throws Exception\InvalidArgumentException when it is no such name
     */
    public function account(string $name = 'default'): Account
    {
        $account = Pointer::made('account', 'manager_account', $this->manager, Document::text('account', $name));

        return new Account($account, $name);
    }

    /**
     * Tokens of the app itself, by `client_credentials`: obtained when they are first asked for, and anew when due.
     *
     * @param string|list<string> $scopes with commas, or a list
     *
     * @throws Exception\PinterestOAuthException
     */
    public function app(string|array $scopes): Account
    {
        $account = Pointer::made('account', 'manager_app', $this->manager, Document::scopes('scopes', $scopes));

        return new Account($account, '');
    }

    /**
     * Where every account of this app stands, by name.
     *
     * @return list<Status>
     *
     * @throws Exception\StoreUnavailableException
     */
    public function accounts(): array
    {
        $accounts = [];
        foreach (Value::documents(Document::read($this->manager->call('manager_accounts'))) as $status) {
            $accounts[] = new Status($status);
        }

        return $accounts;
    }

    /**
     * Refreshes every account of this app that is due: for a cron job.
     *
     * @param int $parallel how many at once; 0 means 16
     *
     * @throws Exception\StoreUnavailableException what fails for one account stands in the report
     */
    public function refreshDue(int $parallel = 0): DueReport
    {
        if ($parallel < 0 || $parallel > 0xffff) {
            throw Internal\Failure::argument('parallel', 'must be from 0 to 65535');
        }
        $report = new DueReport(Document::read($this->manager->call('manager_refresh_due', $parallel)));
        foreach ($report->failed as $failure) {
            if ($failure->error instanceof NotSavedException) {
                $failure->error->carry($this->account($failure->account)->unsaved());
            }
        }

        return $report;
    }

    /**
     * Looks the store over.
     *
     * @param bool $repair whether damaged records are moved aside, and what is missing is made
     *
     * @throws Exception\StoreUnavailableException
     */
    public function doctor(bool $repair = false): DoctorReport
    {
        return new DoctorReport(Document::read($this->manager->call('manager_doctor', (int) $repair)));
    }

    /**
     * Waits until what this process has begun is stored. The end of a request, or of a program, does it by itself, by
     * `register_shutdown_function()`.
     *
     * @param float $seconds how long at most
     *
     * @return bool whether nothing is left
     */
    public static function finish(float $seconds = 30.0): bool
    {
        return Library::ffi()->pinterest_oauth_finish($seconds) === 1;
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return [];
    }

    public function __serialize(): array
    {
        throw new \LogicException('A TokenManager is not serialized, because it holds a secret: make it anew');
    }

    /** @param array<mixed> $data */
    public function __unserialize(array $data): void
    {
        throw new \LogicException('A TokenManager is not unserialized: make it anew');
    }
}
