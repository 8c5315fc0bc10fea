// The kinds of errors, by name, with the categories of PowerShell. A new kind of the core is a row and a class here.

using System;
using System.Collections.Generic;

namespace Pinterest.OAuth
{
    internal static class Kinds
    {
        private static readonly Dictionary<string, Row> Rows = new Dictionary<string, Row>
        {
            { "internal", new Row("NotSpecified", document => new InternalException(document)) },
            { "invalid_argument", new Row("InvalidArgument", document => new InvalidArgumentException(document)) },
            { "invalid_config", new Row("InvalidArgument", document => new InvalidConfigException(document)) },
            { "connect", new Row("ConnectionError", document => new ConnectException(document)) },
            { "tls", new Row("SecurityError", document => new TlsException(document)) },
            { "proxy", new Row("ConnectionError", document => new ProxyException(document)) },
            { "timeout", new Row("OperationTimeout", document => new DeadlineException(document)) },
            { "invalid_grant", new Row("AuthenticationError", document => new InvalidGrantException(document)) },
            { "invalid_client", new Row("AuthenticationError", document => new InvalidClientException(document)) },
            { "forbidden", new Row("PermissionDenied", document => new ForbiddenException(document)) },
            { "insufficient_scope", new Row("PermissionDenied", document => new InsufficientScopeException(document)) },
            { "rate_limited", new Row("LimitsExceeded", document => new RateLimitedException(document)) },
            { "server_error", new Row("ResourceUnavailable", document => new ServerException(document)) },
            { "api_error", new Row("InvalidResult", document => new ApiException(document)) },
            { "invalid_response", new Row("ProtocolError", document => new InvalidResponseException(document)) },
            { "access_denied", new Row("PermissionDenied", document => new AccessDeniedException(document)) },
            { "state_mismatch", new Row("SecurityError", document => new StateMismatchException(document)) },
            { "invalid_token", new Row("AuthenticationError", document => new InvalidTokenException(document)) },
            { "reauthorization_required", new Row("AuthenticationError", document => new ReauthorizationRequiredException(document)) },
            { "unknown_account", new Row("ObjectNotFound", document => new UnknownAccountException(document)) },
            { "store_unavailable", new Row("ResourceUnavailable", document => new StoreUnavailableException(document)) },
            { "store_busy", new Row("ResourceBusy", document => new StoreBusyException(document)) },
            { "not_saved", new Row("WriteError", document => new NotSavedException(document)) },
            { "cancelled", new Row("OperationStopped", document => new CallCancelledException(document)) },
        };

        internal static IEnumerable<string> All { get { return Rows.Keys; } }

        /// <summary>The category of PowerShell's error records of that kind.</summary>
        internal static string Category(string kind)
        {
            return Of(kind).Category;
        }

        /// <summary>The exception of an error document. A kind of a newer library has the class that all share.</summary>
        internal static OAuthException Exception(Document document)
        {
            return Of(document.Text("Kind")).Make(document);
        }

        private static Row Of(string kind)
        {
            Row row;
            return Rows.TryGetValue(kind ?? "", out row) ? row : Unknown;
        }

        private static readonly Row Unknown = new Row("NotSpecified", document => new OAuthException(document));

        private sealed class Row
        {
            internal readonly string Category;
            internal readonly Func<Document, OAuthException> Make;

            internal Row(string category, Func<Document, OAuthException> make)
            {
                Category = category;
                Make = make;
            }
        }
    }

    /// <summary>A fault of this library.</summary>
    public sealed class InternalException : OAuthException
    {
        internal InternalException(Document document) : base(document) { }
    }

    /// <summary>An input is missing, unknown or malformed: Field names it. Nothing was sent.</summary>
    public sealed class InvalidArgumentException : OAuthException
    {
        internal InvalidArgumentException(Document document) : base(document) { }
    }

    /// <summary>The configuration cannot be used: Field names the setting. Nothing was sent.</summary>
    public sealed class InvalidConfigException : OAuthException
    {
        internal InvalidConfigException(Document document) : base(document) { }
    }

    /// <summary>No connection, or it broke.</summary>
    public sealed class ConnectException : OAuthException
    {
        internal ConnectException(Document document) : base(document) { }
    }

