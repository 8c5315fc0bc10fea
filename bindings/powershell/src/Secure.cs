// SecureString, made and read. On other systems than Windows .NET does not encrypt it: it keeps a secret from being shown.

using System.Security;

namespace Pinterest.OAuth
{
    internal static class Secure
    {
        /// <summary>The text as a SecureString; null stays null.</summary>
        internal static SecureString Of(string text)
        {
            if (text == null)
                return null;
            var hidden = new SecureString();
            foreach (var sign in text)
                hidden.AppendChar(sign);
            hidden.MakeReadOnly();
            return hidden;
        }
    }
}
