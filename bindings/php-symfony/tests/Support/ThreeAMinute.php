<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use Symfony\Component\HttpFoundation\RateLimiter\AbstractRequestRateLimiter;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\RateLimiter\RateLimiterFactory;
use Symfony\Component\RateLimiter\Storage\InMemoryStorage;

/**
 * Three requests a minute from each address.
 */
final class ThreeAMinute extends AbstractRequestRateLimiter
{
    private readonly RateLimiterFactory $factory;

    public function __construct()
    {
        $limit = ['id' => 'oauth', 'policy' => 'fixed_window', 'limit' => 3, 'interval' => '1 minute'];
        $this->factory = new RateLimiterFactory($limit, new InMemoryStorage());
    }

    protected function getLimiters(Request $request): array
    {
        return [$this->factory->create($request->getClientIp())];
    }
}
