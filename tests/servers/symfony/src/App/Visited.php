<?php

declare(strict_types=1);

namespace App;

use Pinterest\OAuth\Client;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;

/**
 * Asks for a token with the visitor's scopes, by the client of the bundle, and says who answered.
 */
final class Visited
{
    public function __construct(private readonly Client $client)
    {
    }

    public function __invoke(Request $request): JsonResponse
    {
        $token = $this->client->oauthToken('client_credentials', scope: $request->query->get('scope'));

        return new JsonResponse(['master' => null, 'worker' => getmypid(), 'scopes' => $token->scopes]);
    }
}
