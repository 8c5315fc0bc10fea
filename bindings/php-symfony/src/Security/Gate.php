<?php

declare(strict_types=1);

namespace OpenAPI\Server\Security;

use OpenAPI\Server\Http\Refusal;
use Symfony\Component\HttpFoundation\RateLimiter\RequestRateLimiterInterface;
use Symfony\Component\HttpFoundation\Request;

/**
 * What a request has to pass before anything of it is read.
 *
 * @internal
 */
final class Gate
{
    public function __construct(
        private readonly bool $requireHttps,
        private readonly ?RequestRateLimiterInterface $limiter = null,
    ) {
    }

    /**
     * @throws Refusal
     */
    public function admit(Request $request): void
    {
        if ($this->requireHttps && !$request->isSecure()) {
            throw Refusal::invalid('https is required; what was sent by plain http is no secret any more');
        }
        $limit = $this->limiter?->consume($request);
        if ($limit !== null && !$limit->isAccepted()) {
            throw Refusal::tooMany(max(1, $limit->getRetryAfter()->getTimestamp() - time()));
        }
    }
}
