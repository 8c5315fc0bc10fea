<?php

declare(strict_types=1);

namespace OpenAPI\Server\Gateway;

use OpenAPI\Server\Api\RequestAwareOauthApiInterface;
use OpenAPI\Server\Misuse;
use OpenAPI\Server\Model\OauthAccessTokenRequest;
use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Psr\Log\LoggerInterface;

/**
 * Passes requests on to Pinterest with the app's own secret, which its callers never see.
 */
final class PinterestGateway implements RequestAwareOauthApiInterface
{
    /** Credentials in the form are the caller's for this gateway: they are not for Pinterest. */
    private const NOT_PASSED_ON = ['client_id' => true, 'client_secret' => true];

    /**
     * @param \Closure(): Client $client
     */
    public function __construct(
        private readonly \Closure $client,
        private readonly LoggerInterface $logger,
    ) {
    }

    public function oauthToken(
        string $grantType,
        int &$responseCode,
        array &$responseHeaders,
        ?OauthAccessTokenRequest $request = null,
    ): array|object|null {
        $client = $this->client();
        $request ??= new OauthAccessTokenRequest($grantType);
        $context = ['grant_type' => $grantType, 'user' => $request->getUser()];
        try {
            $token = $client->oauthToken(...self::arguments($request));
        } catch (PinterestOAuthException $problem) {
            $failure = Failure::of($problem);
            $responseCode = $failure->status;
            $responseHeaders = $failure->headers;
            $this->logger->log($failure->level, '{remark} ({kind}, asked for by {user})', $context + [
                'remark' => $failure->remark,
                'kind' => $problem->getKind()->value,
                'outcome' => $problem->getOutcome()->value,
                'http_status' => $problem->getHttpStatus(),
                'code' => $problem->getPinterestCode(),
                'request_id' => $problem->getRequestId(),
            ]);

            return $failure->body;
        }
        $id = $token->answer?->requestId;
        if ($id !== null) {
            $responseHeaders['X-Pinterest-Rid'] = $id;
        }

        return $token;
    }

    private function client(): Client
    {
        try {
            return ($this->client)();
        } catch (PinterestOAuthException $problem) {
            throw new Misuse('The gateway cannot be used: ' . $problem->getMessage());
        }
    }

    /**
     * The request as the client takes it.
     *
     * @return array<string, mixed>
     */
    private static function arguments(OauthAccessTokenRequest $request): array
    {
        $arguments = $request->values();
        $extra = array_diff_key($request->getExtra(), self::NOT_PASSED_ON);
        if ($request->getRefreshOn() !== null) {
            $extra['refresh_on'] = $request->getRefreshOn() ? 'true' : 'false';
        }
        unset($arguments['user'], $arguments['refreshOn']);

        return ['extra' => $extra] + $arguments;
    }
}
