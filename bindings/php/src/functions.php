<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/**
 * Asks for a token with a client that lives for this call alone. {@see Client} explains every parameter.
 *
 * @param string|list<string>|null                  $scope
 * @param array<string, string|int|float|bool>|null $extra
 *
 * @throws Exception\PinterestOAuthException
 */
function oauthToken(
    string|GrantType $grantType,
    #[\SensitiveParameter] ?string $code = null,
    ?string $redirectUri = null,
    #[\SensitiveParameter] ?string $refreshToken = null,
    #[\SensitiveParameter] ?Token $token = null,
    string|array|null $scope = null,
    ?bool $continuousRefresh = null,
    #[\SensitiveParameter] ?array $extra = null,
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
    ?bool $allowHttp = null,
    ?bool $trustEnv = null,
): Token {
    $client = new Client(
        appId: $appId,
        appSecret: $appSecret,
        environment: $environment,
        baseUrl: $baseUrl,
        oauthUrl: $oauthUrl,
        timeout: $timeout,
        connectTimeout: $connectTimeout,
        proxy: $proxy,
        noProxy: $noProxy,
        caFile: $caFile,
        allowHttp: $allowHttp,
        trustEnv: $trustEnv,
    );

    return $client->oauthToken(
        $grantType,
        code: $code,
        redirectUri: $redirectUri,
        refreshToken: $refreshToken,
        token: $token,
        scope: $scope,
        continuousRefresh: $continuousRefresh,
        extra: $extra,
    );
}
