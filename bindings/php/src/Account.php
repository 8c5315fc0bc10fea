<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Exception\NotSavedException;
use Pinterest\OAuth\Internal\Document;
use Pinterest\OAuth\Internal\ManagerLog;
use Pinterest\OAuth\Internal\Pointer;

/**
 * An account of a {@see TokenManager}: cheap to make, and to keep. Its tokens are in the store, not in this object.
 *
 * Every call blocks until it is done, or its deadline is there: signal handlers of PHP run after it. A refresh or a
 * login that was sent is stored, whatever happens to the one who asked.
 */
final class Account
{
    private const PREFIX = 'pinterest_oauth_account_';

    /**
     * @internal {@see TokenManager::account()} makes accounts
     *
     * @param string $name its name; empty for tokens of the app itself
     */
    public function __construct(
        private readonly Pointer $account,
        public readonly string $name,
        private readonly ?ManagerLog $log = null,
    ) {
    }

    /**
     * An access token that is valid now: from memory, else from the store, refreshed when it is due. Only in its last
     * minutes does anybody wait for a refresh. Ask each time that you need it, and do not keep it.
     *
     * @param string|list<string>|null $scopes what it must be allowed to do: with commas, or a list
     *
     * @throws Exception\UnknownAccountException          when nobody has logged in
     * @throws Exception\ReauthorizationRequiredException when the user has to log in again
     * @throws Exception\InsufficientScopeException       when it lacks a scope; nothing was sent
     * @throws Exception\PinterestOAuthException          while the token is valid, no other failure keeps it back
     */
    public function accessToken(string|array|null $scopes = null): string
    {
        if ($scopes !== null) {
            return $this->call('access_token', Document::scopes('scopes', $scopes));
        }
        if ($this->log !== null) {
            // Where nobody has to look, nothing is to be told.
            return $this->account->text(self::PREFIX . 'cached') ?? $this->call('access_token', null);
        }
        try {
            return $this->account->accessToken();
        } catch (NotSavedException $problem) {
            throw $problem->carry($this->unsaved());
        }
    }

    /**
     * The access token that this process knows, while it is valid; null where it knows none. It never waits, reads or
     * fails.
     */
    public function accessTokenNow(): ?string
    {
        return $this->account->text(self::PREFIX . 'access_token_now');
    }

    /**
     * The whole token, as {@see accessToken()}.
     *
     * @throws Exception\PinterestOAuthException as {@see accessToken()}
     */
    public function token(): Token
    {
        return new Token($this->call('token'));
    }

    /**
     * A resource answered 401 to an access token: the one to try once more with. It is the stored one where that is
     * another, else a new one, at most once for each token and in ten minutes.
     *
     * @param string $accessToken the one that was refused
     * @param int    $code        Pinterest's code in the answer. 3, a missing scope, refreshes nothing
     *
     * @throws Exception\InvalidTokenException      when it was refreshed for this a moment ago
     * @throws Exception\InsufficientScopeException for code 3
     * @throws Exception\PinterestOAuthException    as {@see accessToken()}
     */
    public function rejected(#[\SensitiveParameter] string $accessToken, int $code = 2): string
    {
        return $this->call('rejected', Document::text('accessToken', $accessToken), $code);
    }

    /**
     * Logs the account in: exchanges the code of the redirect, and stores the token. The same redirect twice sends its
     * code once.
     *
     * @param string  $code              what {@see Client::redirect()} gave
     * @param string  $redirectUri       the one of the login
     * @param ?string $state             the state of the redirect; by default the code says which redirect it is
     * @param ?bool   $continuousRefresh whether to ask for a refresh token that rotates: true by default
     * @param array<string, string|int|float|bool>|null $extra further fields of the form
     * @param ?float  $timeout           seconds for this call
     *
     * @throws Exception\StoreUnavailableException when the store has no room; the code was not sent
     * @throws Exception\NotSavedException
     * @throws Exception\PinterestOAuthException
     */
    public function login(
        #[\SensitiveParameter] string $code,
        string $redirectUri,
        #[\SensitiveParameter] ?string $state = null,
        ?bool $continuousRefresh = null,
        #[\SensitiveParameter] ?array $extra = null,
        ?float $timeout = null,
    ): Token {
        return new Token($this->call('login', Document::write(\get_defined_vars())));
    }

    /**
     * Stores a token that was issued elsewhere, in place of what the account had. One without a refresh token lives
     * until it expires.
     *
     * @throws Exception\PinterestOAuthException
     */
    public function import(#[\SensitiveParameter] Token $token): void
    {
        $this->call('import', $token->toJson());
    }

    /**
     * Refreshes where it is due, as the store has it now.
     *
     * @param bool $force also when nothing is due, in a wait after a failure, and where a login is needed
     *
     * @throws Exception\PinterestOAuthException as {@see accessToken()}; with force a valid token hides no failure
     */
    public function refresh(bool $force = false): Token
    {
        return new Token($this->call('refresh', (int) $force));
    }

    /**
     * Where it stands. Nothing is sent.
     *
     * @throws Exception\UnknownAccountException
     * @throws Exception\StoreUnavailableException
     */
    public function status(): Status
    {
        return new Status(Document::read($this->call('status')));
    }

    /**
     * The stored token, valid or not. Nothing is sent.
     *
     * @throws Exception\UnknownAccountException
     * @throws Exception\StoreUnavailableException
     */
    public function export(): Token
    {
        return new Token($this->call('export'));
    }

    /**
     * Removes the account from the store, with every copy of its tokens. Pinterest is told nothing.
     *
     * @throws Exception\UnknownAccountException
     * @throws Exception\StoreUnavailableException
     */
    public function remove(): Removed
    {
        return new Removed(Document::read($this->call('remove')));
    }

    /**
     * Gives the account another name. This object keeps the old one.
     *
     * @throws Exception\UnknownAccountException
     * @throws Exception\InvalidArgumentException when it is no name, or another account's
     * @throws Exception\StoreBusyException       while a refresh is under way
     */
    public function rename(string $newName): void
    {
        $this->call('rename', Document::text('newName', $newName));
    }

    /** The token that Pinterest issued and no disk took; null where all is stored. */
    public function unsaved(): ?Token
    {
        $json = $this->account->text(self::PREFIX . 'unsaved');

        return $json === null ? null : new Token($json);
    }

    private function call(string $name, #[\SensitiveParameter] mixed ...$arguments): string
    {
        try {
            return $this->account->call("account_$name", ...$arguments);
        } catch (NotSavedException $problem) {
            throw $problem->carry($this->unsaved());
        } finally {
            $this->log?->write();
        }
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return ['name' => $this->name];
    }

    public function __serialize(): array
    {
        throw new \LogicException('An Account is not serialized: keep its name');
    }

    /** @param array<mixed> $data */
    public function __unserialize(array $data): void
    {
        throw new \LogicException('An Account is not unserialized: ask a TokenManager for it');
    }
}
