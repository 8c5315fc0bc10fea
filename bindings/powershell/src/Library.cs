// The C library of this assembly: where it is, that it loads, and that both are of one release.

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Pinterest.OAuth
{
    /// <summary>
    /// The C library. It is the file lib/PLATFORM/NAME or runtimes/PLATFORM/native/NAME below this assembly, or NAME beside
    /// it, and no other: search paths do not count.
    /// </summary>
    public static class Library
    {
        /// <summary>The ABI that the declarations here are written for.</summary>
        internal const uint Abi = 1;

        private const string Reinstall = "Install the whole module from one release.";
        private static readonly object Gate = new object();
        private static volatile Functions functions;

        /// <summary>The version of the library, for example 0.1.0.</summary>
        /// <exception cref="DllNotFoundException">As of <see cref="Check"/>.</exception>
        public static string Version()
        {
            return Native.Text(Functions.pinterest_oauth_version());
        }

        /// <summary>The version of the library's ABI.</summary>
        /// <exception cref="DllNotFoundException">As of <see cref="Check"/>.</exception>
        public static long AbiVersion()
        {
            return Functions.pinterest_oauth_abi_version();
        }

        /// <summary>Loads the library, unless it is there already.</summary>
        /// <exception cref="DllNotFoundException">
        /// It is not there, cannot be loaded (the message has the words of the system's loader), or is of another release.
        /// </exception>
        public static void Check()
        {
            GC.KeepAlive(Functions);
        }

        internal static Functions Functions
        {
            get
            {
                if (functions == null)
                    lock (Gate)
                        functions = functions ?? Loaded(Place());
                return functions;
            }
        }

        // One file for each platform below the module; in a program of .NET it lies beside the assembly, or where the SDK
        // puts the libraries of all platforms.
        private static string Place()
        {
            var folder = Path.GetDirectoryName(typeof(Library).Assembly.Location);
            var ofModule = Path.Combine(folder, "lib", Platform(), FileName());
            var places = new[] { Path.Combine(folder, FileName()), ofModule, Path.Combine(folder, "runtimes", Platform(), "native", FileName()) };
            return places.FirstOrDefault(File.Exists) ?? ofModule;
        }

        private static Functions Loaded(string path)
        {
            if (!File.Exists(path))
                throw new DllNotFoundException(
                    "Pinterest.OAuth was not built for " + Platform() + ": there is no " + path + ".");
            string problem;
            var library = Loader.Open(path, out problem);
            if (library == IntPtr.Zero)
                throw new DllNotFoundException(
                    "The C library " + path + " cannot be loaded: " + problem + "." + Hint(problem));
            return Bound(library, path);
        }

        private static Functions Bound(IntPtr library, string path)
        {
            var bound = new Functions();
            var fields = typeof(Functions).GetFields(BindingFlags.Instance | BindingFlags.NonPublic);
            var addresses = fields.ToDictionary(field => field.Name, field => Loader.Find(library, field.Name));
            var abi = addresses["pinterest_oauth_abi_version"];
            var found = abi == IntPtr.Zero ? Abi : ((Functions.Number)Marshal.GetDelegateForFunctionPointer(abi, typeof(Functions.Number)))();
            if (found != Abi)
                throw new DllNotFoundException(string.Format(
                    CultureInfo.InvariantCulture, "{0} has ABI {1}, and Pinterest.OAuth.dll is made for ABI {2}. {3}", path, found, Abi, Reinstall));
            var missing = addresses.Where(entry => entry.Value == IntPtr.Zero).Select(entry => entry.Key).ToArray();
            if (missing.Length > 0)
                throw new DllNotFoundException(path + " lacks the function " + string.Join(", ", missing) + ". " + Reinstall);
            foreach (var field in fields)
                field.SetValue(bound, Marshal.GetDelegateForFunctionPointer(addresses[field.Name], field.FieldType));
            // What was sent is stored before the process ends.
            AppDomain.CurrentDomain.ProcessExit += (sender, arguments) => TokenManager.Finish();
            return bound;
        }

        // What the loader's words mean here.
        private static string Hint(string problem)
        {
            if (Directory.Exists("/lib") && Directory.GetFiles("/lib", "ld-musl-*").Length > 0)
                return " This system's C library is musl; the one that is needed is glibc.";
            if (problem.Contains("GLIBC_"))
                return " It was built for a newer glibc than this system has.";
            if (problem.Contains("failed to map segment"))
                return " Is the file system mounted with noexec?";
            return "";
        }

        private static string FileName()
        {
            var platform = Platform();
            return platform.StartsWith("win", StringComparison.Ordinal) ? "pinterest_oauth.dll"
                : platform.StartsWith("osx", StringComparison.Ordinal) ? "libpinterest_oauth.dylib" : "libpinterest_oauth.so";
        }

        private static string Platform()
        {
            try
            {
                return Described();
            }
            catch (TypeLoadException) // .NET Framework before 4.7.1, which Windows alone has
            {
                return IntPtr.Size == 8 ? "win-x64" : "win-x86";
            }
        }

        private static string Described()
        {
            var system = Loader.IsWindows ? "win" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx" : "linux";
            return system + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        }
    }
}
