// The types of PowerShell's assembly. It is touched only where a value is of one of them: outside PowerShell it is missing.

using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;

namespace Pinterest.OAuth
{
    internal static class Shell
    {
        internal static object Unwrapped(object value)
        {
            if (value is SwitchParameter)
                return ((SwitchParameter)value).IsPresent;
            var wrapped = value as PSObject;
            if (wrapped == null)
                return value;
            return wrapped.BaseObject is PSCustomObject ? Properties(wrapped) : wrapped.BaseObject;
        }

        // What came back from another process, from a file, or from a table.
        private static OrderedDictionary Properties(PSObject made)
        {
            var properties = new OrderedDictionary();
            foreach (var property in made.Properties)
                properties[property.Name] = property.Value;
            return properties;
        }
    }
}
