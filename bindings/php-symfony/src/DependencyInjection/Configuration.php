<?php

declare(strict_types=1);

namespace OpenAPI\Server\DependencyInjection;

use Pinterest\OAuth\Client;
use Pinterest\OAuth\GrantType;
use Pinterest\OAuth\TokenManager;
use Symfony\Component\Config\Definition\Builder\ArrayNodeDefinition;
use Symfony\Component\Config\Definition\Builder\TreeBuilder;
use Symfony\Component\Config\Definition\ConfigurationInterface;
use Symfony\Component\DependencyInjection\Container;

/**
 * The keys under `open_api_server`.
 */
final class Configuration implements ConfigurationInterface
{
    /** The types of the client's settings, as Symfony's tree has them. */
    private const NODES = ['string' => 'scalar', 'float' => 'float', 'bool' => 'boolean'];

    public function getConfigTreeBuilder(): TreeBuilder
    {
        $tree = new TreeBuilder('open_api_server');
        $root = $tree->getRootNode();
        \assert($root instanceof ArrayNodeDefinition);
        $root
            ->children()
                ->append($this->clients())
                ->append($this->gateway())
                ->append($this->tokenManager())
                ->booleanNode('require_https')
                    ->info('Whether plain http is refused. Default: yes, but in debug mode.')->defaultNull()->end()
                ->scalarNode('rate_limiter')
                    ->info('The id of a service: a RequestRateLimiterInterface of Symfony.')->defaultNull()->end()
                ->scalarNode('audit_logger')
                    ->info('The id of a logger for one line per request. Default: PHP\'s error log.')
                    ->defaultNull()->end()
            ->end()
            ->validate()
                ->ifTrue(static fn (array $config): bool => $config['gateway']['enabled'])
                ->then(static fn (array $config): array => self::withPermissions($config))
            ->end();

        return $tree;
    }

    private function clients(): ArrayNodeDefinition
    {
        $clients = (new TreeBuilder('clients'))->getRootNode();
        \assert($clients instanceof ArrayNodeDefinition);
        $clients
            ->info('Who may call, by user name. Nobody, if empty.')
            ->useAttributeAsKey('user')
            ->normalizeKeys(false)
            ->arrayPrototype()
                ->beforeNormalization()
                    ->ifString()->then(static fn (string $hash): array => ['password_hash' => $hash])
                ->end()
                ->children()
                    ->scalarNode('password_hash')
                        ->info('As password_hash() makes it.')->isRequired()->cannotBeEmpty()->end()
                    ->arrayNode('grants')
                        ->info('The grant types that it may use, or "*". The gateway needs it.')
                        ->beforeNormalization()->castToArray()->end()
                        ->requiresAtLeastOneElement()
                        ->enumPrototype()->values(['*', ...array_column(GrantType::cases(), 'value')])->end()
                    ->end()
                    ->arrayNode('scopes')
                        ->info('The scopes that its tokens may have, or "*". The gateway needs it.')
                        ->beforeNormalization()->castToArray()->end()
                        ->requiresAtLeastOneElement()
                        ->scalarPrototype()->cannotBeEmpty()->end()
                    ->end()
                ->end()
            ->end();

        return $clients;
    }

    /** With the gateway, what a client may do is said: nobody gets everything by leaving something out. */
    private static function withPermissions(array $config): array
    {
        foreach ($config['clients'] as $user => $client) {
            foreach (['grants', 'scopes'] as $key) {
                if ($client[$key] === []) {
                    throw new \InvalidArgumentException(
                        "clients.$user.$key is missing: name what this client may use, or \"*\" for everything.",
                    );
                }
            }
        }

        return $config;
    }

    private function gateway(): ArrayNodeDefinition
    {
        $gateway = (new TreeBuilder('gateway'))->getRootNode();
        \assert($gateway instanceof ArrayNodeDefinition);
        $gateway
            ->info('The ready implementation, which passes requests on to Pinterest.')
            ->canBeEnabled();
        $this->client($gateway);

        return $gateway;
    }

    private function tokenManager(): ArrayNodeDefinition
    {
        $manager = (new TreeBuilder('token_manager'))->getRootNode();
        \assert($manager instanceof ArrayNodeDefinition);
        $manager
            ->info('The service ' . TokenManager::class . ', which keeps tokens and refreshes them.')
            ->canBeEnabled();
        $this->client($manager);
        $manager
            ->children()
                ->scalarNode('store')->info('The folder in which tokens are kept. Default: PINTEREST_OAUTH_STORE.')
                    ->defaultNull()->end()
                ->scalarNode('recovery_dir')
                    ->info('A second folder, on another disk, for a token that the store cannot take.')
                    ->defaultNull()->end()
                ->arrayNode('file_systems')
                    ->info('File systems allowed besides the local ones, by name.')
                    ->beforeNormalization()->castToArray()->end()
                    ->scalarPrototype()->cannotBeEmpty()->end()
                ->end()
                ->scalarNode('clock_offset_file')
                    ->info('A file with seconds by which the clock is moved, for tests.')->defaultNull()->end()
            ->end();

        return $manager;
    }

    /** The settings of a client. */
    private function client(ArrayNodeDefinition $node): void
    {
        $node
            ->children()
                ->scalarNode('app_id')->info('The app at Pinterest.')
                    ->defaultValue('%env(PINTEREST_APP_ID)%')->cannotBeEmpty()->end()
                ->scalarNode('app_secret')->info('Its secret. Leave it in the environment or in the vault.')
                    ->defaultValue('%env(PINTEREST_APP_SECRET)%')->cannotBeEmpty()->end()
            ->end();
        // The others are those that the client takes. The environment is always read, and a service is no setting.
        foreach ((new \ReflectionMethod(Client::class, '__construct'))->getParameters() as $parameter) {
            $name = Container::underscore($parameter->getName());
            $type = $parameter->getType();
            \assert($type instanceof \ReflectionNamedType);
            if ($type->isBuiltin() && !\in_array($name, ['app_id', 'app_secret', 'trust_env'], true)) {
                $node->children()
                    ->node($name, self::NODES[$type->getName()])
                    ->info("As \${$parameter->getName()} of " . Client::class . '.')->defaultNull()->end();
            }
        }
    }
}
