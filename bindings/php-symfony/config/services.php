<?php

declare(strict_types=1);

namespace Symfony\Component\DependencyInjection\Loader\Configurator;

use OpenAPI\Server\Controller\OauthController;
use OpenAPI\Server\DependencyInjection\Compiler\ApiPass;
use OpenAPI\Server\Gateway\GatewayClient;
use OpenAPI\Server\Gateway\PinterestGateway;
use OpenAPI\Server\Security\ClientAuthenticatorInterface;
use OpenAPI\Server\Security\ConfiguredClients;

return static function (ContainerConfigurator $container): void {
    $container->services()
        ->set(OauthController::class)
            ->args([
                '$authenticator' => service(ClientAuthenticatorInterface::class),
                '$logger' => service('logger'),
                '$profiler' => service('profiler')->nullOnInvalid(),
                '$debug' => param('kernel.debug'),
            ])
            ->tag('controller.service_arguments')
            ->tag('monolog.logger', ['channel' => 'pinterest_oauth'])
            ->public()

        ->set(ConfiguredClients::class)
        ->alias(ClientAuthenticatorInterface::class, ConfiguredClients::class)

        ->set('open_api_server.client', GatewayClient::class)
        ->set(PinterestGateway::class)
            ->args([service_closure('open_api_server.client'), service('logger')])
            ->tag(ApiPass::TAG, ['api' => 'oauth'])
            ->tag('monolog.logger', ['channel' => 'pinterest_oauth']);
};
