// The settings as an object to set one by one, and the client and the token manager that they make.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security;

namespace Pinterest.OAuth
{
    /// <summary>
    /// The settings of a client, and of a store of tokens. What is null, or an empty text, comes from the environment, or has
    /// the core's default. Client and token manager are made at the first call, and anew after a setting or a variable of
    /// the environment has changed. A value that cannot be used is reported by the next call.
    /// </summary>
    public sealed class Configuration
    {
        private readonly object gate = new object();
        private readonly Hashtable settings = new Hashtable();
        private Client client;
        private TokenManager manager;
        private string[] seen;

        // Those of the store, which a client does not know.
        private static readonly string[] OfStore = { "Store", "RecoveryDir", "FileSystems", "ClockOffsetFile" };

        // The setting, and the variable that gives it where it is null: a path counts from where PowerShell is.
        private static readonly Dictionary<string, string> Paths = new Dictionary<string, string>
        {
            { "CaFile", "SSL_CERT_FILE" }, { "Store", "PINTEREST_OAUTH_STORE" }, { "RecoveryDir", null }, { "ClockOffsetFile", null },
        };

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

        /// <summary>The folder in which tokens are kept: a path or a DirectoryInfo; :memory: keeps them in this process alone.</summary>
        public object Store { get { return Get(); } set { Set(value); } }

        /// <summary>A second folder, on another disk, for a token that the store cannot take. The store remembers it.</summary>
        public object RecoveryDir { get { return Get(); } set { Set(value); } }

        /// <summary>File systems allowed besides the local ones, by name, as nfs4: there tokens may be lost.</summary>
        public object FileSystems { get { return Get(); } set { Set(value); } }

        /// <summary>A file with a number of seconds by which the clock is moved, for tests against this machine.</summary>
        public object ClockOffsetFile { get { return Get(); } set { Set(value); } }

        /// <summary>The client of these settings. Its errors name parameters, as -RedirectUri.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client Client()
        {
            return Client(path => path);
        }

        /// <summary>The token manager of these settings. Its errors name parameters, as -Store.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named. Or the store cannot.</exception>
        public TokenManager Manager()
        {
            return Manager(path => path);
        }

        /// <summary>A client with other credentials. The caller disposes of it.</summary>
        /// <exception cref="OAuthException">A setting cannot be used: it is named.</exception>
        public Client ClientFor(string username, SecureString password)
        {
            return ClientFor(username, password, null, path => path);
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
                Look(path);
                return client ?? (client = Made(settings, path));
            }
        }

        /// <summary>The token manager; <paramref name="path"/> as of the client.</summary>
        internal TokenManager Manager(Func<string, string> path)
        {
            lock (gate)
            {
                Look(path);
                return manager ?? (manager = new TokenManager(Written(settings, path)));
            }
        }

        /// <summary>A client with other credentials, or another deadline; what is null is as in the settings.</summary>
        internal Client ClientFor(string username, SecureString password, object timeout, Func<string, string> path)
        {
            Hashtable changed;
            lock (gate)
                changed = new Hashtable(settings);
            if (username != null)
            {
                changed["Username"] = username;
                changed["Password"] = password;
            }
            if (timeout != null)
                changed["TimeoutSec"] = timeout;
            return Made(changed, path);
        }

        /// <summary>The value of a setting that is a path, absolute; any other value, and any other setting, as it is.</summary>
        internal static object Absolute(string name, object value, Func<string, string> path)
        {
            value = Paths.ContainsKey(name) ? Values.Of(Names.Field(name), value, null) : value;
            var file = Paths.ContainsKey(name) ? value as string : null;
            return file == null || file == ":memory:" ? value : path(file);
        }

        // Forgets what was made when other things counted: the environment, and from where paths count.
        private void Look(Func<string, string> path)
        {
            var now = (TrustsEnvironment(settings) ? Variables.Values() : new string[0])
                .Concat(Paths.Keys.Select(name => PathOf(settings, name, path) as string)).ToArray();
            if (seen == null || !now.SequenceEqual(seen))
                Forget();
            seen = now;
        }

        // They are not disposed of: a call on them may be under way. The collector frees them.
        private void Forget()
        {
            client = null;
            manager = null;
        }

        private static Client Made(IDictionary settings, Func<string, string> path)
        {
            var own = Written(settings, path);
            foreach (var name in OfStore)
                own.Remove(Names.Field(name));
            return new Client(own);
        }

        private static IDictionary Written(IDictionary settings, Func<string, string> path)
        {
            var configuration = Request.From(settings);
            foreach (var name in Paths.Keys)
            {
                var file = PathOf(settings, name, path);
                if (file is string)
                    configuration[Names.Field(name)] = file;
            }
            configuration["language"] = "powershell";
            return configuration;
        }

        // As PowerShell sees it. The core would look for it from the folder of the process, and knows no ~.
        private static object PathOf(IDictionary settings, string name, Func<string, string> path)
        {
            if (settings[name] != null)
                return Absolute(name, settings[name], path);
            var fromEnvironment = Paths[name] == null || !TrustsEnvironment(settings) ? null : System.Environment.GetEnvironmentVariable(Paths[name]);
            return string.IsNullOrEmpty(fromEnvironment) || System.IO.Path.IsPathRooted(fromEnvironment) ? null : Absolute(name, fromEnvironment, path);
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

        private void Set(object value, [CallerMemberName] string name = null)
        {
            lock (gate)
            {
                Forget();
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
