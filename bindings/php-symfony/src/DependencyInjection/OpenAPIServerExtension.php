<?php

declare(strict_types=1);

namespace OpenAPI\Server\DependencyInjection;

use OpenAPI\Server\Gateway\ConsentPage;
use OpenAPI\Server\Gateway\PinterestGateway;
use OpenAPI\Server\Security\ConfiguredClients;
use OpenAPI\Server\Security\Gate;
use Pinterest\OAuth\TokenManager;
use Symfony\Component\Config\FileLocator;
use Symfony\Component\DependencyInjection\Container;
use Symfony\Component\DependencyInjection\ContainerBuilder;
use Symfony\Component\DependencyInjection\Extension\Extension;
use Symfony\Component\DependencyInjection\Loader\PhpFileLoader;
use Symfony\Component\DependencyInjection\Reference;

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
        $container->getDefinition(ConfiguredClients::class)->setArgument('$clients', $config['clients']);
        $container->getDefinition(Gate::class)
            ->setArgument('$requireHttps', $config['require_https'] ?? !$container->getParameter('kernel.debug'))
            ->setArgument('$limiter', $config['rate_limiter'] ? new Reference($config['rate_limiter']) : null);
        if ($config['audit_logger'] !== null) {
            $container->setAlias('open_api_server.audit_logger', $config['audit_logger']);
        }

        if (!$this->configured($container, TokenManager::class, $config['token_manager'])) {
            $container->removeDefinition(TokenManager::class);
        }
        if (!$this->configured($container, 'open_api_server.client', $config['gateway'])) {
            $container->removeDefinition(PinterestGateway::class);
            $container->removeDefinition(ConsentPage::class);
            $container->removeDefinition('open_api_server.client');
        }
    }

    /**
     * Hands the settings to the service, by name; says whether it is wanted.
     *
     * @param array<string, mixed> $settings
     */
    private function configured(ContainerBuilder $container, string $service, array $settings): bool
    {
        $enabled = $settings['enabled'];
        unset($settings['enabled']);
        foreach ($settings as $name => $value) {
            $container->getDefinition($service)->setArgument('$' . lcfirst(Container::camelize($name)), $value);
        }

        return $enabled;
    }
}
