// What you get: the core's token document, and its fields under Pinterest's names and under .NET's.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace Pinterest.OAuth
{
    /// <summary>
    /// A token as Pinterest issued it. It cannot be changed. Shown, serialized or copied by PowerShell it shows no secret:
    /// the properties that hold one are hidden, and are there for who asks by name. <see cref="ToJson"/> is the way to
    /// store it.
    /// </summary>
    public sealed class Token
    {
        private readonly Document document;
        private string stored;

        /// <summary>The token of a document that a call gave.</summary>
        internal Token(string json)
        {
            document = new Document(json);
        }

        /// <summary>Reads a stored token.</summary>
        /// <param name="json">What <see cref="ToJson"/> of a token gave.</param>
        /// <exception cref="InvalidArgumentException">It is not a token's JSON.</exception>
        public static Token FromJson(string json)
        {
            var read = Native.Ask(Library.Functions.pinterest_oauth_token_read, json, "token");
            return new Token(read) { stored = read };
        }

        /// <summary>The token document to store, secrets included: nothing but <see cref="Answer"/> is left out.</summary>
        public string ToJson()
        {
            return stored ?? (stored = Native.Ask(Library.Functions.pinterest_oauth_token_read, document.Json, "token"));
        }

        /// <summary>bearer, unless Pinterest says otherwise.</summary>
        public string TokenType { get { return document.Text(); } }

        /// <summary>When the access token expires, in local time as Get-Date; null where that is not known.</summary>
        public DateTime? ExpiresAt { get { return document.Time(); } }

        /// <summary>When the refresh token expires, in local time; null where that is not known.</summary>
        public DateTime? RefreshTokenExpiresAt { get { return document.Time(); } }

        /// <summary>Whether this answer brought a refresh token, which replaces the one you had.</summary>
        public bool RefreshTokenRotated { get { return document.Flag(); } }

        /// <summary>The scopes as Pinterest sent them; those asked for where it sent none.</summary>
        public string Scope { get { return document.Text(); } }

        /// <summary>The scopes one by one. Pinterest may grant more than was asked for.</summary>
        public string[] Scopes { get { return document.List().OfType<string>().ToArray(); } }

        /// <summary>Pinterest's response_type, whatever its value.</summary>
        public string ResponseType { get { return document.Text(); } }

        /// <summary>Lifetime of the access token in seconds, from <see cref="ObtainedAt"/>; null where it is not known.</summary>
        public long? ExpiresIn { get { return document.Number(); } }

        /// <summary>Lifetime of the refresh token in seconds; null where it is not known.</summary>
        public long? RefreshTokenExpiresIn { get { return document.Number(); } }

        /// <summary>When the answer arrived, in local time; null where that is not known.</summary>
        public DateTime? ObtainedAt { get { return document.Time(); } }

        /// <summary>Pinterest's id of the request that gave it; null for a token that was stored.</summary>
        public string RequestId { get { return Answer == null ? null : Answer.RequestId; } }

        /// <summary>limit, remaining, reset (seconds) and policies; null for a token that was stored, or where none came.</summary>
        public IDictionary<string, object> RateLimit { get { return Answer == null ? null : Answer.RateLimit; } }

        /// <summary>What the call that gave this token tells besides; null for a token that was stored.</summary>
        public Answer Answer { get { return document.Answer(); } }

        /// <summary>The access token, as Invoke-RestMethod -Token takes it.</summary>
        public SecureString SecureAccessToken { get { return Secure.Of(AccessToken); } }

        /// <summary>The whole token, as a vault keeps it. Every command that takes a token takes it.</summary>
        public SecureString SecureDocument { get { return Secure.Of(ToJson()); } }

        /// <summary>The access token.</summary>
        [Hidden]
        public string AccessToken { get { return document.Text(); } }

        /// <summary>The refresh token to use next: the new one, or the one sent where the answer held none.</summary>
        [Hidden]
        public string RefreshToken { get { return document.Text(); } }

        /// <summary>What Pinterest sent besides, by its names; empty where there is nothing. It may hold a secret.</summary>
        [Hidden]
        public IDictionary<string, object> Extra
        {
            get { return document.Entries() ?? new Dictionary<string, object>(); }
        }

        /// <summary>The same as <see cref="ToJson"/>: with it what ConvertTo-Json writes is whole.</summary>
        [Hidden]
        public string Document { get { return ToJson(); } }

        /// <summary>Pinterest's name for <see cref="AccessToken"/>.</summary>
        [Hidden]
        public string access_token { get { return AccessToken; } }

        /// <summary>Pinterest's name for <see cref="RefreshToken"/>.</summary>
        [Hidden]
        public string refresh_token { get { return RefreshToken; } }

        /// <summary>Pinterest's name for <see cref="TokenType"/>.</summary>
        [Hidden]
        public string token_type { get { return TokenType; } }

        /// <summary>Pinterest's name for <see cref="ExpiresIn"/>.</summary>
        [Hidden]
        public long? expires_in { get { return ExpiresIn; } }

        /// <summary>When the access token expires, in Unix seconds.</summary>
        [Hidden]
        public long? expires_at { get { return document.Number("ExpiresAt"); } }

        /// <summary>Pinterest's name for <see cref="RefreshTokenExpiresIn"/>.</summary>
        [Hidden]
        public long? refresh_token_expires_in { get { return RefreshTokenExpiresIn; } }

        /// <summary>When the refresh token expires, in Unix seconds.</summary>
        [Hidden]
        public long? refresh_token_expires_at { get { return document.Number("RefreshTokenExpiresAt"); } }

        /// <summary>The core's name for <see cref="RefreshTokenRotated"/>.</summary>
        [Hidden]
        public bool refresh_token_rotated { get { return RefreshTokenRotated; } }

        /// <summary>Pinterest's name for <see cref="ResponseType"/>.</summary>
        [Hidden]
        public string response_type { get { return ResponseType; } }

        /// <summary>When the answer arrived, in Unix seconds.</summary>
        [Hidden]
        public long? obtained_at { get { return document.Number("ObtainedAt"); } }

        /// <summary>Whether the access token has expired; null where its expiry is not known.</summary>
        public bool? IsExpired()
        {
            return ExpiresWithin(0);
        }

        /// <summary>
        /// Whether the access token expires within some time from now, or has expired; null where its expiry is not
        /// known.
        /// </summary>
        /// <param name="seconds">The time in seconds, fractions allowed.</param>
        public bool? ExpiresWithin(double seconds)
        {
            if (double.IsNaN(seconds) || double.IsInfinity(seconds))
            {
                throw OAuthException.InvalidArgument("seconds", "must be a finite number of seconds");
            }
            var then = (DateTime.UtcNow - OAuth.Document.Epoch).TotalSeconds + seconds;
            return expires_at == null ? (bool?)null : then >= expires_at;
        }

        /// <summary>The same for a time span.</summary>
        public bool? ExpiresWithin(TimeSpan time)
        {
            return ExpiresWithin(time.TotalSeconds);
        }

        /// <summary>The value under a key of the document; null where there is none.</summary>
        public object Value(string key)
        {
            return document[key];
        }

        /// <summary>Shows no secret, and says what to do where this text was about to be stored.</summary>
        public override string ToString()
        {
            return "Pinterest.OAuth.Token [redacted]: this text is not the token; store what ToJson() gives";
        }
    }
}
