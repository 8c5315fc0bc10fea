// Files with tokens, as commands are given them: a path, a pattern, or what Get-Item, Get-ChildItem and Resolve-Path give.

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    internal sealed class TokenFile
    {
        // What has one of these is a token, wherever it lies.
        private static readonly string[] OfTokens = { "access_token", "AccessToken", "refresh_token", "RefreshToken", "SecureDocument", "Document" };

        private TokenFile(string path, string parameter)
        {
            Path = path;
            Parameter = parameter;
        }

        /// <summary>Where the file is, absolute.</summary>
        internal string Path { get; private set; }

        /// <summary>What errors call it.</summary>
        internal string Parameter { get; private set; }

        /// <summary>The files of the value of a parameter: those that match, where it is a pattern.</summary>
        internal static IEnumerable<TokenFile> Of(PSCmdlet command, object value, string parameter, bool isPattern)
        {
            value = Values.Given(value);
            var list = value is IList ? ((IList)value).Cast<object>() : new[] { value };
            return list.SelectMany(one => OfOne(command, one, parameter, isPattern));
        }

        /// <summary>The files that an object of the pipeline names; none where it names none, as a token.</summary>
        internal static IEnumerable<TokenFile> Named(PSCmdlet command, object item)
        {
            item = Values.Given(item);
            if (item is FileSystemInfo)
                return Of(command, item, "-Path", false);
            if (item is Token || OfTokens.Any(name => Property(item, name) != null))
                return new TokenFile[0];
            var literal = Property(item, "PSPath") ?? Property(item, "LiteralPath");
            var path = literal ?? Property(item, "Path");
            return path is string ? Of(command, path, "-Path", literal == null) : new TokenFile[0];
        }

        private static IEnumerable<TokenFile> OfOne(PSCmdlet command, object value, string parameter, bool isPattern)
        {
            value = Values.Given(value);
            var file = value as FileSystemInfo;
            var path = file == null ? value as string : file.FullName;
            if (path == null)
                throw OAuthException.InvalidArgument(parameter, "must be the path of a file, or what Get-Item gives");
            var found = file == null && isPattern ? Matching(command, path, parameter) : new[] { Literal(command, path, parameter) };
            return found.Select(one => new TokenFile(one, parameter));
        }

        private static IEnumerable<string> Matching(PSCmdlet command, string path, string parameter)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(path))
                return new[] { Literal(command, WildcardPattern.Unescape(path), parameter) };
            ProviderInfo provider = null;
            var found = Asked(() => command.GetResolvedProviderPathFromPSPath(path, out provider), parameter);
            OnlyFiles(provider, parameter);
            if (found.Count == 0)
                throw OAuthException.InvalidArgument(parameter, "matches no file");
            return found;
        }

        private static string Literal(PSCmdlet command, string path, string parameter)
        {
            ProviderInfo provider = null;
            PSDriveInfo drive;
            var found = Asked(() => command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out drive), parameter);
            OnlyFiles(provider, parameter);
            return found;
        }

        // PowerShell's own messages quote the path.
        private static T Asked<T>(Func<T> ask, string parameter)
        {
            try
            {
                return ask();
            }
            catch (PipelineStoppedException)
            {
                throw;
            }
            catch (RuntimeException)
            {
                throw OAuthException.InvalidArgument(parameter, "is not where PowerShell finds files");
            }
            catch (ArgumentException)
            {
                throw OAuthException.InvalidArgument(parameter, "is not a path");
            }
        }

        private static void OnlyFiles(ProviderInfo provider, string parameter)
        {
            if (provider == null || provider.Name != "FileSystem")
                throw OAuthException.InvalidArgument(parameter, "must be in the file system");
        }

        // Of an object made of properties, of a dictionary, or of an object of .NET, as Resolve-Path gives.
        private static object Property(object item, string name)
        {
            var entries = item as IDictionary;
            if (entries != null)
                return Values.Entries(entries).Where(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                    .Select(entry => Values.Given(entry.Value)).FirstOrDefault(value => value != null);
            var property = item == null ? null : item.GetType().GetProperty(name);
            return property == null ? null : property.GetValue(item, null);
        }
    }
}
