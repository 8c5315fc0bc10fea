<?php

declare(strict_types=1);

namespace OpenAPI\Server\Api;

/**
 * What answers `POST /oauth/token`. Tag your service `open_api_server.api` with `api: "oauth"`.
 *
 * @see RequestAwareOauthApiInterface to be given the other fields of the request as well
 */
interface OauthApiInterface
{
    /**
     * Generate OAuth access token.
     *
     * Called when the caller's Basic credentials and the grant type are right.
     *
     * @param string                              $grantType       `authorization_code`, `refresh_token` or
     *                                                             `client_credentials`
     * @param int                                 $responseCode    the answer's HTTP status; 200 unless you set another
     * @param array<string, string|list<string>>  $responseHeaders the answer's headers, yours to fill
     *
     * @return array|object|null An {@see \OpenAPI\Server\Model\OauthAccessTokenResponse}, a
     *                           {@see \Pinterest\OAuth\Token}, an {@see \OpenAPI\Server\Model\Error}, a Symfony
     *                           Response, or anything that becomes a JSON object. Null answers with 204, or with
     *                           Pinterest's error for the `$responseCode` that you set.
     */
    public function oauthToken(string $grantType, int &$responseCode, array &$responseHeaders): array|object|null;
}
