<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\App;

use OpenAPI\Server\OpenAPIServerBundle;
use Symfony\Bundle\FrameworkBundle\FrameworkBundle;
use Symfony\Bundle\FrameworkBundle\Kernel\MicroKernelTrait;
use Symfony\Component\DependencyInjection\Loader\Configurator\ContainerConfigurator;
use Symfony\Component\HttpKernel\Bundle\BundleInterface;
use Symfony\Component\HttpKernel\Kernel as BaseKernel;
use Symfony\Component\Routing\Loader\Configurator\RoutingConfigurator;

/**
 * An application with FrameworkBundle and this bundle. Its project is a folder with `config/packages/*.yaml`,
 * `config/services.yaml`, `config/routes.yaml` and `src/`, all of them optional.
 */
final class Kernel extends BaseKernel
{
    use MicroKernelTrait;

    /**
     * @param list<BundleInterface> $further bundles beside these two
     */
    public function __construct(
        string $environment,
        bool $debug,
        private readonly string $project,
        private readonly string $var,
        private readonly array $further = [],
    ) {
        parent::__construct($environment, $debug);
    }

    public function registerBundles(): iterable
    {
        return [new FrameworkBundle(), new OpenAPIServerBundle(), ...$this->further];
    }

    public function getProjectDir(): string
    {
        return $this->project;
    }

    public function getCacheDir(): string
    {
        return $this->var . '/cache';
    }

    public function getLogDir(): string
    {
        return $this->var;
    }

    private function configureContainer(ContainerConfigurator $container): void
    {
        $container->import(__DIR__ . '/config/framework.yaml');
        $container->import($this->project . '/config/{packages}/*.yaml');
        $container->import($this->project . '/config/{services}.yaml');
    }

    private function configureRoutes(RoutingConfigurator $routes): void
    {
        $routes->import(__DIR__ . '/config/routes.yaml');
        $routes->import($this->project . '/config/{routes}.yaml');
    }
}
