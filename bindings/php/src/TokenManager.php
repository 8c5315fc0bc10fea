<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Exception\NotSavedException;
use Pinterest\OAuth\Internal\Document;
use Pinterest\OAuth\Internal\Environment;
use Pinterest\OAuth\Internal\ManagerLog;
use Pinterest\OAuth\Internal\Pointer;
use Pinterest\OAuth\Internal\Terminal;
use Pinterest\OAuth\Internal\Value;
use Psr\Log\LoggerInterface;

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
    private readonly ?ManagerLog $log;

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
     * @param ?LoggerInterface $logger a PSR-3 logger, which gets one line for each refresh, without secrets: info,
     *                                warning where it failed or somebody should look after the account, error where a
     *                                login is needed
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
        ?LoggerInterface $logger = null,
    ) {
        Library::ffi();
        $settings = \get_defined_vars();
        unset($settings['logger']);
        $settings = Environment::completed($settings) + ['language' => static::LANGUAGE];
        $this->manager = Pointer::made('manager', 'manager_new', Document::write($settings));
        $this->log = $logger === null ? null : new ManagerLog($logger);
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

        return new Account($account, $name, $this->log);
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

        return new Account($account, '', $this->log);
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
        foreach (Value::documents(Document::read($this->call('manager_accounts'))) as $status) {
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
        $report = new DueReport(Document::read($this->call('manager_refresh_due', $parallel)));
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
        return new DoctorReport(Document::read($this->call('manager_doctor', (int) $repair)));
    }

    /**
     * The whole login of somebody at this machine, for programs on the command line: listens at the redirect address,
     * opens a browser or says which address to open, waits, exchanges the code once, and stores the token. Ctrl-C ends
     * it, as {@see Login::nextEvent()} says.
     *
     * Without `$onStart` and `$onEvent` a person is told on standard error. Where no browser was opened and there is a
     * terminal, the address of Pinterest's page is shown as well, and a line that is typed is pasted, as with
     * {@see Login::paste()}.
     *
     * @param string  $account     the account to log in
     * @param ?string $redirectUri an address on this machine, the same to the letter as registered with the app:
     *                             `http://localhost:8085/` by default
     * @param string|list<string>|null $scope what to ask the user for: with commas, or a list
     * @param ?bool   $browser     whether to open a browser: by default where the person would see it
     * @param ?bool   $confirm     whether to ask before the token of one person replaces that of another: false by
     *                             default. The event `Confirm` is answered by {@see Login::answer()}
     * @param ?bool   $continuousRefresh whether to ask for a refresh token that rotates: true by default
     * @param array<string, string|int|float|bool>|null $extra further parameters of Pinterest's page
     * @param ?float  $timeout     seconds to wait for the person: 300 by default, at most 3600
     * @param (callable(Login): mixed)|null $onStart called once, when there is something to show
     * @param (callable(Login, LoginEvent): mixed)|null $onEvent called with everything that happens. Where only
     *                             `$onStart` is given, the answer to `Confirm` is no
     *
     * @throws Exception\AccessDeniedException    when access was not given
     * @throws Exception\TimeoutException         when nobody came back in time
     * @throws Exception\InvalidArgumentException also when another program has the port: the field is `redirectUri`
     * @throws Exception\PinterestOAuthException
     */
    public function login(
        string $account = 'default',
        ?string $redirectUri = null,
        string|array|null $scope = null,
        ?bool $browser = null,
        ?bool $confirm = null,
        ?bool $continuousRefresh = null,
        #[\SensitiveParameter] ?array $extra = null,
        ?float $timeout = null,
        ?callable $onStart = null,
        ?callable $onEvent = null,
    ): LoginEnd {
        $terminal = new Terminal($onStart === null);
        $onStart ??= $terminal->started(...);
        $onEvent ??= $terminal->happened(...);
        $login = $this->startLogin(
            $account,
            $redirectUri,
            $scope,
            $browser,
            $confirm,
            $continuousRefresh,
            $extra,
            $timeout,
        );
        try {
            $onStart($login);
            do {
                $event = $terminal->nextEvent($login);
                if ($event !== null) {
                    $onEvent($login, $event);
                }
                $terminal->listenTo($login);
            } while ($event?->end === null);
        } finally {
            $terminal->restore();
        }

        return $event->end;
    }

    /**
     * The same without waiting, for programs with a loop of their own.
     *
     * @param string  $account     the account to log in
     * @param ?string $redirectUri an address on this machine, as {@see login()} takes it
     * @param string|list<string>|null $scope what to ask the user for: with commas, or a list
     * @param ?bool   $browser     whether to open a browser: by default where the person would see it
     * @param ?bool   $confirm     whether to ask before the token of one person replaces that of another
     * @param ?bool   $continuousRefresh whether to ask for a refresh token that rotates: true by default
     * @param array<string, string|int|float|bool>|null $extra further parameters of Pinterest's page
     * @param ?float  $timeout     seconds to wait for the person: 300 by default, at most 3600
     *
     * @throws Exception\PinterestOAuthException
     */
    public function startLogin(
        string $account = 'default',
        ?string $redirectUri = null,
        string|array|null $scope = null,
        ?bool $browser = null,
        ?bool $confirm = null,
        ?bool $continuousRefresh = null,
        #[\SensitiveParameter] ?array $extra = null,
        ?float $timeout = null,
    ): Login {
        $options = Document::write(\get_defined_vars());
        [$login, $started] = Pointer::begun('login', 'login_start', $this->manager, $options);

        return new Login($login, $this->account($account), $started);
    }

    /**
     * Begins the login of a web app's visitor. What has to be kept is sealed in a cookie: there is no session, and any
     * worker with the same app secret may finish the login within ten minutes. Nothing is sent, read or stored.
     *
     * Send visitors by a link to what answers so: a form needs Pinterest in the `form-action` of your
     * Content-Security-Policy.
     *
     * @param string  $redirectUri where the visitor comes back to: registered with the app, the same to the letter;
     *                             https, or http on this machine
     * @param string  $account     the account that is logged in
     * @param string|list<string>|null $scope the scopes to ask for: with commas, or a list
     * @param ?string $next        where the visitor goes afterwards: a path of the app itself, at most 512 bytes
     * @param ?string $owner       who begins it, such as the id of the app's own user: only the same one ends it
     * @param ?string $cookies     the request's header `Cookie`, as {@see Visitor::begins()} has it: with it logins
     *                             that were left open do not pile up
     * @param ?string $host        the host that the browser sees: it must be that of `$redirectUri`, else the cookie
     *                             would not come back
     * @param array<string, string|int|float|bool>|null $extra further parameters of Pinterest's page
     *
     * @throws Exception\InvalidArgumentException naming the parameter
     * @throws Exception\PinterestOAuthException
     */
    public function beginLogin(
        string $redirectUri,
        string $account = 'default',
        string|array|null $scope = null,
        ?string $next = null,
        #[\SensitiveParameter] ?string $owner = null,
        #[\SensitiveParameter] ?string $cookies = null,
        ?string $host = null,
        #[\SensitiveParameter] ?array $extra = null,
    ): LoginBegin {
        $cookies = Document::received($cookies);

        return new LoginBegin($this->manager->call('login_begin', Document::write(\get_defined_vars())));
    }

    /**
     * Ends it: what came of the request at the redirect address. What the visitor did, also what is wrong, is the
     * outcome; an exception is the program's. The code is exchanged once, and its token stored before this returns; the
     * same redirect again, on whichever worker, gives the token that is stored.
     *
     * Never answer with a page at this address, which holds the code: {@see LoginEnd::headers()} sends the visitor on.
     *
     * @param string  $query   the query of the request, or its whole address
     * @param ?string $method  the method of the request: all but `GET`, the default, are no visit
     * @param ?string $cookies the request's header `Cookie`; several are joined by a semicolon
     * @param ?string $purpose the value of `Sec-Purpose`, `Purpose` or `X-Moz`, whichever the request has: what a
     *                         browser fetches ahead is no visit
     * @param ?string $owner   who is here, as given at the begin
     * @param ?float  $timeout seconds for this call, instead of the manager's
     *
     * @throws Exception\StoreUnavailableException before the code is spent
     * @throws Exception\PinterestOAuthException
     */
    public function finishLogin(
        #[\SensitiveParameter] string $query,
        ?string $method = null,
        #[\SensitiveParameter] ?string $cookies = null,
        ?string $purpose = null,
        #[\SensitiveParameter] ?string $owner = null,
        ?float $timeout = null,
    ): LoginEnd {
        $query = Document::received($query);
        $method = Document::received($method);
        $cookies = Document::received($cookies);
        $purpose = Document::received($purpose);
        $end = $this->call('login_finish', Document::write(\get_defined_vars()));

        return new LoginEnd(Document::read($end));
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

    private function call(string $function, #[\SensitiveParameter] mixed ...$arguments): string
    {
        try {
            return $this->manager->call($function, ...$arguments);
        } finally {
            $this->log?->write();
        }
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
