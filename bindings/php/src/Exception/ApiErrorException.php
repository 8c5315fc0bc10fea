<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** Any other error of Pinterest: read `getPinterestCode()` and `getPinterestMessage()`. */
class ApiErrorException extends \RuntimeException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::ApiError;
}
