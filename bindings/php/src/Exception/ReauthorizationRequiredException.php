<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** No refresh token of the account is left that Pinterest takes: let the user log in again. */
class ReauthorizationRequiredException extends \RuntimeException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::ReauthorizationRequired;
}
