<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** How a login ended, and how to answer a visitor. It holds no secret. */
final class LoginEnd
{
    /** How it ended; {@see TokenManager::login()} returns for `Done` only. */
    public readonly LoginOutcome $outcome;

    /** The HTTP status to answer the visitor with: 303, 403, 400 or 204. */
    public readonly int $status;

    /** What happened, as a sentence for the visitor. */
    public readonly string $message;

    /** The account that was to be logged in. */
    public readonly ?string $account;

    /** Where the visitor goes on: the path that was given at the begin. */
    public readonly ?string $next;

    /**
     * The values of the answer's `Set-Cookie` headers, one header for each.
     *
     * @var list<string>
     */
    public readonly array $setCookies;

    /**
     * What the access token may do.
     *
     * @var list<string>
     */
    public readonly array $scopes;

    /** Unix time in seconds at which the access token expires; null where it is not known. */
    public readonly ?int $expiresAt;

    /** Unix time in seconds at which the refresh token expires; null where it is not known. */
    public readonly ?int $refreshTokenExpiresAt;

    /** Who logged in; null where the token may not say it. */
    public readonly ?User $user;

    /** Who had logged in to this account before; null where that is not known. */
    public readonly ?User $previousUser;

    /**
     * @internal a manager makes it
     *
     * @param array<mixed> $values
     */
    public function __construct(array $values)
    {
        // What a newer library calls otherwise is no login that this package knows to be done.
        $outcome = LoginOutcome::tryFrom(Value::text($values['outcome'] ?? null) ?? '');
        $this->outcome = $outcome ?? LoginOutcome::Mismatch;
        $this->status = Value::integer($values['status'] ?? null) ?? 400;
        $this->message = Value::text($values['message'] ?? null) ?? '';
        $this->account = Value::text($values['account'] ?? null);
        $this->next = Value::text($values['next'] ?? null);
        $this->setCookies = Value::texts($values['set_cookies'] ?? null);
        $this->scopes = Value::texts($values['scopes'] ?? null);
        $this->expiresAt = Value::integer($values['expires_at'] ?? null);
        $this->refreshTokenExpiresAt = Value::integer($values['refresh_token_expires_at'] ?? null);
        $this->user = User::read($values['user'] ?? null);
        $this->previousUser = User::read($values['previous_user'] ?? null);
    }

    /**
     * The headers of the answer by name, as Symfony's `Response` and those of PSR-7 take them: after `Done` the way to
     * `$next`.
     *
     * @param string $page where to go on where there is no `$next`
     *
     * @return array<string, list<string>>
     */
    public function headers(string $page = '/'): array
    {
        $headers = ['Cache-Control' => ['no-store'], 'Referrer-Policy' => ['no-referrer']];
        if ($this->setCookies !== []) {
            $headers['Set-Cookie'] = $this->setCookies;
        }
        if ($this->status === 303) {
            $headers['Location'] = [$this->next ?? $page];
        } elseif ($this->status !== 204) {
            $headers['Content-Type'] = ['text/plain; charset=utf-8'];
        }

        return $headers;
    }

    /** The body of the answer: the message where there is nowhere to go. An app may have a page of its own for it. */
    public function body(): string
    {
        return $this->status === 303 || $this->status === 204 ? '' : "$this->message\n";
    }

    /**
     * Answers the visitor with all this, by `header()`. Nothing must have been printed before.
     *
     * @param string $page where to go on where there is no `$next`
     */
    public function send(string $page = '/'): void
    {
        Internal\Headers::send($this->status, $this->headers($page));
        print $this->body();
    }
}
