<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** A setting cannot be used: `getField()` names it. Nothing was sent. */
class InvalidConfigException extends \InvalidArgumentException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::InvalidConfig;
}
