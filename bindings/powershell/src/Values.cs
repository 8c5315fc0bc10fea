// Values as PowerShell hands them on: wrapped, as text from a file, as rows of a table. What is "not given" is null.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;

namespace Pinterest.OAuth
{
    internal static class Values
    {
        private static readonly string[] Yes = { "true", "yes", "on", "1" };
        private static readonly string[] No = { "false", "no", "off", "0" };

        /// <summary>
        /// The value without what PowerShell wraps around it: an object made of properties is a dictionary. Null, an
        /// empty text, an empty list and an empty cell of a database are null.
        /// </summary>
        internal static object Given(object value)
        {
            value = Unwrapped(value);
            var secret = value as SecureString;
            if (value is DBNull || value as string == "" || secret != null && secret.Length == 0)
                return null;
            var list = value as IList;
            return list == null ? value : list.Count == 0 ? null : list.Count == 1 ? Given(list[0]) : value;
        }

        /// <summary>PowerShell's own types, in an assembly that is there in PowerShell alone.</summary>
        internal static object Unwrapped(object value)
        {
            return value != null && value.GetType().FullName.StartsWith("System.Management.Automation.", StringComparison.Ordinal)
                ? Shell.Unwrapped(value) : value;
        }

        /// <summary>
        /// The value of a field in the type that the core reads; what it cannot be made of stays as it is, so that the
        /// core names it.
        /// </summary>
        /// <param name="field">The field's name, as redirect_uri.</param>
        /// <param name="value">The value; null where it is not given.</param>
        /// <param name="place">What errors call it, as -RedirectUri.</param>
        internal static object Of(string field, object value, string place)
        {
            if (field == "state") // an empty one is a mistake: it protects the login
                return Unwrapped(value);
            value = Given(value);
            switch (field)
            {
                case "app_id":
                    return Number(value) && !(value is double || value is float || value is decimal)
                        ? Convert.ToString(value, CultureInfo.InvariantCulture) : value;
                case "timeout":
                case "connect_timeout":
                    return Seconds(value);
                case "keep_alive":
                case "allow_http":
                case "trust_env":
                case "continuous_refresh":
                case "browser":
                case "confirm":
                    return Truth(value);
                case "scope":
                    return Scopes(value);
                case "ca_file":
                case "store":
                case "recovery_dir":
                case "clock_offset_file":
                    return PathOf(value);
                case "file_systems":
                    return value is string ? new[] { value } : value;
                case "token":
                    return value == null ? null : new Written(TokenReader.Json(value, place));
                default:
                    return value is Uri ? ((Uri)value).OriginalString : value;
            }
        }

        /// <summary>The entries of a dictionary whose keys are text, without what PowerShell wraps around them.</summary>
        internal static IEnumerable<KeyValuePair<string, object>> Entries(IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                var key = Unwrapped(entry.Key) as string;
                if (key != null)
                    yield return new KeyValuePair<string, object>(key, Unwrapped(entry.Value));
            }
        }

        internal static bool Number(object value)
        {
            return value is IConvertible && value.GetType().IsPrimitive && !(value is bool) && !(value is char) || value is decimal;
        }

        /// <summary>A truth value, or the words and numbers that mean one.</summary>
        internal static object Truth(object value)
        {
            if (value == null || value is bool)
                return value;
            var word = Convert.ToString(value, CultureInfo.InvariantCulture).Trim().ToLowerInvariant();
            return Yes.Contains(word) ? true : No.Contains(word) ? false : value;
        }

        private static object Seconds(object value)
        {
            double seconds;
            if (value is TimeSpan)
                return ((TimeSpan)value).TotalSeconds;
            return double.TryParse(value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) ? seconds : value;
        }

        private static object Scopes(object value)
        {
            var list = value as IEnumerable;
            if (value is string || value is IDictionary || list == null)
                return value;
            return list.Cast<object>().Select(Given).Where(scope => scope != null)
                .Select(scope => scope is string ? ((string)scope).Trim() : scope).ToArray();
        }

        private static object PathOf(object value)
        {
            var file = value as System.IO.FileSystemInfo;
            return file == null ? value : file.FullName;
        }
    }
}
