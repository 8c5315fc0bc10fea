<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** Whether a call that failed may have taken effect. */
enum Outcome: string
{
    /** Nothing was sent: sending it again is safe. */
    case NotSent = 'not_sent';

    /** The server said no. */
    case Rejected = 'rejected';

    /** The request may have arrived, and may have taken effect. */
    case Unknown = 'unknown';
}
