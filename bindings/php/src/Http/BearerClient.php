<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Http;

use Pinterest\OAuth\Account;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Internal\Bearer;
use Psr\Http\Client\ClientInterface;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

/**
 * A PSR-18 client around another one: every request to Pinterest's API carries the access token of an account. Where
 * Pinterest does not accept it (401, code 2), the request is sent once more with a new one.
 *
 * It is sent once more only if its body can be rewound, and the answer's body, too. Requests to other servers are sent
 * as they are. It needs `psr/http-client`.
 */
final class BearerClient implements ClientInterface
{
    private readonly Bearer $bearer;

    /**
     * @param ClientInterface $client  what sends the requests
     * @param Account         $account whose tokens they carry
     * @param list<string>    $origins which servers get the token, for example `http://127.0.0.1:8080` for a test;
     *                                 Pinterest's API and its sandbox by default
     */
    public function __construct(
        private readonly ClientInterface $client,
        Account $account,
        array $origins = Bearer::PINTEREST,
    ) {
        $this->bearer = new Bearer($account, $origins);
    }

    /**
     * Sends a request.
     *
     * @throws \Psr\Http\Client\ClientExceptionInterface that of the other client; {@see NoTokenException} where there
     *                                                   is no token
     */
    public function sendRequest(RequestInterface $request): ResponseInterface
    {
        try {
            $token = $this->bearer->token($request);
        } catch (PinterestOAuthException $problem) {
            throw new NoTokenException($problem, $request);
        }
        if ($token === null) {
            return $this->client->sendRequest($request);
        }
        $response = $this->client->sendRequest(Bearer::with($request, $token));
        try {
            $again = $this->bearer->again($request, $response, $token);
        } catch (PinterestOAuthException $problem) {
            throw new NoTokenException($problem, $request);
        }

        return $again === null ? $response : $this->client->sendRequest($again);
    }
}
