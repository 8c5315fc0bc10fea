// The settings as an object to set one by one, and the client that they make.

using System;
using System.Collections;
using System.Security;

namespace Pinterest.OAuth
{
    /// <summary>
    /// The settings of a client. What is null comes from the environment, or has the core's default. The client is
    /// made at the first call, and anew after a setting has changed.
    /// </summary>
    public sealed class Configuration
    {
        private readonly object gate = new object();
        private readonly Hashtable settings = new Hashtable();
        private Client client;

        /// <summary>The app's id, a text.</summary>
        public object Username { get { return Get("app_id"); } set { Set("app_id", value); } }

        /// <summary>The app's secret: a text or a SecureString. Read again, it is a SecureString.</summary>
        public object Password { get { return Get("app_secret"); } set { Set("app_secret", Hidden(value)); } }

        /// <summary>production (the default) or sandbox.</summary>
        public object Environment { get { return Get("environment"); } set { Set("environment", value); } }

        /// <summary>Another server for tokens, with or without /v5.</summary>
        public object BaseUrl { get { return Get("base_url"); } set { Set("base_url", value); } }

        /// <summary>Another server for the page at which users give access.</summary>
        public object OauthUrl { get { return Get("oauth_url"); } set { Set("oauth_url", value); } }

        /// <summary>The deadline of a whole call in seconds, fractions allowed: 30, at most 600.</summary>
        public double? TimeoutSec
        {
            get { return Request.Seconds(Get("timeout_ms")); }
            set { Set("timeout_ms", Request.Milliseconds(value)); }
        }

        /// <summary>The deadline for a connection in seconds, fractions allowed: 10.</summary>
        public double? ConnectTimeoutSec
        {
            get { return Request.Seconds(Get("connect_timeout_ms")); }
            set { Set("connect_timeout_ms", Request.Milliseconds(value)); }
        }

        /// <summary>The address of a proxy.</summary>
        public object Proxy { get { return Get("proxy"); } set { Set("proxy", value); } }

        /// <summary>Hosts that need no proxy, with commas between them.</summary>
        public object NoProxy { get { return Get("no_proxy"); } set { Set("no_proxy", value); } }

        /// <summary>A file of certificates to trust instead of the system's.</summary>
        public object CaFile { get { return Get("ca_file"); } set { Set("ca_file", value); } }

        /// <summary>Whether http is permitted elsewhere than on this machine.</summary>
        public bool? AllowHttp { get { return (bool?)Get("allow_http"); } set { Set("allow_http", value); } }

        /// <summary>Whether the environment counts where a setting is null: true unless said otherwise.</summary>
        public bool? TrustEnv { get { return (bool?)Get("trust_env"); } set { Set("trust_env", value); } }

        /// <summary>The client of these settings.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client Client()
        {
            lock (gate)
                return client ?? (client = new Client(settings));
        }

        /// <summary>A client with other credentials. The caller disposes of it.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client ClientFor(string username, SecureString password)
        {
            Hashtable changed;
            lock (gate)
                changed = new Hashtable(settings);
            changed["app_id"] = username;
            changed["app_secret"] = password;
            return new Client(changed);
        }

        /// <summary>Shows no setting.</summary>
        public override string ToString()
        {
            return "Pinterest.OAuth.Configuration";
        }

        private object Get(string name)
        {
            lock (gate)
                return settings[name];
        }

        // The old client is not disposed of: a call on it may be under way. The collector frees it.
        private void Set(string name, object value)
        {
            lock (gate)
            {
                client = null;
                settings[name] = Json.Unwrapped(value);
            }
        }

        private static object Hidden(object value)
        {
            value = Json.Unwrapped(value);
            if (value is SecureString)
                return ((SecureString)value).Copy();
            var text = value as string;
            if (text == null)
                return value;
            var hidden = new SecureString();
            foreach (var sign in text)
                hidden.AppendChar(sign);
            hidden.MakeReadOnly();
            return hidden;
        }
    }
}
