// Loads a C library by its path and finds its functions: by the loader of the system, so that no search path counts and
// the loader's own words are at hand.

using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace Pinterest.OAuth
{
    internal static class Loader
    {
        private const int Now = 2;
        private const uint WithItsOwnFolder = 8;

        internal static bool IsWindows { get { return Path.DirectorySeparatorChar == '\\'; } }

        /// <summary>Opens a library. Without success it is zero, and <paramref name="problem"/> says why.</summary>
        internal static IntPtr Open(string path, out string problem)
        {
            problem = null;
            if (IsWindows)
            {
                var module = LoadLibraryExW(path, IntPtr.Zero, WithItsOwnFolder);
                if (module == IntPtr.Zero)
                    problem = new Win32Exception(Marshal.GetLastWin32Error()).Message;
                return module;
            }
            Error(); // once before: finding dlerror itself may change what it says
            var library = Unix(() => dlopen(path, Now), () => old_dlopen(path, Now));
            if (library == IntPtr.Zero)
                problem = Error();
            return library;
        }

        /// <summary>The address of a function; zero where the library has none of that name.</summary>
        internal static IntPtr Find(IntPtr library, string name)
        {
            return IsWindows ? GetProcAddress(library, name) : Unix(() => dlsym(library, name), () => old_dlsym(library, name));
        }

        private static string Error()
        {
            return Marshal.PtrToStringAnsi(Unix(dlerror, old_dlerror));
        }

        // Until glibc 2.34 they were in a library of their own.
        private static IntPtr Unix(Func<IntPtr> now, Func<IntPtr> before)
        {
            try
            {
                return now();
            }
            catch (EntryPointNotFoundException)
            {
                return before();
            }
        }

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlopen(string path, int flags);

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlsym(IntPtr library, string name);

        [DllImport("libc")]
        private static extern IntPtr dlerror();

        [DllImport("libdl.so.2", CharSet = CharSet.Ansi, EntryPoint = "dlopen")]
        private static extern IntPtr old_dlopen(string path, int flags);

        [DllImport("libdl.so.2", CharSet = CharSet.Ansi, EntryPoint = "dlsym")]
        private static extern IntPtr old_dlsym(IntPtr library, string name);

        [DllImport("libdl.so.2", EntryPoint = "dlerror")]
        private static extern IntPtr old_dlerror();

        [DllImport("kernel32", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
        private static extern IntPtr LoadLibraryExW(string path, IntPtr reserved, uint flags);

        [DllImport("kernel32", CharSet = CharSet.Ansi, ExactSpelling = true)]
        private static extern IntPtr GetProcAddress(IntPtr library, string name);
    }
}
