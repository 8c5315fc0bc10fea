// An object of the pipeline as the fields of a token request.

using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace Pinterest.OAuth.Commands
{
    internal static class InputFields
    {
        private static readonly string[] Parameters = typeof(InvokeOauthToken).GetProperties()
            .Where(one => one.IsDefined(typeof(ParameterAttribute), false) && one.DeclaringType == typeof(InvokeOauthToken))
            .Select(one => one.Name).Where(name => name != "InputObject").Concat(new[] { "TimeoutSec" }).ToArray();

        /// <summary>The fields of an object with those that were given as parameters, which count before it.</summary>
        internal static IDictionary Merged(object input, IDictionary given)
        {
            input = Values.Given(input);
            if (input == null)
                return given;
            var fields = Fields(input, given);
            foreach (DictionaryEntry field in given)
                fields[field.Key] = field.Value;
            return fields;
        }

        private static IDictionary Fields(object input, IDictionary given)
        {
            var entries = input as IDictionary;
            // A token, in whatever form: what has an access token is one. But where a refresh token is given, that one counts.
            if (entries == null || Find(entries, "AccessToken") != null || Find(entries, "SecureDocument") != null)
                return given.Contains("refresh_token") || given.Contains("token")
                    ? new Hashtable() : Request.From(new Hashtable { { "Token", input } });
            var found = new Hashtable();
            foreach (var parameter in Parameters)
                found[parameter] = Find(entries, parameter);
            return Request.From(found);
        }

        private static object Find(IDictionary entries, string parameter)
        {
            return Values.Entries(entries).Where(entry => IsNamed(entry.Key, parameter))
                .Select(entry => Values.Given(entry.Value)).FirstOrDefault(value => value != null);
        }

        private static bool IsNamed(string key, string parameter)
        {
            return key.Equals(Names.Field(parameter), StringComparison.OrdinalIgnoreCase)
                || key.Replace("_", "").Equals(parameter, StringComparison.OrdinalIgnoreCase);
        }
    }
}
