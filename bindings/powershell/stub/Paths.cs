// Paths of PowerShell, as far as the module uses them. See System.Management.Automation.cs. In the tests there are two
// providers: that of files, and one of the environment, which holds no files. Only * is a wildcard in what is found.

using System.Collections.ObjectModel;

namespace System.Management.Automation
{
    public class SessionStateException : RuntimeException { }

    public class DriveNotFoundException : SessionStateException { }

    public class ProviderInfo
    {
        public string Name { get; internal set; }
    }

    public class PSDriveInfo { }

    public sealed class SessionState
    {
        public PathIntrinsics Path { get { return new PathIntrinsics(); } }
    }

    public sealed class PathIntrinsics
    {
        private const string Files = @"Microsoft.PowerShell.Core\FileSystem::";

        public string GetUnresolvedProviderPathFromPSPath(string path, out ProviderInfo provider, out PSDriveInfo drive)
        {
            drive = null;
            provider = ProviderOf(path);
            return provider.Name == "FileSystem" ? Absolute(path) : path.Substring("env:".Length);
        }

        internal static Collection<string> Matching(string path, out ProviderInfo provider)
        {
            provider = ProviderOf(path);
            var whole = Absolute(path);
            var found = IO.Directory.GetFileSystemEntries(IO.Path.GetDirectoryName(whole), IO.Path.GetFileName(whole));
            Array.Sort(found, StringComparer.Ordinal);
            return new Collection<string>(found);
        }

        internal static string Absolute(string path)
        {
            if (path.StartsWith(Files))
                path = path.Substring(Files.Length);
            if (path == "~" || path.StartsWith("~/"))
                path = Environment.GetEnvironmentVariable("HOME") + path.Substring(1);
            return IO.Path.GetFullPath(IO.Path.Combine(PSCmdlet.Location, path));
        }

        private static ProviderInfo ProviderOf(string path)
        {
            if (path.StartsWith("nowhere:"))
                throw new DriveNotFoundException();
            return new ProviderInfo { Name = path.StartsWith("env:", StringComparison.OrdinalIgnoreCase) ? "Environment" : "FileSystem" };
        }
    }

    public sealed class WildcardPattern
    {
        private WildcardPattern() { }

        public static bool ContainsWildcardCharacters(string pattern)
        {
            for (var at = 0; at < pattern.Length; at++)
                if (pattern[at] == '`')
                    at++;
                else if ("*?[]".IndexOf(pattern[at]) >= 0)
                    return true;
            return false;
        }

        public static string Unescape(string pattern)
        {
            return Text.RegularExpressions.Regex.Replace(pattern, @"`([*?\[\]])", "$1");
        }
    }
}
