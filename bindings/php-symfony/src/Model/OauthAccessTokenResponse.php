<?php

declare(strict_types=1);

namespace OpenAPI\Server\Model;

/**
 * A token, for an implementation to return. Immutable; dumping it shows no value.
 */
final class OauthAccessTokenResponse implements \JsonSerializable
{
    use Hidden;

    /**
     * @param string               $accessToken           the access token
     * @param int                  $expiresIn             its life in seconds
     * @param string               $scope                 the scopes, with spaces between them
     * @param string               $tokenType             `bearer`
     * @param string|null          $responseType          the grant that this answers
     * @param string|null          $refreshToken          the refresh token to use from now on
     * @param int|null             $refreshTokenExpiresIn its life in seconds
     * @param int|null             $refreshTokenExpiresAt when it ends, in Unix seconds
     * @param array<string, mixed> $extra                 further keys, as Pinterest may add them
     */
    public function __construct(
        #[\SensitiveParameter] string $accessToken,
        int $expiresIn,
        string $scope,
        string $tokenType = 'bearer',
        ?string $responseType = null,
        #[\SensitiveParameter] ?string $refreshToken = null,
        ?int $refreshTokenExpiresIn = null,
        ?int $refreshTokenExpiresAt = null,
        #[\SensitiveParameter] array $extra = [],
    ) {
        $this->hide([
            'access_token' => $accessToken,
            'refresh_token' => $refreshToken,
            'response_type' => $responseType,
            'token_type' => $tokenType,
            'expires_in' => $expiresIn,
            'refresh_token_expires_in' => $refreshTokenExpiresIn,
            'refresh_token_expires_at' => $refreshTokenExpiresAt,
            'scope' => $scope,
            'extra' => $extra,
        ]);
    }

    /**
     * The answer's document, secrets included; keys that are null are left out.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array
    {
        $values = self::$hidden[$this];
        $extra = $values['extra'];
        unset($values['extra']);

        return array_filter($values, static fn (mixed $value): bool => $value !== null) + $extra;
    }
}
