// How the documents of the core name what .NET and PowerShell name in their own way.

using System.Collections;
using System.Collections.Generic;
using System.Text;

namespace Pinterest.OAuth
{
    internal static class Names
    {
        // Parameters and settings that have other names than the fields; core/src/text/language.rs has the same table.
        private static readonly Dictionary<string, string> Renamed = new Dictionary<string, string>
        {
            { "Username", "app_id" },
            { "Password", "app_secret" },
            { "TimeoutSec", "timeout" },
            { "ConnectTimeoutSec", "connect_timeout" },
            { "NoBrowser", "browser" }, // with the contrary value, and so is the next one
            { "Force", "confirm" },
        };

        /// <summary>The refresh token that a request sends; null where it sends none.</summary>
        internal static string Sent(IDictionary request)
        {
            var document = Json.Read(Json.Write(request));
            object value;
            if (document.TryGetValue("refresh_token", out value))
                return value as string;
            var token = document.TryGetValue("token", out value) ? value as IDictionary<string, object> : null;
            return token != null && token.TryGetValue("refresh_token", out value) ? value as string : null;
        }

        /// <summary>The field of a property, a setting or a parameter: RedirectUri is redirect_uri.</summary>
        internal static string Field(string name)
        {
            string renamed;
            if (Renamed.TryGetValue(name, out renamed))
                return renamed;
            var field = new StringBuilder();
            foreach (var sign in name)
            {
                if (char.IsUpper(sign) && field.Length > 0)
                    field.Append('_');
                field.Append(char.ToLowerInvariant(sign));
            }
            return field.ToString();
        }
    }
}
