<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** How a login ended. */
enum LoginOutcome: string
{
    /** The token is stored. */
    case Done = 'done';

    /** Access was not given. */
    case Denied = 'denied';

    /** The redirect is of no login of this browser. */
    case Mismatch = 'mismatch';

    /** Nobody came: a browser asked ahead, or a program for the headers alone. */
    case NotAVisit = 'not_a_visit';
}
