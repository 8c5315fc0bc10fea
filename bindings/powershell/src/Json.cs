// JSON in and out, as far as the documents of the C library need it. Written here because no reader is at hand on
// all of .NET Framework, .NET Core 3.1 and .NET 10: the one they share, JsonReaderWriterFactory, ends the process on
// .NET Core 3.1 where OpenSSL 1.1 is missing, and takes a key `__type` for its own.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace Pinterest.OAuth
{
    /// <summary>Reads and writes JSON documents. Keys keep their case and their order.</summary>
    public static class Json
    {
        internal const int Deepest = 128;

        // The core reads answers 128 deep, and hands them out within documents of its own.
        internal const int DeepestRead = 256;

        /// <summary>
        /// Reads an object. Numbers become long, else decimal where that holds every digit, else double; of a key
        /// that is there twice the last value counts.
        /// </summary>
        /// <exception cref="FormatException">It is not a JSON object. The message quotes nothing of it.</exception>
        public static IDictionary<string, object> Read(string text)
        {
            var document = new JsonReader(text ?? "").Document() as IDictionary<string, object>;
            if (document == null)
                throw new FormatException("It is not a JSON object.");
            return document;
        }

        /// <summary>
        /// Writes null, text, booleans, numbers, times (ISO 8601), Uri, Guid, enums, SecureString, Token, dictionaries and
        /// lists, and what PowerShell wraps around one of them.
        /// </summary>
        /// <exception cref="InvalidArgumentException">There is something else in it: its place is named.</exception>
        public static string Write(object value)
        {
            return Write(value, null);
        }

        /// <summary>The same; errors call the value <paramref name="place"/>.</summary>
        internal static string Write(object value, string place)
        {
            var text = new StringBuilder();
            Write(text, value, place, 0);
            return text.ToString();
        }

        private static void Write(StringBuilder to, object value, string place, int depth)
        {
            value = Values.Unwrapped(value);
            if (depth > Deepest)
                throw OAuthException.InvalidArgument(place, "is nested too deeply");
            if (value == null || value is DBNull)
                to.Append("null");
            else if (value is string || value is char)
                WriteText(to, value.ToString(), place);
            else if (value is bool)
                to.Append((bool)value ? "true" : "false");
            else if (value is SecureString)
                WriteText(to, Plain((SecureString)value), place);
            else if (value is Token)
                to.Append(((Token)value).ToJson());
            else if (value is Written)
                to.Append(((Written)value).Json);
            else if (value is double || value is float)
                WriteNumber(to, ((IConvertible)value).ToDouble(CultureInfo.InvariantCulture), place);
            else if (Values.Number(value))
                to.Append(((IConvertible)value).ToString(CultureInfo.InvariantCulture));
            else if (value.GetType().FullName == "System.Numerics.BigInteger")
                to.Append(((IFormattable)value).ToString("R", CultureInfo.InvariantCulture));
            else if (Simple(value) != null)
                WriteText(to, Simple(value), place);
            else if (value is IDictionary)
                WriteObject(to, (IDictionary)value, place, depth);
            else if (value is IEnumerable)
                WriteList(to, (IEnumerable)value, place, depth);
            else
                throw OAuthException.InvalidArgument(place, "is of a type that cannot be used here");
        }

        // What has one text that reads back.
        private static string Simple(object value)
        {
            if (value is Uri)
                return ((Uri)value).OriginalString;
            if (value is DateTime || value is DateTimeOffset)
                return ((IFormattable)value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
            return value is Guid || value is Enum ? value.ToString() : null;
        }

        private static void WriteObject(StringBuilder to, IDictionary entries, string place, int depth)
        {
            to.Append('{');
            var first = true;
            foreach (DictionaryEntry entry in entries)
            {
                var key = Values.Unwrapped(entry.Key) as string;
                if (key == null)
                    throw OAuthException.InvalidArgument(place, "has a key that is not text");
                if (!first)
                    to.Append(',');
                first = false;
                var inner = place == null ? key : place + "." + key;
                WriteText(to, key, inner);
                to.Append(':');
                Write(to, entry.Value, inner, depth + 1);
            }
            to.Append('}');
        }

        private static void WriteList(StringBuilder to, IEnumerable items, string place, int depth)
        {
            to.Append('[');
            var first = true;
            foreach (var item in items)
            {
                if (!first)
                    to.Append(',');
                first = false;
                Write(to, item, place, depth + 1);
            }
            to.Append(']');
        }

        private static void WriteNumber(StringBuilder to, double value, string place)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
                throw OAuthException.InvalidArgument(place, "must be a finite number");
            to.Append(value.ToString("R", CultureInfo.InvariantCulture));
        }

        private static void WriteText(StringBuilder to, string text, string place)
        {
            to.Append('"');
            for (var at = 0; at < text.Length; at++)
            {
                var sign = text[at];
                if (sign == '"' || sign == '\\')
                    to.Append('\\').Append(sign);
                else if (sign < ' ')
                    to.Append("\\u").Append(((int)sign).ToString("x4", CultureInfo.InvariantCulture));
                else if (!char.IsSurrogate(sign))
                    to.Append(sign);
                else if (at + 1 < text.Length && char.IsSurrogatePair(sign, text[at + 1]))
                    to.Append(sign).Append(text[++at]);
                else
                    throw OAuthException.InvalidArgument(place, "is not valid Unicode");
            }
            to.Append('"');
        }

        internal static string Plain(SecureString secret)
        {
            var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
            try
            {
                return Marshal.PtrToStringUni(pointer, secret.Length);
            }
            finally
            {
                Marshal.ZeroFreeGlobalAllocUnicode(pointer);
            }
        }
    }

    /// <summary>A value that is written already.</summary>
    internal sealed class Written
    {
        internal Written(string json)
        {
            Json = json;
        }

        internal string Json { get; private set; }
    }
}
