<?php

declare(strict_types=1);

namespace OpenAPI\Server\Api;

use OpenAPI\Server\Model\OauthAccessTokenRequest;

/**
 * An {@see OauthApiInterface} that is given the whole request.
 */
interface RequestAwareOauthApiInterface extends OauthApiInterface
{
    /**
     * @param OauthAccessTokenRequest|null $request every field of the form; the bundle never passes null
     */
    public function oauthToken(
        string $grantType,
        int &$responseCode,
        array &$responseHeaders,
        ?OauthAccessTokenRequest $request = null,
    ): array|object|null;
}
