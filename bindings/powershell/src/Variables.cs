// Outside Windows .NET keeps a copy of the environment to itself: what a program or a script sets there, the
// C library does not see. Before it reads the environment, the variables that it reads are made to agree.

using System;
using System.Runtime.InteropServices;

namespace Pinterest.OAuth
{
    internal static class Variables
    {
        private static readonly string[] Names =
        {
            "PINTEREST_APP_ID", "PINTEREST_APP_SECRET", "PINTEREST_API_URI", "PINTEREST_OAUTH_URI",
            "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy",
            "NO_PROXY", "no_proxy", "REQUEST_METHOD", "SSL_CERT_FILE", "SSL_CERT_DIR",
            "PINTEREST_OAUTH_STORE", "STATE_DIRECTORY", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "HOME", "TMPDIR",
            "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY", "SUDO_UID", "container",
        };

        private static readonly object Gate = new object();

        /// <summary>What the variables hold now, in the order of their names.</summary>
        internal static string[] Values()
        {
            return Array.ConvertAll(Names, Environment.GetEnvironmentVariable);
        }

        /// <summary>Changes nothing where both sides agree already, which is the rule.</summary>
        internal static void HandOn()
        {
            if (Loader.IsWindows)
                return;
            lock (Gate)
            {
                foreach (var name in Names)
                {
                    var wanted = Environment.GetEnvironmentVariable(name);
                    if (wanted == Native.Text(getenv(name)))
                        continue;
                    if (wanted == null)
                        unsetenv(name);
                    else
                        setenv(name, Native.Bytes(wanted, name), 1);
                }
            }
        }

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern IntPtr getenv(string name);

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern int setenv(string name, byte[] value, int overwrite);

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern int unsetenv(string name);
    }
}
