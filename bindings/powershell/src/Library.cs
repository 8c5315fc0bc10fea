// What is loaded: the versions, and the check that both halves fit.

using System;
using System.Globalization;
using System.IO;

namespace Pinterest.OAuth
{
    /// <summary>The C library beside this assembly.</summary>
    public static class Library
    {
        private static bool isChecked;

        /// <summary>The version of the library, for example 0.1.0.</summary>
        /// <exception cref="DllNotFoundException">The library is not there.</exception>
        public static string Version()
        {
            return Native.Text(Native.pinterest_oauth_version());
        }

        /// <summary>The version of the library's ABI.</summary>
        /// <exception cref="DllNotFoundException">The library is not there.</exception>
        public static long AbiVersion()
        {
            return Native.pinterest_oauth_abi_version();
        }

        /// <summary>Loads the library and compares its ABI with that of this assembly.</summary>
        /// <exception cref="DllNotFoundException">The library is not there, or cannot be loaded.</exception>
        /// <exception cref="NotSupportedException">Its ABI is another one: both numbers and the place are said.</exception>
        public static void Check()
        {
            if (isChecked)
                return;
            long found;
            try
            {
                found = AbiVersion();
            }
            catch (DllNotFoundException problem)
            {
                throw new DllNotFoundException(
                    "The C library pinterest_oauth cannot be loaded; it belongs in " + Folder() + ".", problem);
            }
            if (found != Native.Abi)
                throw new NotSupportedException(string.Format(
                    CultureInfo.InvariantCulture,
                    "{0} is made for ABI {1} of the C library pinterest_oauth, and the one in {2} has ABI {3}. "
                        + "Install both from the same release.",
                    Path.GetFileName(typeof(Library).Assembly.Location), Native.Abi, Folder(), found));
            isChecked = true;
        }

        private static string Folder()
        {
            return Path.GetDirectoryName(typeof(Library).Assembly.Location);
        }
    }
}
