// The C ABI as .NET sees it: the functions, text in and out, the client's handle. No meaning is given to anything.

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
        internal Asked pinterest_oauth_client_check;
        internal OnClient pinterest_oauth_client_token;
        internal OnClient pinterest_oauth_client_revoke;
        internal OnClient pinterest_oauth_client_conversion_token;
        internal OnClient pinterest_oauth_client_authorize_url;
        internal OnDocument pinterest_oauth_redirect;
        internal OnDocument pinterest_oauth_token_read;
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
        internal delegate int New(byte[] config, out IntPtr client, out IntPtr json);

        /// <summary>A function that gives a document, on a client.</summary>
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int Asked(IntPtr client, out IntPtr json);

        /// <summary>A function that takes a document and gives one, on a client.</summary>
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int OnClient(IntPtr client, byte[] document, out IntPtr json);

        /// <summary>A function that does so without a client.</summary>
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int OnDocument(byte[] document, out IntPtr json);
    }

    /// <summary>A client of the C library. It is freed when no call on it is under way any more.</summary>
    internal sealed class ClientHandle : SafeHandle
    {
        internal ClientHandle(IntPtr client) : base(IntPtr.Zero, true)
        {
            SetHandle(client);
        }

        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }

        /// <summary>Calls a function on the client, which lives at least as long.</summary>
        internal int Call(Functions.OnClient function, byte[] document, out IntPtr json)
        {
            var held = false;
            try
            {
                DangerousAddRef(ref held);
                return function(handle, document, out json);
            }
            finally
            {
                if (held)
                    DangerousRelease();
            }
        }

        protected override bool ReleaseHandle()
        {
            Library.Functions.pinterest_oauth_client_free(handle);
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
            var length = 0;
            while (Marshal.ReadByte(text, length) != 0)
                length++;
            var bytes = new byte[length];
            Marshal.Copy(text, bytes, 0, length);
            var read = Encoding.UTF8.GetString(bytes);
            Array.Clear(bytes, 0, length);
            return read;
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
