// The names of PowerShell's parameters, and its seconds, as the documents have them.

using System;
using System.Collections;
using System.Text;

namespace Pinterest.OAuth
{
    /// <summary>Makes request documents of what a PowerShell function was called with.</summary>
    public static class Request
    {
        /// <summary>
        /// RedirectUri becomes redirect_uri, and TimeoutSec timeout_ms, in milliseconds. Values stay as they are.
        /// </summary>
        public static IDictionary From(IDictionary parameters)
        {
            var request = new Hashtable();
            foreach (DictionaryEntry parameter in parameters)
            {
                var name = (string)parameter.Key;
                if (name == "TimeoutSec")
                    request["timeout_ms"] = Milliseconds(parameter.Value as double?);
                else
                    request[Wire(name)] = parameter.Value;
            }
            return request;
        }

        /// <summary>Seconds as milliseconds: a whole number where there is one, else as it is, for the core to refuse.</summary>
        internal static object Milliseconds(double? seconds)
        {
            if (seconds == null)
                return null;
            var milliseconds = Math.Round(seconds.Value * 1000);
            return Math.Abs(milliseconds) < 1e15 ? (object)(long)milliseconds : milliseconds;
        }

        internal static double? Seconds(object milliseconds)
        {
            return milliseconds == null ? (double?)null : Convert.ToDouble(milliseconds) / 1000;
        }

        private static string Wire(string name)
        {
            var wire = new StringBuilder();
            foreach (var sign in name)
            {
                if (char.IsUpper(sign) && wire.Length > 0)
                    wire.Append('_');
                wire.Append(char.ToLowerInvariant(sign));
            }
            return wire.ToString();
        }
    }
}
