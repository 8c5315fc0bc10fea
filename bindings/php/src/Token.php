<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Failure;
use Pinterest\OAuth\Internal\Native;
use Pinterest\OAuth\Internal\Sealed;
use Pinterest\OAuth\Internal\Value;

/**
 * A token as Pinterest issued it, with the times at which it was obtained and will expire.
 *
 * It cannot be changed. No dump, cast or export shows its secrets, `json_encode()` hides them, and it is not
 * serialised: {@see toJson()} writes everything, {@see fromJson()} reads it back unchanged.
 *
 * @property-read string               $accessToken  the access token: a secret
 * @property-read ?string              $refreshToken the refresh token to use next: a secret; the one that was
 *                                                   sent where the answer held none
 * @property-read array<string, mixed> $extra        what Pinterest sent besides, by its name; it may hold secrets
 * @property-read ?Answer              $answer       how the call went that gave this token; null for one that was
 *                                                   stored
 */
final class Token implements \JsonSerializable
{
    private const HIDDEN = '[redacted]';

    /** `bearer` unless Pinterest says otherwise. */
    public readonly string $tokenType;

    /** Lifetime of the access token in seconds from `$obtainedAt`. */
    public readonly ?int $expiresIn;

    /** Unix time in seconds at which the access token expires. */
    public readonly ?int $expiresAt;

    /** Lifetime of the refresh token in seconds from `$obtainedAt`. */
    public readonly ?int $refreshTokenExpiresIn;

    /** Unix time in seconds at which the refresh token expires. */
    public readonly ?int $refreshTokenExpiresAt;

    /** Whether the answer brought a refresh token, which replaces the one you had. */
    public readonly bool $refreshTokenRotated;

    /** The scopes as text, as Pinterest sent them. */
    public readonly ?string $scope;

    /**
     * The scopes, each once. Pinterest may grant more than was asked for.
     *
     * @var list<string>
     */
    public readonly array $scopes;

    /** Pinterest's `response_type`, whatever its value. */
    public readonly ?string $responseType;

    /** Unix time in seconds at which the answer arrived. */
    public readonly ?int $obtainedAt;

    private readonly Sealed $document;

    /**
     * @internal calls make tokens
     *
     * @param string $json a token document of the core
     */
    public function __construct(#[\SensitiveParameter] string $json)
    {
        $this->document = new Sealed($json);
        $values = $this->toArray();
        $this->tokenType = Value::text($values['token_type'] ?? null) ?? 'bearer';
        $this->expiresIn = Value::integer($values['expires_in'] ?? null);
        $this->expiresAt = Value::integer($values['expires_at'] ?? null);
        $this->refreshTokenExpiresIn = Value::integer($values['refresh_token_expires_in'] ?? null);
        $this->refreshTokenExpiresAt = Value::integer($values['refresh_token_expires_at'] ?? null);
        $this->refreshTokenRotated = ($values['refresh_token_rotated'] ?? null) === true;
        $this->scope = Value::text($values['scope'] ?? null);
        $this->scopes = Value::texts($values['scopes'] ?? null);
        $this->responseType = Value::text($values['response_type'] ?? null);
        $this->obtainedAt = Value::integer($values['obtained_at'] ?? null);
    }

    /**
     * Reads a token document: what {@see toJson()} wrote, or an answer of Pinterest.
     *
     * @throws Exception\InvalidArgumentException when it is no JSON object with an `access_token`
     */
    public static function fromJson(#[\SensitiveParameter] string $json): self
    {
        Library::ffi();
        // C would read up to a NUL and no further; any control character there is an error.
        $token = new self(Native::call('pinterest_oauth_token_read', \strtr($json, "\0", "\1")));
        if ($token->accessToken === self::HIDDEN) {
            throw Failure::argument('token', 'is what json_encode() shows of one: store toJson()');
        }

        return $token;
    }

    /**
     * Whether the access token has expired by PHP's clock; null where its expiry is not known.
     */
    public function isExpired(): ?bool
    {
        return $this->expiresWithin(0);
    }

    /**
     * Whether the access token expires within so many seconds from now, or has expired, by PHP's clock; null where
     * its expiry is not known.
     *
     * @throws Exception\InvalidArgumentException when `$seconds` is no finite number
     */
    public function expiresWithin(float $seconds): ?bool
    {
        if (!\is_finite($seconds)) {
            throw Failure::argument('seconds', 'must be a finite number of seconds');
        }

        // Without a backslash, so that a test may put a time() of its own into this namespace.
        return $this->expiresAt === null ? null : time() + $seconds >= $this->expiresAt;
    }

    /**
     * Reads what {@see toArray()} gave.
     *
     * @param array<string, mixed> $values
     *
     * @throws Exception\InvalidArgumentException when there is no `access_token`
     */
    public static function fromArray(#[\SensitiveParameter] array $values): self
    {
        Library::ffi();
        if (\is_array($values['extra'] ?? null)) {
            // Even where all its names are numbers.
            $values['extra'] = (object) $values['extra'];
        }

        return self::fromJson((string) \json_encode((object) $values, \JSON_PRESERVE_ZERO_FRACTION));
    }

    /** The whole token as JSON, secrets included: the way to store it. Nothing is lost. */
    public function toJson(): string
    {
        return $this->document->json();
    }

    /**
     * What Pinterest answered, as JSON, secrets included: without what this library added, each value to the letter.
     */
    public function asAnswered(): string
    {
        return Native::call('pinterest_oauth_token_as_answered', $this->document->json());
    }

    /**
     * The whole token, secrets included, under Pinterest's names. Integers beyond PHP's are strings.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array
    {
        return $this->document->values();
    }

    public function __get(string $name): mixed
    {
        return match ($name) {
            'accessToken' => Value::text($this->toArray()['access_token'] ?? null) ?? '',
            'refreshToken' => Value::text($this->toArray()['refresh_token'] ?? null),
            'extra' => Value::members($this->toArray()['extra'] ?? null) ?? [],
            'answer' => $this->document->answer(),
            default => throw new \Error(\sprintf('Undefined property: %s::$%s', self::class, $name)),
        };
    }

    public function __isset(string $name): bool
    {
        return \in_array($name, ['accessToken', 'refreshToken', 'extra', 'answer'], true)
            && $this->__get($name) !== null;
    }

    public function __set(string $name, #[\SensitiveParameter] mixed $value): void
    {
        throw new \Error(\sprintf('Cannot modify readonly property %s::$%s', self::class, $name));
    }

    /**
     * The token with its secrets hidden, for logs. It is no token any more.
     *
     * @return array<string, mixed>
     */
    public function jsonSerialize(): array
    {
        return [
            'access_token' => self::HIDDEN,
            'refresh_token' => isset($this->refreshToken) ? self::HIDDEN : null,
            'token_type' => $this->tokenType,
            'scope' => $this->scope,
            'expires_at' => $this->expiresAt,
            'refresh_token_expires_at' => $this->refreshTokenExpiresAt,
        ];
    }

    /** @return array<string, mixed> */
    public function __debugInfo(): array
    {
        return $this->jsonSerialize();
    }

    public function __serialize(): array
    {
        throw new \LogicException('A Token is not serialized, because it holds secrets: use toJson() and fromJson()');
    }

    /** @param array<mixed> $data */
    public function __unserialize(#[\SensitiveParameter] array $data): void
    {
        throw new \LogicException('A Token is not unserialized: use Token::fromJson()');
    }
}
