// The settings as an object to set one by one, and the client that they make.

using System;
using System.Collections;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security;

namespace Pinterest.OAuth
{
    /// <summary>
    /// The settings of a client. What is null, or an empty text, comes from the environment, or has the core's default. The
    /// client is made at the first call, and anew after a setting or a variable of the environment has changed. A value
    /// that cannot be used is reported by the next call.
    /// </summary>
    public sealed class Configuration
    {
        private readonly object gate = new object();
        private readonly Hashtable settings = new Hashtable();
        private Client client;
        private string[] seen;

        /// <summary>The app's id: text or a whole number.</summary>
        public object Username { get { return Get(); } set { Set(value); } }

        /// <summary>The app's secret: a text or a SecureString. Read again, it is a SecureString.</summary>
        public object Password { get { return Get(); } set { Set(Hidden(value)); } }

        /// <summary>production (the default) or sandbox.</summary>
        public object Environment { get { return Get(); } set { Set(value); } }

        /// <summary>Another server for tokens, with or without /v5: text or a Uri.</summary>
        public object BaseUrl { get { return Get(); } set { Set(value); } }

        /// <summary>Another server for the page at which users give access: text or a Uri.</summary>
        public object OauthUrl { get { return Get(); } set { Set(value); } }

        /// <summary>The deadline of a whole call: seconds, fractions allowed, or a TimeSpan; 30, at most 600.</summary>
        public object TimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>The deadline for a connection: seconds, fractions allowed, or a TimeSpan; 10.</summary>
        public object ConnectTimeoutSec { get { return Get(); } set { Set(value); } }

        /// <summary>The address of a proxy: text, a Uri or a SecureString. Read again, it is a SecureString.</summary>
        public object Proxy { get { return Get(); } set { Set(Hidden(value)); } }

        /// <summary>Hosts that need no proxy, with commas between them.</summary>
        public object NoProxy { get { return Get(); } set { Set(value); } }

        /// <summary>A file of certificates to trust instead of the system's: a path or a FileInfo.</summary>
        public object CaFile { get { return Get(); } set { Set(value); } }

        /// <summary>Whether a connection is used again for the next call: a truth value, or true, false, yes, no, 1, 0.</summary>
        public object KeepAlive { get { return Get(); } set { Set(value); } }

        /// <summary>Whether http is permitted elsewhere than on this machine: a truth value, or true, false, yes, no, 1, 0.</summary>
        public object AllowHttp { get { return Get(); } set { Set(value); } }

        /// <summary>Whether the environment counts where a setting is null: true unless said otherwise.</summary>
        public object TrustEnv { get { return Get(); } set { Set(value); } }

        /// <summary>The client of these settings. Its errors name parameters, as -RedirectUri.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client Client()
        {
            return Client(path => path);
        }

        /// <summary>A client with other credentials. The caller disposes of it.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client ClientFor(string username, SecureString password)
        {
            return ClientFor(username, password, path => path);
        }

        /// <summary>Shows no setting.</summary>
        public override string ToString()
        {
            return "Pinterest.OAuth.Configuration";
        }

        /// <summary>The client; <paramref name="path"/> makes a path absolute as PowerShell does.</summary>
        internal Client Client(Func<string, string> path)
        {
            lock (gate)
            {
                var now = Seen(path);
                if (client == null || !now.SequenceEqual(seen))
                    client = Made(settings, path);
                seen = now;
                return client;
            }
        }

        internal Client ClientFor(string username, SecureString password, Func<string, string> path)
        {
            Hashtable changed;
            lock (gate)
                changed = new Hashtable(settings);
            changed["Username"] = username;
            changed["Password"] = password;
            return Made(changed, path);
        }

        // What the client depends on besides the settings: the environment, and from where paths count.
        private string[] Seen(Func<string, string> path)
        {
            return (TrustsEnvironment(settings) ? Variables.Values() : new string[0]).Concat(new[] { CaPath(settings, path) }).ToArray();
        }

        private static Client Made(IDictionary settings, Func<string, string> path)
        {
            var configuration = Request.From(settings);
            var file = CaPath(settings, path);
            if (file != null)
                configuration["ca_file"] = file;
            configuration["language"] = "powershell";
            return new Client(configuration);
        }

        // The file as PowerShell sees it. The core would look for it from the folder of the process, and knows no ~.
        private static string CaPath(IDictionary settings, Func<string, string> path)
        {
            var file = Values.Of("ca_file", settings["CaFile"], null) as string;
            if (file == null && settings["CaFile"] == null && TrustsEnvironment(settings))
            {
                var fromEnvironment = System.Environment.GetEnvironmentVariable("SSL_CERT_FILE");
                file = string.IsNullOrEmpty(fromEnvironment) || System.IO.Path.IsPathRooted(fromEnvironment) ? null : fromEnvironment;
            }
            return file == null ? null : path(file);
        }

        private static bool TrustsEnvironment(IDictionary settings)
        {
            return !false.Equals(Values.Truth(settings["TrustEnv"]));
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
                settings[name] = Values.Given(value);
            }
        }

        private static object Hidden(object value)
        {
            value = Values.Given(value);
            var secret = value as SecureString;
            if (secret != null)
                return secret.Length == 0 ? null : secret.Copy();
            var text = value is Uri ? ((Uri)value).OriginalString : value as string;
            return text == null ? value : Secure.Of(text);
        }
    }
}
