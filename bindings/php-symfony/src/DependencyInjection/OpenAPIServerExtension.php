<?php

declare(strict_types=1);

namespace OpenAPI\Server\DependencyInjection;

use OpenAPI\Server\Gateway\PinterestGateway;
use OpenAPI\Server\Security\ConfiguredClients;
use Symfony\Component\Config\FileLocator;
use Symfony\Component\DependencyInjection\Container;
use Symfony\Component\DependencyInjection\ContainerBuilder;
use Symfony\Component\DependencyInjection\Extension\Extension;
use Symfony\Component\DependencyInjection\Loader\PhpFileLoader;

/**
 * Turns the configuration into services.
 *
 * @internal
 */
final class OpenAPIServerExtension extends Extension
{
    public function load(array $configs, ContainerBuilder $container): void
    {
        $config = $this->processConfiguration(new Configuration(), $configs);
        $loader = new PhpFileLoader($container, new FileLocator(\dirname(__DIR__, 2) . '/config'));
        $loader->load('services.php');
        $container->getDefinition(ConfiguredClients::class)->setArgument('$hashes', $config['clients']);

        $settings = $config['gateway'];
        if (!$settings['enabled']) {
            $container->removeDefinition(PinterestGateway::class);
            $container->removeDefinition('open_api_server.client');

            return;
        }
        unset($settings['enabled']);
        $client = $container->getDefinition('open_api_server.client');
        foreach ($settings as $name => $value) {
            $client->setArgument('$' . lcfirst(Container::camelize($name)), $value);
        }
    }
}
