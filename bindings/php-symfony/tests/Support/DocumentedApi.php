<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use OpenAPI\Server\Api\OauthApiInterface;

/**
 * The document's example with a body: three parameters and no more.
 */
final class DocumentedApi implements OauthApiInterface
{
    public function oauthToken(string $grantType, int &$responseCode, array &$responseHeaders): array|object|null
    {
        $responseCode = 201;
        $responseHeaders['X-Own'] = 'yes';

        return ['access_token' => 'pina_for_' . $grantType];
    }
}
