<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** What a token is asked for with. A call takes the plain text as well. */
enum GrantType: string
{
    /** A code that a login brought. */
    case AuthorizationCode = 'authorization_code';

    /** The refresh token of an earlier token. */
    case RefreshToken = 'refresh_token';

    /** The app itself, without a user. */
    case ClientCredentials = 'client_credentials';
}
