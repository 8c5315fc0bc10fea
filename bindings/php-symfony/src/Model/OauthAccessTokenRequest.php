<?php

declare(strict_types=1);

namespace OpenAPI\Server\Model;

use OpenAPI\Server\Http\Form;

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

    /**
     * @internal
     *
     * @throws \OpenAPI\Server\Http\Refusal when a field cannot be read without doubt
     */
    public static function fromForm(string $grantType, Form $form, string $user): self
    {
        return new self(
            grantType: $grantType,
            code: $form->take('code'),
            redirectUri: $form->take('redirect_uri'),
            refreshToken: $form->take('refresh_token'),
            scope: $form->take('scope'),
            continuousRefresh: $form->flag('continuous_refresh'),
            refreshOn: $form->flag('refresh_on'),
            extra: $form->rest(),
            user: $user,
        );
    }

    /**
     * Every value by its name in the constructor.
     *
     * @internal
     *
     * @return array<string, mixed>
     */
    public function values(): array
    {
        return self::$hidden[$this];
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

    /**
     * The same as a list.
     *
     * @return list<string>
     */
    public function getScopes(): array
    {
        return preg_split('/[\s,]+/', $this->getScope() ?? '', -1, \PREG_SPLIT_NO_EMPTY) ?: [];
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
