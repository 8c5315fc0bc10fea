<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** The answer is neither a token nor an error of Pinterest. */
class InvalidResponseException extends \UnexpectedValueException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::InvalidResponse;
}
