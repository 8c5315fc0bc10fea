<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** The store of tokens cannot be read or written; `getField()` says which part. Nothing was sent. */
class StoreUnavailableException extends \RuntimeException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::StoreUnavailable;
}
