// Reads JSON (RFC 8259) strictly. What it finds is `Json`'s affair.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Pinterest.OAuth
{
    internal sealed class JsonReader
    {
        private readonly string text;
        private int at;
        private int depth;

        internal JsonReader(string text)
        {
            this.text = text;
        }

        internal object Document()
        {
            var value = Value();
            Space();
            if (at != text.Length)
                throw Wrong();
            return value;
        }

        private object Value()
        {
            Space();
            switch (Peek())
            {
                case '{': return Nested(Object);
                case '[': return Nested(List);
                case '"': return Text();
                case 't': return Word("true", true);
                case 'f': return Word("false", false);
                case 'n': return Word("null", null);
                default: return Number();
            }
        }

        private T Nested<T>(Func<T> read)
        {
            if (++depth > Json.DeepestRead)
                throw Wrong();
            at++;
            var value = read();
            depth--;
            return value;
        }

        private Dictionary<string, object> Object()
        {
            var entries = new Dictionary<string, object>(StringComparer.Ordinal);
            if (Ends('}'))
                return entries;
            do
            {
                Space();
                var key = Text();
                Space();
                Expect(':');
                entries[key] = Value();
            } while (Goes('}'));
            return entries;
        }

        private object[] List()
        {
            var items = new List<object>();
            if (Ends(']'))
                return items.ToArray();
            do
            {
                items.Add(Value());
            } while (Goes(']'));
            return items.ToArray();
        }

        private bool Ends(char end)
        {
            Space();
            if (Peek() != end)
                return false;
            at++;
            return true;
        }

        private bool Goes(char end)
        {
            if (Ends(end))
                return false;
            Expect(',');
            return true;
        }

        private string Text()
        {
            Expect('"');
            var read = new StringBuilder();
            while (true)
            {
                var sign = Next();
                if (sign == '"')
                    return read.ToString();
                if (sign < ' ')
                    throw Wrong();
                read.Append(sign == '\\' ? Escaped() : sign);
            }
        }

        private char Escaped()
        {
            var sign = Next();
            switch (sign)
            {
                case 'b': return '\b';
                case 'f': return '\f';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case '"': case '\\': case '/': return sign;
                case 'u': break;
                default: throw Wrong();
            }
            ushort code;
            if (at + 4 > text.Length
                || !ushort.TryParse(
                    text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
                throw Wrong();
            at += 4;
            return (char)code;
        }

        private object Word(string word, object value)
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
                throw Wrong();
            at += word.Length;
            return value;
        }

        private object Number()
        {
            var from = at;
            if (Peek() == '-')
                at++;
            if (Peek() == '0')
                at++;
            else
                Digits();
            var whole = true;
            if (Peek() == '.')
            {
                whole = false;
                at++;
                Digits();
            }
            var plain = at;
            if (Peek() == 'e' || Peek() == 'E')
            {
                at++;
                if (Peek() == '+' || Peek() == '-')
                    at++;
                Digits();
            }
            return Number(text.Substring(from, at - from), whole && at == plain, at == plain);
        }

        private static object Number(string digits, bool isWhole, bool isPlain)
        {
            var invariant = CultureInfo.InvariantCulture;
            long whole;
            if (isWhole && long.TryParse(digits, NumberStyles.AllowLeadingSign, invariant, out whole))
                return whole;
            decimal exact;
            if (isPlain && decimal.TryParse(digits, NumberStyles.Number, invariant, out exact)
                && exact.ToString(invariant) == digits)
                return exact;
            double near;
            if (double.TryParse(digits, NumberStyles.Float, invariant, out near))
                return near;
            return digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        private void Digits()
        {
            var from = at;
            while (Peek() >= '0' && Peek() <= '9')
                at++;
            if (at == from)
                throw Wrong();
        }

        private void Space()
        {
            while (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' || Peek() == '\r')
                at++;
        }

        private void Expect(char sign)
        {
            if (Next() != sign)
                throw Wrong();
        }

        private char Next()
        {
            if (at >= text.Length)
                throw Wrong();
            return text[at++];
        }

        // NUL at the end: it is no part of any JSON outside a text.
        private char Peek()
        {
            return at < text.Length ? text[at] : '\0';
        }

        // Never quotes what was read: it may be a secret.
        private FormatException Wrong()
        {
            return new FormatException(
                "It is not valid JSON, at character " + at.ToString(CultureInfo.InvariantCulture) + ".");
        }
    }
}
