// What you get: the core's document, and its keys under their .NET names.

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
        private static readonly string[] Known =
        {
            "access_token", "token_type", "expires_in", "expires_at", "refresh_token", "refresh_token_expires_in",
            "refresh_token_expires_at", "refresh_token_rotated", "scope", "scopes", "response_type", "obtained_at",
        };

        private readonly string json;
        private readonly IDictionary<string, object> document;

        internal Token(string json)
        {
            this.json = json;
            document = Json.Read(json);
        }

        /// <summary>Reads a stored token.</summary>
        /// <exception cref="InvalidArgumentException">It is not a token's JSON.</exception>
        public static Token FromJson(string json)
        {
            Library.Check();
            var document = Native.Bytes(json);
            try
            {
                IntPtr read;
                var status = Native.pinterest_oauth_token_read(document, out read);
                return new Token(Native.Document(status, read));
            }
            finally
            {
                Native.Wipe(document);
            }
        }

        /// <summary>The token document, secrets and unknown keys included: nothing is lost.</summary>
        public string ToJson()
        {
            return json;
        }

        /// <summary>The access token.</summary>
        public string AccessToken { get { return Value("access_token") as string; } }

        /// <summary>bearer, unless Pinterest says otherwise.</summary>
        public string TokenType { get { return Value("token_type") as string; } }

        /// <summary>Lifetime of the access token in seconds, from <see cref="ObtainedAt"/>.</summary>
        public long? ExpiresIn { get { return Value("expires_in") as long?; } }

        /// <summary>When the access token expires.</summary>
        public DateTimeOffset? ExpiresAt { get { return Time("expires_at"); } }

        /// <summary>The refresh token to use next: the new one, or the one sent where the answer held none.</summary>
        public string RefreshToken { get { return Value("refresh_token") as string; } }

        /// <summary>Lifetime of the refresh token in seconds.</summary>
        public long? RefreshTokenExpiresIn { get { return Value("refresh_token_expires_in") as long?; } }

        /// <summary>When the refresh token expires.</summary>
        public DateTimeOffset? RefreshTokenExpiresAt { get { return Time("refresh_token_expires_at"); } }

        /// <summary>Whether this answer brought a refresh token, which replaces the one you had.</summary>
        public bool RefreshTokenRotated { get { return Value("refresh_token_rotated") as bool? ?? false; } }

        /// <summary>The scopes as Pinterest sent them; those asked for where it sent none.</summary>
        public string Scope { get { return Value("scope") as string; } }

        /// <summary>The scopes one by one. Pinterest may grant more than was asked for.</summary>
        public string[] Scopes
        {
            get { return ((Value("scopes") as object[]) ?? new object[0]).OfType<string>().ToArray(); }
        }

        /// <summary>Pinterest's response_type, whatever its value.</summary>
        public string ResponseType { get { return Value("response_type") as string; } }

        /// <summary>When the answer arrived.</summary>
        public DateTimeOffset? ObtainedAt { get { return Time("obtained_at"); } }

        /// <summary>The keys of the answer that have no property here.</summary>
        public IDictionary<string, object> Extra
        {
            get { return document.Where(entry => !Known.Contains(entry.Key)).ToDictionary(e => e.Key, e => e.Value); }
        }

        /// <summary>The value under a key of the document; null where there is none.</summary>
        public object Value(string key)
        {
            object value;
            return document.TryGetValue(key, out value) ? value : null;
        }

        /// <summary>Shows no secret.</summary>
        public override string ToString()
        {
            return "Pinterest.OAuth.Token (hidden)";
        }

        private DateTimeOffset? Time(string key)
        {
            var epoch = new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var seconds = Value(key) as long?;
            var last = (DateTimeOffset.MaxValue - epoch).TotalSeconds;
            return seconds >= 0 && seconds < last ? epoch.AddSeconds(seconds.Value) : (DateTimeOffset?)null;
        }
    }
}
