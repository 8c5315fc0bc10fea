// The settings as an object to set one by one, and the client that they make.

using System;
using System.Collections;
using System.Runtime.CompilerServices;
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
        public object Username { get { return Get(); } set { Set(value); } }

        /// <summary>The app's secret: a text or a SecureString. Read again, it is a SecureString.</summary>
        public object Password { get { return Get(); } set { Set(Hidden(value)); } }

        /// <summary>production (the default) or sandbox.</summary>
        public object Environment { get { return Get(); } set { Set(value); } }

        /// <summary>Another server for tokens, with or without /v5.</summary>
        public object BaseUrl { get { return Get(); } set { Set(value); } }

        /// <summary>Another server for the page at which users give access.</summary>
        public object OauthUrl { get { return Get(); } set { Set(value); } }

        /// <summary>The deadline of a whole call in seconds, fractions allowed: 30, at most 600.</summary>
        public double? TimeoutSec { get { return (double?)Get(); } set { Set(value); } }

        /// <summary>The deadline for a connection in seconds, fractions allowed: 10.</summary>
        public double? ConnectTimeoutSec { get { return (double?)Get(); } set { Set(value); } }

        /// <summary>The address of a proxy: a text or a SecureString. Read again, it is a SecureString.</summary>
        public object Proxy { get { return Get(); } set { Set(Hidden(value)); } }

        /// <summary>Hosts that need no proxy, with commas between them.</summary>
        public object NoProxy { get { return Get(); } set { Set(value); } }

        /// <summary>A file of certificates to trust instead of the system's.</summary>
        public object CaFile { get { return Get(); } set { Set(value); } }

        /// <summary>Whether http is permitted elsewhere than on this machine.</summary>
        public bool? AllowHttp { get { return (bool?)Get(); } set { Set(value); } }

        /// <summary>Whether the environment counts where a setting is null: true unless said otherwise.</summary>
        public bool? TrustEnv { get { return (bool?)Get(); } set { Set(value); } }

        /// <summary>The client of these settings. Its errors name parameters, as -RedirectUri.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client Client()
        {
            lock (gate)
                return client ?? (client = Made(settings));
        }

        /// <summary>A client with other credentials. The caller disposes of it.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client ClientFor(string username, SecureString password)
        {
            Hashtable changed;
            lock (gate)
                changed = new Hashtable(settings);
            changed["Username"] = username;
            changed["Password"] = password;
            return Made(changed);
        }

        /// <summary>Shows no setting.</summary>
        public override string ToString()
        {
            return "Pinterest.OAuth.Configuration";
        }

        private static Client Made(IDictionary settings)
        {
            var configuration = Request.From(settings);
            configuration["language"] = "powershell";
            return new Client(configuration);
        }

        private object Get([CallerMemberName] string name = null)
        {
            lock (gate)
                return settings[name];
        }

        // The old client is not disposed of: a call on it may be under way. The collector frees it.
        private void Set(object value, [CallerMemberName] string name = null)
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
