// What you get: the core's token document, and its fields under their .NET names.

using System;
using System.Collections.Generic;
using System.Linq;

namespace Pinterest.OAuth
{
    /// <summary>
    /// A token as Pinterest issued it. It cannot be changed, and shown as text it hides what is secret.
    /// <see cref="ToJson"/> is the way to store it.
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
            Library.Check();
            var read = Native.Ask(Native.pinterest_oauth_token_read, json);
            return new Token(read) { stored = read };
        }

        /// <summary>The token document to store, secrets included: nothing but <see cref="Answer"/> is left out.</summary>
        public string ToJson()
        {
            return stored ?? (stored = Native.Ask(Native.pinterest_oauth_token_read, document.Json));
        }

        /// <summary>The access token.</summary>
        public string AccessToken { get { return document.Text(); } }

        /// <summary>bearer, unless Pinterest says otherwise.</summary>
        public string TokenType { get { return document.Text(); } }

        /// <summary>Lifetime of the access token in seconds, from <see cref="ObtainedAt"/>; null where it is not known.</summary>
        public long? ExpiresIn { get { return document.Number(); } }

        /// <summary>When the access token expires; null where that is not known.</summary>
        public DateTimeOffset? ExpiresAt { get { return document.Time(); } }

        /// <summary>The refresh token to use next: the new one, or the one sent where the answer held none.</summary>
        public string RefreshToken { get { return document.Text(); } }

        /// <summary>Lifetime of the refresh token in seconds; null where it is not known.</summary>
        public long? RefreshTokenExpiresIn { get { return document.Number(); } }

        /// <summary>When the refresh token expires; null where that is not known.</summary>
        public DateTimeOffset? RefreshTokenExpiresAt { get { return document.Time(); } }

        /// <summary>Whether this answer brought a refresh token, which replaces the one you had.</summary>
        public bool RefreshTokenRotated { get { return document.Flag(); } }

        /// <summary>The scopes as Pinterest sent them; those asked for where it sent none.</summary>
        public string Scope { get { return document.Text(); } }

        /// <summary>The scopes one by one. Pinterest may grant more than was asked for.</summary>
        public string[] Scopes { get { return document.List().OfType<string>().ToArray(); } }

        /// <summary>Pinterest's response_type, whatever its value.</summary>
        public string ResponseType { get { return document.Text(); } }

        /// <summary>When the answer arrived; null where that is not known.</summary>
        public DateTimeOffset? ObtainedAt { get { return document.Time(); } }

        /// <summary>What Pinterest sent besides, by its names; empty where there is nothing.</summary>
        public IDictionary<string, object> Extra
        {
            get { return document.Entries() ?? new Dictionary<string, object>(); }
        }

        /// <summary>What the call that gave this token tells besides; null for a token that was stored.</summary>
        public Answer Answer { get { return document.Answer(); } }

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
            var then = (DateTimeOffset.UtcNow - Document.Epoch).TotalSeconds + seconds;
            var expiresAt = document.Number("ExpiresAt");
            return expiresAt == null ? (bool?)null : then >= expiresAt;
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

        /// <summary>Shows no secret.</summary>
        public override string ToString()
        {
            return "Pinterest.OAuth.Token [redacted]";
        }
    }
}
