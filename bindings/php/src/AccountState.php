<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** How an account of a {@see TokenManager} is. */
enum AccountState: string
{
    /** All is well. */
    case Ready = 'ready';

    /** Pinterest refused the refresh token once: it is asked again before anybody concludes anything. */
    case Doubtful = 'doubtful';

    /** The user has to log in again. An access token that is still valid is handed out until then. */
    case NeedsLogin = 'needs_login';
}
