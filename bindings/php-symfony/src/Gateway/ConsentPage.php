<?php

declare(strict_types=1);

namespace OpenAPI\Server\Gateway;

use OpenAPI\Server\Http\Form;
use OpenAPI\Server\Http\Refusal;
use OpenAPI\Server\Misuse;
use Pinterest\OAuth\Client;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception\PinterestOAuthException;

/**
 * Pinterest's consent page with the app's id, in place of the caller's name that clients put there.
 *
 * @internal
 */
final class ConsentPage
{
    /**
     * @param \Closure(): Client $client
     */
    public function __construct(private readonly \Closure $client)
    {
    }

    /**
     * @throws Refusal when the query is none of a login
     */
    public function address(Form $query): string
    {
        $query->take('client_id');
        $query->take('response_type');
        $redirectUri = $query->take('redirect_uri') ?? throw Refusal::invalid('redirect_uri is missing');
        $scope = $query->take('scope');
        // One that was made here would be known to nobody.
        $state = $query->take('state') ?? throw Refusal::invalid('state is missing');
        try {
            return ($this->client)()->authorizeUrl($redirectUri, $scope, $state, $query->rest())->url;
        } catch (PinterestOAuthException $problem) {
            throw $problem->getKind() === ErrorKind::InvalidArgument
                ? Refusal::invalid($problem->toArray()['message'])
                : new Misuse('The gateway cannot be used: ' . $problem->getMessage());
        }
    }
}
