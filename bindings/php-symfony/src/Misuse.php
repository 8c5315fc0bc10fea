<?php

declare(strict_types=1);

namespace OpenAPI\Server;

/**
 * The application uses this bundle wrongly. The message says how to put it right and holds no secret.
 */
final class Misuse extends \LogicException
{
}
