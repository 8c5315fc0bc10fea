<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** The store has no such account: log in, or fix the name. Nothing was sent. */
class UnknownAccountException extends \RuntimeException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::UnknownAccount;
}
