<?php

declare(strict_types=1);

namespace OpenAPI\Server\DependencyInjection\Compiler;

use OpenAPI\Server\Api\OauthApiInterface;
use OpenAPI\Server\Controller\OauthController;
use Symfony\Component\DependencyInjection\Argument\ServiceClosureArgument;
use Symfony\Component\DependencyInjection\Compiler\CompilerPassInterface;
use Symfony\Component\DependencyInjection\ContainerBuilder;
use Symfony\Component\DependencyInjection\Exception\InvalidArgumentException;
use Symfony\Component\DependencyInjection\Reference;

/**
 * Hands the service that is tagged `open_api_server.api` to the controller.
 *
 * @internal
 */
final class ApiPass implements CompilerPassInterface
{
    public const TAG = 'open_api_server.api';

    public function process(ContainerBuilder $container): void
    {
        $found = null;
        foreach ($container->findTaggedServiceIds(self::TAG, true) as $id => $tags) {
            foreach ($tags as $tag) {
                $this->check($container, $id, $tag['api'] ?? null);
            }
            if ($found !== null) {
                throw new InvalidArgumentException(sprintf(
                    'Two services implement the API "oauth": "%s" and "%s". Remove the tag "%s" from one of them.',
                    $found,
                    $id,
                    self::TAG,
                ));
            }
            $found = $id;
        }
        if ($found !== null) {
            $api = new ServiceClosureArgument(new Reference($found));
            $container->getDefinition(OauthController::class)->setArgument('$api', $api);
        }
    }

    private function check(ContainerBuilder $container, string $id, mixed $api): void
    {
        if ($api !== 'oauth') {
            throw new InvalidArgumentException(sprintf(
                'The tag "%s" of the service "%s" must say api: "oauth", the one API there is.',
                self::TAG,
                $id,
            ));
        }
        $class = $container->getParameterBag()->resolveValue($container->getDefinition($id)->getClass());
        if (!is_a((string) $class, OauthApiInterface::class, true)) {
            throw new InvalidArgumentException(sprintf(
                'The service "%s" is tagged "%s", so its class must implement %s.',
                $id,
                self::TAG,
                OauthApiInterface::class,
            ));
        }
    }
}
