<?php

declare(strict_types=1);

use OpenAPI\Server\Controller\AuthorizeController;
use OpenAPI\Server\Controller\OauthController;
use Symfony\Component\Routing\Loader\Configurator\RoutingConfigurator;

return static function (RoutingConfigurator $routes): void {
    $routes->add('open_api_server_oauth_token', '/oauth/token')
        ->methods(['POST'])
        ->controller([OauthController::class, 'oauthToken']);
    // Whatever else comes here is told so in Pinterest's words.
    $routes->add('open_api_server_oauth_token_method', '/oauth/token')
        ->controller([OauthController::class, 'methodNotAllowed']);
    $routes->add('open_api_server_oauth', '/oauth/')
        ->methods(['GET'])
        ->controller([AuthorizeController::class, 'authorize']);
};
