// The name of an account in the forms in which PowerShell hands one on.

using System;
using System.Collections;
using System.Linq;

namespace Pinterest.OAuth.Commands
{
    internal static class AccountName
    {
        /// <summary>The name. What is null or empty is a mistake, not the account that is called default.</summary>
        /// <exception cref="InvalidArgumentException">It is none.</exception>
        internal static string Of(object value)
        {
            value = Values.Unwrapped(value);
            var name = value as string ?? Told(value);
            if (name == null)
                throw OAuthException.InvalidArgument(
                    "-Account", "must be the name of an account as text (a number in quotes), or what Get-PinterestAccount gives");
            Native.Bytes(name, "-Account");
            return name;
        }

        /// <summary>The account of a row, for example of Import-Csv; null where it has none.</summary>
        internal static object OfRow(object input)
        {
            var row = Values.Unwrapped(input) as IDictionary;
            return row == null ? null : Values.Entries(row).Where(IsAccount).Select(entry => entry.Value).FirstOrDefault();
        }

        /// <summary>The row without its account.</summary>
        internal static IDictionary Without(object input)
        {
            return Values.Entries((IDictionary)Values.Unwrapped(input)).Where(entry => !IsAccount(entry))
                .ToDictionary(entry => entry.Key, entry => entry.Value);
        }

        private static string Told(object value)
        {
            var status = value as AccountStatus;
            var failure = value as AccountFailure;
            var account = value as Account;
            return status != null ? status.Account : failure != null ? failure.Account
                : account != null ? account.Name : OfRow(value) as string;
        }

        private static bool IsAccount(System.Collections.Generic.KeyValuePair<string, object> entry)
        {
            return entry.Key.Equals("account", StringComparison.OrdinalIgnoreCase);
        }
    }
}
