// The C ABI as .NET sees it: the functions, text in and out, handles. No meaning is given to anything.

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Pinterest.OAuth
{
    /// <summary>The functions of the C library. Each field has the name of its function.</summary>
    internal sealed class Functions
    {
#pragma warning disable 649 // Library sets them by their names.
        internal Number pinterest_oauth_abi_version;
        internal Constant pinterest_oauth_version;
        internal Name pinterest_oauth_status_name;
        internal Free pinterest_oauth_string_free;
        internal New pinterest_oauth_client_new;
        internal Free pinterest_oauth_client_free;
        internal OnHandle pinterest_oauth_client_check;
        internal OnClient pinterest_oauth_client_token;
        internal OnClient pinterest_oauth_client_refresh_file;
        internal OnClient pinterest_oauth_client_revoke;
        internal OnClient pinterest_oauth_client_conversion_token;
        internal OnClient pinterest_oauth_client_authorize_url;
        internal OnDocument pinterest_oauth_redirect;
        internal OnDocument pinterest_oauth_token_read;
        internal New pinterest_oauth_manager_new;
        internal Free pinterest_oauth_manager_free;
        internal Open pinterest_oauth_manager_account;
        internal Open pinterest_oauth_manager_app;
        internal OnHandle pinterest_oauth_manager_accounts;
        internal Counted pinterest_oauth_manager_refresh_due;
        internal Flagged pinterest_oauth_manager_doctor;
        internal Free pinterest_oauth_account_free;
        internal OnClient pinterest_oauth_account_access_token;
        internal Texts pinterest_oauth_account_access_token_now;
        internal Texts pinterest_oauth_account_cached;
        internal OnHandle pinterest_oauth_account_token;
        internal Refused pinterest_oauth_account_rejected;
        internal OnClient pinterest_oauth_account_login;
        internal OnClient pinterest_oauth_account_import;
        internal Flagged pinterest_oauth_account_refresh;
        internal OnHandle pinterest_oauth_account_status;
        internal OnHandle pinterest_oauth_account_export;
        internal OnHandle pinterest_oauth_account_remove;
        internal OnClient pinterest_oauth_account_rename;
        internal Texts pinterest_oauth_account_unsaved;
        internal Waits pinterest_oauth_finish;
        internal Gives pinterest_oauth_take_log;
        internal OnClient pinterest_oauth_login_begin;
        internal OnClient pinterest_oauth_login_finish;
        internal Open pinterest_oauth_login_start;
        internal Free pinterest_oauth_login_free;
        internal Timed pinterest_oauth_login_next;
        internal OnHandle pinterest_oauth_login_show;
        internal OnClient pinterest_oauth_login_paste;
        internal Answers pinterest_oauth_login_answer;
        internal Does pinterest_oauth_login_cancel;
#pragma warning restore 649

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate uint Number();

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate IntPtr Constant();

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate IntPtr Name(int status);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate void Free(IntPtr owned);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int New(byte[] config, out IntPtr made, out IntPtr json);

        /// <summary>A function that takes a text and gives one, on a client, a manager or an account.</summary>
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int OnClient(IntPtr handle, byte[] document, out IntPtr json);

        /// <summary>A function that gives a text.</summary>
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int OnHandle(IntPtr handle, out IntPtr json);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Flagged(IntPtr handle, int flag, out IntPtr json);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Counted(IntPtr handle, uint number, out IntPtr json);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Refused(IntPtr account, byte[] accessToken, long code, out IntPtr text);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Open(IntPtr manager, byte[] text, out IntPtr made, out IntPtr json);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Timed(IntPtr login, double seconds, out IntPtr json);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate void Answers(IntPtr login, int yes);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate void Does(IntPtr login);

        /// <summary>A function that cannot fail, and gives an owned text, or NULL.</summary>
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate IntPtr Texts(IntPtr account);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Waits(double seconds);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Gives(out IntPtr json);

        /// <summary>A function that does so without a client.</summary>
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int OnDocument(byte[] document, out IntPtr json);
    }

    /// <summary>A client, a manager, an account or a login of the C library. It is freed when no call on it is under way any more.</summary>
    internal sealed class Handle : SafeHandle
    {
        private readonly Functions.Free free;

        internal Handle(IntPtr made, Functions.Free free) : base(IntPtr.Zero, true)
        {
            this.free = free;
            SetHandle(made);
        }

        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }

        /// <summary>Uses it in a function of the library; it lives at least as long.</summary>
        /// <exception cref="ObjectDisposedException">It was freed.</exception>
        internal T Use<T>(Func<IntPtr, T> function)
        {
            var held = false;
            try
            {
                DangerousAddRef(ref held);
                return function(handle);
            }
            finally
            {
                if (held)
                    DangerousRelease();
            }
        }

        /// <summary>The same for the function that is called most: nothing is allocated.</summary>
        /// <exception cref="ObjectDisposedException">It was freed.</exception>
        internal int Call(Functions.OnClient function, byte[] text, out IntPtr json)
        {
            var held = false;
            try
            {
                DangerousAddRef(ref held);
                return function(handle, text, out json);
            }
            finally
            {
                if (held)
                    DangerousRelease();
            }
        }

        protected override bool ReleaseHandle()
        {
            free(handle);
            return true;
        }
    }

    internal static class Native
    {
        // Half a surrogate pair is an error; by default it would be sent as U+FFFD.
        private static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

        /// <summary>What a function gives for a document, which is called <paramref name="name"/> in errors.</summary>
        /// <exception cref="OAuthException">The function failed.</exception>
        internal static string Ask(Functions.OnDocument function, string document, string name = null)
        {
            var bytes = Bytes(document, name);
            try
            {
                IntPtr json;
                var status = function(bytes, out json);
                return Answer(status, json);
            }
            finally
            {
                if (bytes != null) // it may hold a secret
                    Array.Clear(bytes, 0, bytes.Length);
            }
        }

        /// <summary>What a function gives of a handle.</summary>
        /// <exception cref="OAuthException">The function failed.</exception>
        internal static string Ask(Handle handle, Functions.OnHandle function)
        {
            return handle.Use(inside =>
            {
                IntPtr json;
                var status = function(inside, out json);
                return Answer(status, json);
            });
        }

        /// <summary>What a function gives of a handle and a text, which is called <paramref name="name"/> in errors.</summary>
        /// <exception cref="OAuthException">The function failed.</exception>
        internal static string Ask(Handle handle, Functions.OnClient function, string text, string name = null)
        {
            var bytes = Bytes(text, name);
            try
            {
                IntPtr json;
                var status = handle.Call(function, bytes, out json);
                return Answer(status, json);
            }
            finally
            {
                if (bytes != null) // it may hold a secret
                    Array.Clear(bytes, 0, bytes.Length);
            }
        }

        /// <summary>A text that the library hands out without a status; null where there is none.</summary>
        internal static string Take(IntPtr text)
        {
            try
            {
                return Text(text);
            }
            finally
            {
                Library.Functions.pinterest_oauth_string_free(text);
            }
        }

        /// <summary>UTF-8 with its final NUL; null stays null.</summary>
        /// <exception cref="InvalidArgumentException">C would cut the text, or it is not valid Unicode.</exception>
        internal static byte[] Bytes(string text, string name)
        {
            if (text == null)
                return null;
            if (text.IndexOf('\0') >= 0)
                throw OAuthException.InvalidArgument(name, "holds a NUL character");
            try
            {
                var bytes = new byte[Utf8.GetByteCount(text) + 1];
                Utf8.GetBytes(text, 0, text.Length, bytes, 0);
                return bytes;
            }
            catch (EncoderFallbackException)
            {
                throw OAuthException.InvalidArgument(name, "is not valid Unicode");
            }
        }

        /// <summary>UTF-8 to text. The bytes stay where they are.</summary>
        internal static string Text(IntPtr text)
        {
            if (text == IntPtr.Zero)
                return null;
            var length = Length(text);
            var bytes = new byte[length];
            Marshal.Copy(text, bytes, 0, length);
            var read = Encoding.UTF8.GetString(bytes);
            Array.Clear(bytes, 0, length);
            return read;
        }

        // Eight bytes at once where they are aligned, so that no page is read in which the text has no part.
        private static int Length(IntPtr text)
        {
            var at = 0;
            for (; ; at++)
            {
                while ((text.ToInt64() + at) % 8 == 0 && !HasZero(Marshal.ReadInt64(text, at)))
                    at += 8;
                if (Marshal.ReadByte(text, at) == 0)
                    return at;
            }
        }

        private static bool HasZero(long eight)
        {
            return unchecked((eight - 0x0101010101010101) & ~eight & (long)0x8080808080808080) != 0;
        }

        // The library's text is freed, whatever it says.
        private static string Answer(int status, IntPtr json)
        {
            try
            {
                var document = Text(json);
                if (status == 0)
                    return document;
                throw OAuthException.From(document, Text(Library.Functions.pinterest_oauth_status_name(status)));
            }
            finally
            {
                Library.Functions.pinterest_oauth_string_free(json);
            }
        }
    }
}
