<?php

declare(strict_types=1);

namespace Symfony\Component\DependencyInjection\Loader\Configurator;

use OpenAPI\Server\Controller\AuthorizeController;
use OpenAPI\Server\Controller\Guard;
use OpenAPI\Server\Controller\OauthController;
use OpenAPI\Server\DependencyInjection\Compiler\ApiPass;
use OpenAPI\Server\Gateway\ConsentPage;
use OpenAPI\Server\Gateway\GatewayClient;
use OpenAPI\Server\Gateway\PinterestGateway;
use OpenAPI\Server\Security\ClientAuthenticatorInterface;
use OpenAPI\Server\Security\ConfiguredClients;
use OpenAPI\Server\Security\Gate;
use Pinterest\OAuth\TokenManager;
use Psr\Log\LogLevel;
use Symfony\Component\HttpKernel\Log\Logger;

return static function (ContainerConfigurator $container): void {
    $channel = ['channel' => 'pinterest_oauth'];
    $container->services()
        ->set(ConfiguredClients::class)
        ->alias(ClientAuthenticatorInterface::class, ConfiguredClients::class)
        ->set(Gate::class)

        // To PHP's error log: Symfony's logger writes nothing below "error" in production.
        ->set('open_api_server.audit_logger', Logger::class)
            ->args([LogLevel::INFO])

        ->set(Guard::class)
            ->args([
                '$gate' => service(Gate::class),
                '$logger' => service('logger'),
                '$auditLogger' => service('open_api_server.audit_logger'),
                '$debug' => param('kernel.debug'),
                '$profiler' => service('profiler')->nullOnInvalid(),
            ])
            ->tag('monolog.logger', $channel)

        ->set(OauthController::class)
            ->args([
                '$guard' => service(Guard::class),
                '$authenticator' => service(ClientAuthenticatorInterface::class),
            ])
            ->tag('controller.service_arguments')
            ->public()
        ->set(AuthorizeController::class)
            ->args(['$guard' => service(Guard::class), '$page' => service(ConsentPage::class)->nullOnInvalid()])
            ->tag('controller.service_arguments')
            ->public()

        ->set(TokenManager::class)
            ->args(['$logger' => service('logger')])
            ->tag('monolog.logger', $channel)
        ->set('open_api_server.client', GatewayClient::class)
            ->args(['$logger' => service('logger')])
            ->tag('monolog.logger', $channel)
        ->set(ConsentPage::class)
            ->args([service_closure('open_api_server.client')])
        ->set(PinterestGateway::class)
            ->args([service_closure('open_api_server.client'), service('logger')])
            ->tag(ApiPass::TAG, ['api' => 'oauth'])
            ->tag('monolog.logger', $channel);
};
