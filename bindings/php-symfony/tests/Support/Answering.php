<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use OpenAPI\Server\Api\RequestAwareOauthApiInterface;
use OpenAPI\Server\Model\OauthAccessTokenRequest;

/**
 * An implementation that does what the test says.
 */
final class Answering implements RequestAwareOauthApiInterface
{
    /** @var \Closure(string, int, array, ?OauthAccessTokenRequest): mixed */
    public static \Closure $answer;

    public function oauthToken(
        string $grantType,
        int &$responseCode,
        array &$responseHeaders,
        ?OauthAccessTokenRequest $request = null,
    ): array|object|null {
        return (self::$answer)($grantType, $responseCode, $responseHeaders, $request);
    }
}
