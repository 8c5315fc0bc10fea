<?php

declare(strict_types=1);

namespace OpenAPI\Server;

use OpenAPI\Server\DependencyInjection\Compiler\ApiPass;
use Symfony\Component\DependencyInjection\ContainerBuilder;
use Symfony\Component\HttpKernel\Bundle\Bundle;

/**
 * Pinterest's `POST /oauth/token` as a Symfony bundle; its configuration is `open_api_server`.
 */
final class OpenAPIServerBundle extends Bundle
{
    public function build(ContainerBuilder $container): void
    {
        parent::build($container);
        $container->addCompilerPass(new ApiPass());
    }

    public function getPath(): string
    {
        return \dirname(__DIR__);
    }
}
