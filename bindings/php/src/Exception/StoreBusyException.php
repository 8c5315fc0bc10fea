<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;

/** Another process refreshes, or an answer is asked for once more: wait `getRetryAfter()` seconds. Nothing was sent. */
class StoreBusyException extends \RuntimeException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::StoreBusy;
}
