<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** What a {@see LoginEvent} is about. */
enum LoginEventKind: string
{
    /** A browser was at the start page and is at Pinterest's. */
    case Opened = 'opened';

    /** No browser came to the start page within 15 seconds: {@see Login::show()} has the other way. */
    case NotOpened = 'not_opened';

    /** The person is at Pinterest for long. */
    case Waiting = 'waiting';

    /** The browser came under another port: the redirect would not arrive. */
    case Forwarded = 'forwarded';

    /** The browser insists on https. */
    case Https = 'https';

    /** A redirect of another login came, and was refused. */
    case Foreign = 'foreign';

    /** A program of another user of this machine came, and was refused. */
    case ForeignUser = 'foreign_user';

    /** The browser sends more cookies than are read. */
    case TooManyCookies = 'too_many_cookies';

    /** Another person has logged in than before: {@see Login::answer()} says whether to replace the token. */
    case Confirm = 'confirm';

    /** The token is stored. */
    case Done = 'done';
}
