<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Http;

use Pinterest\OAuth\Exception\PinterestOAuthException;
use Psr\Http\Client\RequestExceptionInterface;
use Psr\Http\Message\RequestInterface;

/** A request was not sent, because there is no token for it. {@see getProblem()} says why. */
final class NoTokenException extends \RuntimeException implements RequestExceptionInterface
{
    /** @internal {@see BearerClient} throws it */
    public function __construct(
        private readonly PinterestOAuthException $problem,
        private readonly RequestInterface $request,
    ) {
        parent::__construct($problem->getMessage(), $problem->getCode(), $problem);
    }

    /** Why there is none: also the previous exception. */
    public function getProblem(): PinterestOAuthException
    {
        return $this->problem;
    }

    /** The request, without a token. */
    public function getRequest(): RequestInterface
    {
        return $this->request;
    }
}
