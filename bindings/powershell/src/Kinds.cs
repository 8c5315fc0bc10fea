// The kinds of errors, by name. A new kind of the core is a row and a class here.

using System;
using System.Collections.Generic;

namespace Pinterest.OAuth
{
    internal static class Kinds
    {
        internal static readonly Dictionary<string, Func<ErrorDocument, OAuthException>> Classes =
            new Dictionary<string, Func<ErrorDocument, OAuthException>>
            {
                { "internal", document => new InternalException(document) },
                { "invalid_argument", document => new InvalidArgumentException(document) },
                { "invalid_config", document => new InvalidConfigException(document) },
                { "connect", document => new ConnectException(document) },
                { "tls", document => new TlsException(document) },
                { "proxy", document => new ProxyException(document) },
                { "timeout", document => new DeadlineException(document) },
                { "invalid_grant", document => new InvalidGrantException(document) },
                { "invalid_client", document => new InvalidClientException(document) },
                { "forbidden", document => new ForbiddenException(document) },
                { "insufficient_scope", document => new InsufficientScopeException(document) },
                { "rate_limited", document => new RateLimitedException(document) },
                { "server_error", document => new ServerException(document) },
                { "api_error", document => new ApiException(document) },
                { "invalid_response", document => new InvalidResponseException(document) },
                { "access_denied", document => new AccessDeniedException(document) },
                { "state_mismatch", document => new StateMismatchException(document) },
                { "invalid_token", document => new InvalidTokenException(document) },
                { "cancelled", document => new CallCancelledException(document) },
            };
    }

    /// <summary>A fault of this library.</summary>
    public sealed class InternalException : OAuthException
    {
        internal InternalException(ErrorDocument document) : base(document) { }
    }

    /// <summary>An input is missing, unknown or malformed: Field names it. Nothing was sent.</summary>
    public sealed class InvalidArgumentException : OAuthException
    {
        internal InvalidArgumentException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The configuration cannot be used: Field names the setting. Nothing was sent.</summary>
    public sealed class InvalidConfigException : OAuthException
    {
        internal InvalidConfigException(ErrorDocument document) : base(document) { }
    }

    /// <summary>No connection, or it broke.</summary>
    public sealed class ConnectException : OAuthException
    {
        internal ConnectException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The server's certificate or the TLS handshake failed.</summary>
    public sealed class TlsException : OAuthException
    {
        internal TlsException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The proxy could not be reached or refused.</summary>
    public sealed class ProxyException : OAuthException
    {
        internal ProxyException(ErrorDocument document) : base(document) { }
    }

    /// <summary>A deadline passed.</summary>
    public sealed class DeadlineException : OAuthException
    {
        internal DeadlineException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The code or refresh token is bad, used, expired or revoked: let the user log in again.</summary>
    public sealed class InvalidGrantException : OAuthException
    {
        internal InvalidGrantException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The app id or the app secret is wrong.</summary>
    public sealed class InvalidClientException : OAuthException
    {
        internal InvalidClientException(ErrorDocument document) : base(document) { }
    }

    /// <summary>Pinterest does not permit this operation.</summary>
    public sealed class ForbiddenException : OAuthException
    {
        internal ForbiddenException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The token lacks a scope.</summary>
    public sealed class InsufficientScopeException : OAuthException
    {
        internal InsufficientScopeException(ErrorDocument document) : base(document) { }
    }

    /// <summary>Too many requests: wait RetryAfter seconds.</summary>
    public sealed class RateLimitedException : OAuthException
    {
        internal RateLimitedException(ErrorDocument document) : base(document) { }
    }

    /// <summary>Pinterest failed: try again later.</summary>
    public sealed class ServerException : OAuthException
    {
        internal ServerException(ErrorDocument document) : base(document) { }
    }

    /// <summary>Any other answer shaped as Pinterest shapes its errors.</summary>
    public sealed class ApiException : OAuthException
    {
        internal ApiException(ErrorDocument document) : base(document) { }
    }

    /// <summary>An answer that is neither a token nor a Pinterest error.</summary>
    public sealed class InvalidResponseException : OAuthException
    {
        internal InvalidResponseException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The redirect came back with an error: the user or Pinterest said no.</summary>
    public sealed class AccessDeniedException : OAuthException
    {
        internal AccessDeniedException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The redirect carries another state than the expected one.</summary>
    public sealed class StateMismatchException : OAuthException
    {
        internal StateMismatchException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The access token is not accepted: refresh it.</summary>
    public sealed class InvalidTokenException : OAuthException
    {
        internal InvalidTokenException(ErrorDocument document) : base(document) { }
    }

    /// <summary>The call was ended on purpose.</summary>
    public sealed class CallCancelledException : OAuthException
    {
        internal CallCancelledException(ErrorDocument document) : base(document) { }
    }
}
