// A token for the app itself, by the installed assembly; the time until the C library is loaded, in milliseconds.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Pinterest.OAuth;

internal static class Program
{
    private static void Main()
    {
        var watch = Stopwatch.StartNew();
        Library.Check();
        var took = watch.Elapsed.TotalMilliseconds;
        var client = new Client(new Dictionary<string, object>());
        var asked = new Dictionary<string, object> { { "grant_type", "client_credentials" }, { "scope", "ads:read" } };
        var token = client.OauthToken(asked);
        Console.WriteLine(took.ToString("F1", CultureInfo.InvariantCulture) + " " + string.Join(" ", token.Scopes));
    }
}
