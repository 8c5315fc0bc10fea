// What PowerShell's functions were called with, as documents.

using System.Collections;

namespace Pinterest.OAuth
{
    /// <summary>Makes documents of the parameters of PowerShell's functions.</summary>
    public static class Request
    {
        /// <summary>RedirectUri becomes redirect_uri. Times are seconds on both sides.</summary>
        /// <param name="parameters">Values by the names of the parameters.</param>
        /// <exception cref="InvalidArgumentException">A value cannot be used; Field is its parameter, as -Code.</exception>
        public static IDictionary From(IDictionary parameters)
        {
            var request = new Hashtable();
            foreach (DictionaryEntry parameter in parameters)
            {
                var name = (string)parameter.Key;
                request[Names.Field(name)] = new Written(Json.Write(parameter.Value, "-" + name));
            }
            return request;
        }
    }
}
