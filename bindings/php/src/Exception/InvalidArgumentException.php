<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** An argument is missing or malformed: `getField()` names it. Nothing was sent. */
class InvalidArgumentException extends \InvalidArgumentException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::InvalidArgument;
}
