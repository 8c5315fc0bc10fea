<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

/** Why a call failed. Each has an exception of its own, which says what to do. */
enum ErrorKind: string
{
    case Internal = 'internal';
    case InvalidArgument = 'invalid_argument';
    case InvalidConfig = 'invalid_config';
    case Connect = 'connect';
    case Tls = 'tls';
    case Proxy = 'proxy';
    case Timeout = 'timeout';
    case InvalidGrant = 'invalid_grant';
    case InvalidClient = 'invalid_client';
    case Forbidden = 'forbidden';
    case InsufficientScope = 'insufficient_scope';
    case RateLimited = 'rate_limited';
    case ServerError = 'server_error';
    case ApiError = 'api_error';
    case InvalidResponse = 'invalid_response';
    case AccessDenied = 'access_denied';
    case StateMismatch = 'state_mismatch';
    case InvalidToken = 'invalid_token';
    case Cancelled = 'cancelled';
    case ReauthorizationRequired = 'reauthorization_required';
    case UnknownAccount = 'unknown_account';
    case StoreUnavailable = 'store_unavailable';
    case StoreBusy = 'store_busy';
    case NotSaved = 'not_saved';

    /**
     * The class of the exception for this kind.
     *
     * @return class-string<Exception\PinterestOAuthException>
     */
    public function exception(): string
    {
        return __NAMESPACE__ . '\\Exception\\' . $this->name . 'Exception';
    }
}
