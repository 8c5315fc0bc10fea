<?php

declare(strict_types=1);

namespace OpenAPI\Server\DependencyInjection;

use Symfony\Component\Config\Definition\Builder\ArrayNodeDefinition;
use Symfony\Component\Config\Definition\Builder\TreeBuilder;
use Symfony\Component\Config\Definition\ConfigurationInterface;

/**
 * The keys under `open_api_server`.
 */
final class Configuration implements ConfigurationInterface
{
    public function getConfigTreeBuilder(): TreeBuilder
    {
        $tree = new TreeBuilder('open_api_server');
        $root = $tree->getRootNode();
        \assert($root instanceof ArrayNodeDefinition);
        $root
            ->children()
                ->arrayNode('clients')
                    ->info('Who may call: user name => hash, as password_hash() makes it. Nobody, if empty.')
                    ->useAttributeAsKey('user')
                    ->normalizeKeys(false)
                    ->scalarPrototype()->cannotBeEmpty()->end()
                ->end()
                ->append($this->gateway())
            ->end();

        return $tree;
    }

    private function gateway(): ArrayNodeDefinition
    {
        $gateway = (new TreeBuilder('gateway'))->getRootNode();
        \assert($gateway instanceof ArrayNodeDefinition);
        $gateway
            ->info('The ready implementation, which passes requests on to Pinterest.')
            ->canBeEnabled()
            ->children()
                ->scalarNode('app_id')->info('The app at Pinterest.')
                    ->defaultValue('%env(PINTEREST_APP_ID)%')->cannotBeEmpty()->end()
                ->scalarNode('app_secret')->info('Its secret. Leave it in the environment or in the vault.')
                    ->defaultValue('%env(PINTEREST_APP_SECRET)%')->cannotBeEmpty()->end()
                ->scalarNode('environment')->info('"production" or "sandbox".')->defaultNull()->end()
                ->scalarNode('base_url')->info('Another server, for tests.')->defaultNull()->end()
                ->floatNode('timeout')->info('Seconds for one call to Pinterest.')->defaultNull()->end()
                ->floatNode('connect_timeout')->info('Seconds for its connection.')->defaultNull()->end()
                ->scalarNode('proxy')->info('Address of a proxy.')->defaultNull()->end()
                ->scalarNode('no_proxy')->info('Hosts that are called without the proxy.')->defaultNull()->end()
                ->scalarNode('ca_file')->info('PEM file of the authorities to trust.')->defaultNull()->end()
                ->booleanNode('allow_http')
                    ->info('Whether base_url may be plain http on another machine.')->defaultNull()->end()
            ->end();

        return $gateway;
    }
}
