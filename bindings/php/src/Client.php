<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\CallLog;
use Pinterest\OAuth\Internal\Document;
use Pinterest\OAuth\Internal\Environment;
use Pinterest\OAuth\Internal\Failure;
use Pinterest\OAuth\Internal\Handle;
use Pinterest\OAuth\Internal\Native;
use Pinterest\OAuth\Internal\Value;
use Psr\Log\LoggerInterface;

/**
 * Calls Pinterest's OAuth endpoints for one app. Connections are kept open and used again.
 *
 * A client may be made before `pcntl_fork()` and used on both sides. Every call blocks until its answer, or its
 * deadline, is there: signal handlers of PHP run after it.
 */
class Client
{
    /** @internal whose names of fields errors use, as the core knows it */
    protected const LANGUAGE = 'php';

    private readonly Handle $handle;

    /**
     * What is not given comes from the environment, unless `$trustEnv` is false: from the process's own, and the
     * names with `PINTEREST_` also from `$_ENV`, where dotenv libraries put what they read.
     *
     * @param ?string $appId          the app's id; or `PINTEREST_APP_ID`
     * @param ?string $appSecret      the app's secret; or `PINTEREST_APP_SECRET`
     * @param ?string $environment    `production` (default) or `sandbox`
     * @param ?string $baseUrl        another server instead of Pinterest's; or `PINTEREST_API_URI`
     * @param ?string $oauthUrl       another consent page; or `PINTEREST_OAUTH_URI`
     * @param ?float  $timeout        seconds for a whole call: 30 by default, 600 at most
     * @param ?float  $connectTimeout seconds to connect: 10 by default
     * @param ?string $proxy          address of a proxy, http, https or socks5h; or `HTTPS_PROXY`, `HTTP_PROXY`,
     *                                `ALL_PROXY`
     * @param ?string $noProxy        hosts without proxy, with commas; or `NO_PROXY`
     * @param ?string $caFile         PEM file of the certificates to trust; or `SSL_CERT_FILE`, or the system's
     * @param ?bool   $keepAlive      whether a connection is used again for the next call: true by default
     * @param ?bool   $allowHttp      true permits plain http to hosts other than this machine
     * @param ?bool   $trustEnv       whether the environment is read: true by default
     * @param ?LoggerInterface $logger a PSR-3 logger, which gets one line per call at debug level, without secrets
     *
     * @throws Exception\PinterestOAuthException when a setting, or the library, cannot be used
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
        ?LoggerInterface $logger = null,
    ) {
        Library::ffi();
        $settings = \get_defined_vars();
        unset($settings['logger']);
        $settings = Environment::completed($settings) + ['language' => static::LANGUAGE];
        $this->handle = new Handle($settings, $logger === null ? null : new CallLog($logger));
    }

    /**
     * Asks for a token. Store it at once with {@see Token::toJson()}: the refresh token may have changed.
     *
     * @param string|GrantType         $grantType         what the token is asked for with
     * @param ?string                  $code              for `authorization_code`: what {@see redirect()} gave
     * @param ?string                  $redirectUri       for `authorization_code`: the one of the login
     * @param ?string                  $refreshToken      for `refresh_token`
     * @param ?Token                   $token             for `refresh_token`: the token to refresh, instead of its text
     * @param string|list<string>|null $scope             with commas, or a list; not for `authorization_code`
     * @param ?bool                    $continuousRefresh whether refresh tokens are to last on and on; needed for
     *                                                    apps made before 2025-09-25 alone
     * @param array<string, string|int|float|bool>|null $extra  further fields of the form
     * @param ?float                   $timeout           seconds for this call
     *
     * @throws Exception\PinterestOAuthException
     */
    public function oauthToken(
        string|GrantType $grantType,
        #[\SensitiveParameter] ?string $code = null,
        ?string $redirectUri = null,
        #[\SensitiveParameter] ?string $refreshToken = null,
        #[\SensitiveParameter] ?Token $token = null,
        string|array|null $scope = null,
        ?bool $continuousRefresh = null,
        #[\SensitiveParameter] ?array $extra = null,
        ?float $timeout = null,
    ): Token {
        return new Token($this->handle->call('token', \get_defined_vars()));
    }