    /// <summary>The server's certificate or the TLS handshake failed.</summary>
    public sealed class TlsException : OAuthException
    {
        internal TlsException(Document document) : base(document) { }
    }

    /// <summary>The proxy could not be reached or refused.</summary>
    public sealed class ProxyException : OAuthException
    {
        internal ProxyException(Document document) : base(document) { }
    }

    /// <summary>A deadline passed.</summary>
    public sealed class DeadlineException : OAuthException
    {
        internal DeadlineException(Document document) : base(document) { }
    }

    /// <summary>The code or refresh token is bad, used, expired or revoked: let the user log in again.</summary>
    public sealed class InvalidGrantException : OAuthException
    {
        internal InvalidGrantException(Document document) : base(document) { }
    }

    /// <summary>The app id or the app secret is wrong.</summary>
    public sealed class InvalidClientException : OAuthException
    {
        internal InvalidClientException(Document document) : base(document) { }
    }

    /// <summary>Pinterest does not permit this operation.</summary>
    public sealed class ForbiddenException : OAuthException
    {
        internal ForbiddenException(Document document) : base(document) { }
    }

    /// <summary>The token lacks a scope.</summary>
    public sealed class InsufficientScopeException : OAuthException
    {
        internal InsufficientScopeException(Document document) : base(document) { }
    }

    /// <summary>Too many requests: wait RetryAfter seconds.</summary>
    public sealed class RateLimitedException : OAuthException
    {
        internal RateLimitedException(Document document) : base(document) { }
    }

    /// <summary>Pinterest failed: try again later.</summary>
    public sealed class ServerException : OAuthException
    {
        internal ServerException(Document document) : base(document) { }
    }

    /// <summary>Any other answer shaped as Pinterest shapes its errors.</summary>
    public sealed class ApiException : OAuthException
    {
        internal ApiException(Document document) : base(document) { }
    }

    /// <summary>An answer that is neither a token nor a Pinterest error.</summary>
    public sealed class InvalidResponseException : OAuthException
    {
        internal InvalidResponseException(Document document) : base(document) { }
    }

    /// <summary>The redirect came back with an error: the user or Pinterest said no.</summary>
    public sealed class AccessDeniedException : OAuthException
    {
        internal AccessDeniedException(Document document) : base(document) { }
    }

    /// <summary>The redirect carries another state than the expected one.</summary>
    public sealed class StateMismatchException : OAuthException
    {
        internal StateMismatchException(Document document) : base(document) { }
    }

    /// <summary>The access token is not accepted: refresh it.</summary>
    public sealed class InvalidTokenException : OAuthException
    {
        internal InvalidTokenException(Document document) : base(document) { }
    }

    /// <summary>The call was ended on purpose.</summary>
    public sealed class CallCancelledException : OAuthException
    {
        internal CallCancelledException(Document document) : base(document) { }
    }

    /// <summary>No refresh token of the account is left that Pinterest takes, and its access token has expired: let the user log in again.</summary>
    public sealed class ReauthorizationRequiredException : OAuthException
    {
        internal ReauthorizationRequiredException(Document document) : base(document) { }
    }

    /// <summary>The store has no such account. Nothing was sent.</summary>
    public sealed class UnknownAccountException : OAuthException
    {
        internal UnknownAccountException(Document document) : base(document) { }
    }

    /// <summary>The store of tokens cannot be read or written: Field names the setting. Nothing was sent.</summary>
    public sealed class StoreUnavailableException : OAuthException
    {
        internal StoreUnavailableException(Document document) : base(document) { }
    }

    /// <summary>Another process refreshes, or an answer must be asked for once more: wait RetryAfter seconds. Nothing was sent.</summary>
    public sealed class StoreBusyException : OAuthException
    {
        internal StoreBusyException(Document document) : base(document) { }
    }

    /// <summary>A token was issued, and no disk took it: store what Token() gives.</summary>
    public sealed class NotSavedException : OAuthException
    {
        private Token token;

        internal NotSavedException(Document document) : base(document) { }

        /// <summary>
        /// The token that Pinterest issued. A method, so that nothing that writes down the properties of an exception has it.
        /// Null where this exception did not come from an account.
        /// </summary>
        public Token Token()
        {
            return token;
        }

        internal NotSavedException With(Token unsaved)
        {
            token = unsaved;
            return this;
        }
    }
}
