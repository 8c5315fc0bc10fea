// What PowerShell's commands were called with, as documents.

using System.Collections;

namespace Pinterest.OAuth
{
    /// <summary>Makes documents of the parameters of PowerShell's commands.</summary>
    public static class Request
    {
        /// <summary>RedirectUri becomes redirect_uri. What is not given is left out.</summary>
        /// <param name="parameters">Values by the names of the parameters.</param>
        /// <exception cref="InvalidArgumentException">A value cannot be used; Field is its parameter, as -Code.</exception>
        public static IDictionary From(IDictionary parameters)
        {
            var request = new Hashtable();
            foreach (DictionaryEntry parameter in parameters)
            {
                var name = (string)parameter.Key;
                var field = Names.Field(name);
                var value = Values.Of(field, parameter.Value, "-" + name);
                if (value != null)
                    request[field] = new Written(Json.Write(value, "-" + name));
            }
            return request;
        }
    }
}