    /**
     * Refreshes a token. Store the new one at once: the refresh token may have changed.
     *
     * Where you have the text of a refresh token alone, call {@see oauthToken()} with `refreshToken`.
     *
     * @param Token  $token   the token whose refresh token is used; what the answer leaves out is kept from it. A text
     *                        is taken so that the exception can say what to call
     * @param ?float $timeout seconds for this call
     *
     * @throws Exception\PinterestOAuthException {@see Exception\InvalidGrantException} means: let the user log in again
     */
    public function refresh(#[\SensitiveParameter] Token|string $token, ?float $timeout = null): Token
    {
        if (\is_string($token)) {
            $problem = 'must be a Token: Token::fromJson() reads a stored one, oauthToken() takes a refreshToken';
            throw Failure::argument('token', $problem);
        }

        return $this->oauthToken(GrantType::RefreshToken, token: $token, timeout: $timeout);
    }

    /**
     * Revokes a token. Pinterest permits it for tokens of system users alone.
     *
     * @param string  $token         the text of the token
     * @param ?string $tokenTypeHint `access_token` or `refresh_token`
     * @param ?float  $timeout       seconds for this call
     *
     * @return Answer how the call went
     *
     * @throws Exception\PinterestOAuthException
     */
    public function revoke(
        #[\SensitiveParameter] string $token,
        ?string $tokenTypeHint = null,
        ?float $timeout = null,
    ): Answer {
        $document = Document::read($this->handle->call('revoke', \get_defined_vars()));

        return new Answer(Value::members($document['answer'] ?? null) ?? []);
    }

    /**
     * Makes a token for sending conversions.
     *
     * @param string $accessToken an access token with the scope `ads:write`
     * @param ?float $timeout     seconds for this call
     *
     * @throws Exception\PinterestOAuthException
     */
    public function conversionToken(#[\SensitiveParameter] string $accessToken, ?float $timeout = null): Token
    {
        return new Token($this->handle->call('conversion_token', \get_defined_vars()));
    }

    /**
     * Makes the address of Pinterest's consent page. Nothing is sent.
     *
     * @param string                   $redirectUri where the user is sent afterwards, as registered for the app
     * @param string|list<string>|null $scope       what the user is asked for: with commas, or a list
     * @param ?string                  $state       a text of your own; a random one by default
     * @param array<string, string|int|float|bool>|null $extra further parameters of the address
     *
     * @throws Exception\PinterestOAuthException
     */
    public function authorizeUrl(
        string $redirectUri,
        string|array|null $scope = null,
        #[\SensitiveParameter] ?string $state = null,
        #[\SensitiveParameter] ?array $extra = null,
    ): AuthorizeUrl {
        $answer = Document::read($this->handle->call('authorize_url', \get_defined_vars()));

        return new AuthorizeUrl(Value::text($answer['url'] ?? null) ?? '', Value::text($answer['state'] ?? null) ?? '');
    }

    /**
     * Reads the address to which the user came back; the code for {@see oauthToken()}. Nothing is sent, and no client
     * is needed.
     *
     * @param string $url   the whole address, or its query
     * @param string $state the state that was kept
     *
     * @throws Exception\StateMismatchException when it is not the answer to this login
     * @throws Exception\AccessDeniedException  when the user, or Pinterest, said no
     * @throws Exception\PinterestOAuthException
     */
    public static function redirect(#[\SensitiveParameter] string $url, #[\SensitiveParameter] string $state): string
    {
        Library::ffi();
        $request = Document::write(\get_defined_vars() + ['language' => static::LANGUAGE]);

        return Value::text(Document::read(Native::call('pinterest_oauth_redirect', $request))['code'] ?? null) ?? '';
    }

    /**
     * Whether the client has the app's id and secret: for the start of a program. Nothing is sent.
     *
     * Every call but {@see conversionToken()} needs both. Whether Pinterest accepts them is not asked.
     *
     * @throws Exception\InvalidConfigException when one is missing: `getField()` names it
     */
    public function check(): void
    {
        $this->handle->check();
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return [];
    }

    public function __serialize(): array
    {
        throw new \LogicException('A Client is not serialized, because it holds a secret: make it anew');
    }

    /** @param array<mixed> $data */
    public function __unserialize(array $data): void
    {
        throw new \LogicException('A Client is not unserialized: make it anew');
    }
}
