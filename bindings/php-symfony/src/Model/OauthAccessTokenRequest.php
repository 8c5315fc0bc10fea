<?php

declare(strict_types=1);

namespace OpenAPI\Server\Model;

/**
 * What the caller sent, decoded. Immutable; dumping it shows no value.
 *
 * Null means that the field was not sent. Which fields a grant needs is not checked here.
 */
final class OauthAccessTokenRequest implements \JsonSerializable
{
    use Hidden;

    /**
     * @param array<string, string> $extra fields that have no getter, by their name on the wire
     * @param string                $user  the user name of the caller's Basic credentials
     */
    public function __construct(
        string $grantType,
        #[\SensitiveParameter] ?string $code = null,
        ?string $redirectUri = null,
        #[\SensitiveParameter] ?string $refreshToken = null,
        ?string $scope = null,
        ?bool $continuousRefresh = null,
        ?bool $refreshOn = null,
        #[\SensitiveParameter] array $extra = [],
        string $user = '',
    ) {
        $this->hide(get_defined_vars());
    }

    /** `authorization_code`, `refresh_token` or `client_credentials`. */
    public function getGrantType(): string
    {
        return $this->reveal('grantType');
    }

    /** The authorization code: a secret. */
    public function getCode(): ?string
    {
        return $this->reveal('code');
    }

    /** The address that the code was sent to. */
    public function getRedirectUri(): ?string
    {
        return $this->reveal('redirectUri');
    }

    /** The refresh token: a secret. */
    public function getRefreshToken(): ?string
    {
        return $this->reveal('refreshToken');
    }

    /** The scopes as they were sent: Pinterest takes commas, and spaces were seen. */
    public function getScope(): ?string
    {
        return $this->reveal('scope');
    }

    /** Whether a refresh token that rotates is asked for. */
    public function getContinuousRefresh(): ?bool
    {
        return $this->reveal('continuousRefresh');
    }

    /** The earlier name of `continuous_refresh`, sent when refreshing. */
    public function getRefreshOn(): ?bool
    {
        return $this->reveal('refreshOn');
    }

    /**
     * Fields that have no getter, by their name on the wire. They may hold secrets.
     *
     * @return array<string, string>
     */
    public function getExtra(): array
    {
        return $this->reveal('extra');
    }

    /** The user name that the caller has proved by Basic credentials. */
    public function getUser(): string
    {
        return $this->reveal('user');
    }
}
