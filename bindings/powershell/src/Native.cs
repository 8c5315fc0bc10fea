// The C ABI as .NET sees it: the functions, text in and out, the client's handle. No meaning is given to anything.

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Pinterest.OAuth
{
    /// <summary>A client of the C library. It is freed when no call on it is under way any more.</summary>
    internal sealed class ClientHandle : SafeHandle
    {
        public ClientHandle() : base(IntPtr.Zero, true) { }

        public override bool IsInvalid { get { return handle == IntPtr.Zero; } }

        protected override bool ReleaseHandle()
        {
            Native.pinterest_oauth_client_free(handle);
            return true;
        }
    }

    internal static class Native
    {
        /// <summary>The ABI that these declarations are written for.</summary>
        internal const uint Abi = 1;

        private const string Library = "pinterest_oauth";
        private const CallingConvention C = CallingConvention.Cdecl;

        /// <summary>A function of the library that takes a document and gives one.</summary>
        internal delegate int Function(byte[] document, out IntPtr json);

        /// <summary>A function that does so on a client.</summary>
        internal delegate int OnClient(ClientHandle client, byte[] document, out IntPtr json);

        [DllImport(Library, CallingConvention = C)]
        internal static extern uint pinterest_oauth_abi_version();

        [DllImport(Library, CallingConvention = C)]
        internal static extern IntPtr pinterest_oauth_version();

        [DllImport(Library, CallingConvention = C)]
        internal static extern IntPtr pinterest_oauth_status_name(int status);

        [DllImport(Library, CallingConvention = C)]
        internal static extern void pinterest_oauth_string_free(IntPtr text);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int pinterest_oauth_client_new(byte[] config, out ClientHandle client, out IntPtr json);

        [DllImport(Library, CallingConvention = C)]
        internal static extern void pinterest_oauth_client_free(IntPtr client);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int pinterest_oauth_client_token(ClientHandle client, byte[] request, out IntPtr json);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int pinterest_oauth_client_revoke(ClientHandle client, byte[] request, out IntPtr json);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int pinterest_oauth_client_conversion_token(
            ClientHandle client, byte[] request, out IntPtr json);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int pinterest_oauth_client_authorize_url(
            ClientHandle client, byte[] request, out IntPtr json);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int pinterest_oauth_redirect(byte[] request, out IntPtr json);

        [DllImport(Library, CallingConvention = C)]
        internal static extern int pinterest_oauth_token_read(byte[] token, out IntPtr json);

        /// <summary>What a function gives for a document. The bytes of the document are wiped.</summary>
        /// <exception cref="OAuthException">The function failed.</exception>
        internal static string Ask(Function function, string document)
        {
            var bytes = Bytes(document);
            try
            {
                IntPtr json;
                var status = function(bytes, out json);
                return Answer(status, json);
            }
            finally
            {
                Wipe(bytes);
            }
        }

        /// <summary>UTF-8 with its final NUL; null stays null.</summary>
        internal static byte[] Bytes(string text)
        {
            if (text == null)
                return null;
            var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
            Encoding.UTF8.GetBytes(text, 0, text.Length, bytes, 0);
            return bytes;
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
            Wipe(bytes);
            return read;
        }

        private static void Wipe(byte[] bytes)
        {
            if (bytes != null)
                Array.Clear(bytes, 0, bytes.Length);
        }

        // The library's text is freed, whatever it says.
        private static string Answer(int status, IntPtr json)
        {
            try
            {
                var document = Text(json);
                if (status == 0)
                    return document;
                throw OAuthException.From(document, Text(pinterest_oauth_status_name(status)));
            }
            finally
            {
                pinterest_oauth_string_free(json);
            }
        }
    }
}
