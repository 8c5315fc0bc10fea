<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Psr\Log\LoggerInterface;

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
    ?bool $keepAlive = null,
    ?bool $allowHttp = null,
    ?bool $trustEnv = null,
    ?LoggerInterface $logger = null,
): Token {
    Library::ffi();
    $given = \get_defined_vars();
    $settings = [];
    foreach ((new \ReflectionMethod(Client::class, '__construct'))->getParameters() as $parameter) {
        $settings[$parameter->getName()] = $given[$parameter->getName()];
    }

    return (new Client(...$settings))->oauthToken(...\array_diff_key($given, $settings));
}
