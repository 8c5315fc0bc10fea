<?php

declare(strict_types=1);

namespace OpenAPI\Server\Gateway;

use Pinterest\OAuth\Client;

/**
 * The client of the gateway. Its errors name fields and settings as forms and the configuration do: `redirect_uri`.
 *
 * @internal
 */
final class GatewayClient extends Client
{
    protected const LANGUAGE = 'c';
}
