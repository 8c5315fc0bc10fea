<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Http;

use Pinterest\OAuth\Account;
use Pinterest\OAuth\Internal\Bearer;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

/**
 * The same as {@see BearerClient} for Guzzle: `$stack->push(new BearerMiddleware($account))`.
 *
 * Where there is no token, this library's own exception is thrown. A refresh blocks, also in an asynchronous request.
 */
final class BearerMiddleware
{
    private readonly Bearer $bearer;

    /**
     * @param Account      $account whose tokens the requests carry
     * @param list<string> $origins which servers get the token, for example `http://127.0.0.1:8080` for a test;
     *                              Pinterest's API and its sandbox by default
     */
    public function __construct(Account $account, array $origins = Bearer::PINTEREST)
    {
        $this->bearer = new Bearer($account, $origins);
    }

    /** The handler of requests around `$handler`, as Guzzle wants it. */
    public function __invoke(callable $handler): \Closure
    {
        return function (RequestInterface $request, array $options) use ($handler) {
            $token = $this->bearer->token($request);
            if ($token === null) {
                return $handler($request, $options);
            }

            return $handler(Bearer::with($request, $token), $options)->then(
                function (ResponseInterface $response) use ($handler, $request, $options, $token) {
                    $again = $this->bearer->again($request, $response, $token);

                    return $again === null ? $response : $handler($again, $options);
                },
            );
        };
    }
}
