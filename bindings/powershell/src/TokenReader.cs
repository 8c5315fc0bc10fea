// Takes a token in every form in which PowerShell hands one on, and gives the core's document.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;

namespace Pinterest.OAuth
{
    internal static class TokenReader
    {
        private const string Taken =
            "must be a token, its JSON (text, the lines of a file, or a SecureString), or an object with access_token";

        // What a copy of a token has besides its fields: ours, and PowerShell's notes of where it came from.
        private static readonly HashSet<string> Besides = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "Document", "SecureDocument", "SecureAccessToken", "RequestId", "RateLimit", "Answer",
            "PSComputerName", "PSShowComputerName", "RunspaceId", "PSSourceJobInstanceId",
        };

        private static readonly string[] Times = { "expires_at", "refresh_token_expires_at", "obtained_at" };
        private static readonly string[] Numbers = { "expires_in", "refresh_token_expires_in" };

        private static readonly string[] Fields = Times.Concat(Numbers).Concat(new[]
        {
            "access_token", "token_type", "refresh_token", "refresh_token_rotated", "scope", "scopes", "response_type", "extra",
        }).ToArray();

        /// <summary>The token of any form.</summary>
        /// <exception cref="InvalidArgumentException">It is none, under the name that the caller knows.</exception>
        internal static Token Read(object value, string place)
        {
            try
            {
                return Values.Given(value) as Token ?? Token.FromJson(Json(value, place));
            }
            catch (InvalidArgumentException problem)
            {
                if (problem.Field != "token")
                    throw;
                throw OAuthException.InvalidArgument(place, problem.Message.Substring("token ".Length));
            }
        }

        /// <summary>The JSON of a token; the core says what is wrong with it.</summary>
        /// <exception cref="InvalidArgumentException">It is none of the forms: they are named.</exception>
        internal static string Json(object value, string place)
        {
            value = Values.Given(value);
            if (value is Token)
                return ((Token)value).ToJson();
            var text = Text(value);
            if (text != null)
                return OfText(text, place);
            var entries = value as IDictionary;
            if (entries == null || entries.Count == 0)
                throw OAuthException.InvalidArgument(place, Taken);
            return OfEntries(entries, place);
        }

        /// <summary>Whether a text can be JSON of an object. A token itself never begins so.</summary>
        internal static bool IsJson(string text)
        {
            return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith("{", StringComparison.Ordinal);
        }

        /// <summary>Text, the text of a SecureString, or the lines of a file; else null.</summary>
        internal static string Text(object value)
        {
            value = Values.Given(value);
            if (value is SecureString)
                return OAuth.Json.Plain((SecureString)value);
            var lines = value as IEnumerable;
            if (lines == null || value is string || value is IDictionary)
                return value as string;
            var texts = lines.Cast<object>().Select(line => Values.Unwrapped(line) as string).ToArray();
            return texts.Contains(null) ? null : string.Join("\n", texts);
        }

        private static string OfText(string text, string place)
        {
            if (!IsJson(text))
                throw OAuthException.InvalidArgument(place, Taken);
            text = text.Trim('\uFEFF', ' ', '\t', '\r', '\n');
            IDictionary<string, object> read;
            try
            {
                read = OAuth.Json.Read(text);
            }
            catch (FormatException)
            {
                return text; // the core says where it is wrong
            }
            // ConvertTo-Json writes all properties of a token; ToJson() writes none of these names.
            return read.ContainsKey("AccessToken") || read.ContainsKey("Document") ? OfEntries((IDictionary)read, place) : text;
        }

        private static string OfEntries(IDictionary entries, string place)
        {
            var whole = Whole(entries);
            if (whole != null)
                return whole;
            var token = new Dictionary<string, object>();
            foreach (var field in Fields)
            {
                var value = Field(field, entries);
                if (value != null)
                    token[field] = value;
            }
            foreach (var entry in Values.Entries(entries))
                if (!Besides.Contains(entry.Key) && !Fields.Any(field => IsNamed(entry.Key, field)))
                    token[entry.Key] = entry.Value;
            if (!token.ContainsKey("access_token") && !token.ContainsKey("refresh_token"))
                throw OAuthException.InvalidArgument(place, Taken);
            return OAuth.Json.Write(token, place);
        }

        // The whole document, which a token carries with it wherever it is copied.
        private static string Whole(IDictionary entries)
        {
            foreach (var name in new[] { "SecureDocument", "Document" })
            {
                var value = Find(entries, key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
                var text = value is SecureString || value is string ? Text(value) : null;
                if (text != null && IsJson(text))
                    return text;
            }
            return null;
        }

        // Pinterest's name counts before .NET's.
        private static object Field(string field, IDictionary entries)
        {
            var value = Values.Given(
                Find(entries, key => key.Equals(field, StringComparison.OrdinalIgnoreCase))
                    ?? Find(entries, key => IsNamed(key, field)));
            if (Times.Contains(field))
                return Time(value);
            if (field == "refresh_token_rotated")
                return Values.Truth(value);
            long number;
            return Numbers.Contains(field) && long.TryParse(value as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out number)
                ? number : value;
        }

        // A time, or the text of one, as Unix seconds.
        private static object Time(object value)
        {
            long seconds;
            DateTimeOffset time;
            var text = value as string;
            if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out seconds))
                return seconds;
            if (value is DateTime)
                time = new DateTimeOffset(((DateTime)value).ToUniversalTime());
            else if (value is DateTimeOffset)
                time = (DateTimeOffset)value;
            else if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time))
                return value;
            return (time.UtcTicks - Document.Epoch.Ticks) / TimeSpan.TicksPerSecond;
        }

        private static bool IsNamed(string key, string field)
        {
            return key.Replace("_", "").Equals(field.Replace("_", ""), StringComparison.OrdinalIgnoreCase);
        }

        private static object Find(IDictionary entries, Func<string, bool> isIt)
        {
            return Values.Entries(entries).Where(entry => isIt(entry.Key)).Select(entry => entry.Value).FirstOrDefault(value => value != null);
        }
    }
}
