// Speaks with the emulator's control port over a socket: .NET's own HTTP client would need OpenSSL 1.1.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Pinterest.OAuth;

internal static class Emulator
{
    private static readonly IDictionary<string, object> Urls =
        Json.Read(Environment.GetEnvironmentVariable("EMULATOR_URLS"));

    internal static string Url(string name) { return (string)Urls[name]; }

    internal static Dictionary<string, object> Settings(params object[] more)
    {
        var settings = Documents.Of(
            "app_id", Url("app_id"), "app_secret", Url("app_secret"), "base_url", Url("base_url"),
            "oauth_url", Url("oauth_url"), "trust_env", false);
        foreach (var entry in Documents.Of(more))
            settings[entry.Key] = entry.Value;
        return settings;
    }

    internal static Client Client(params object[] more) { return new Client(Settings(more)); }

    internal static void Reset() { Control("POST", "/reset", "{}"); }

    internal static void Script(params object[] faults) { Control("POST", "/script", Json.Write(faults)); }

    internal static string Code(string redirectUri, string scope = "pins:read")
    {
        return (string)Control("POST", "/authorize", Json.Write(Documents.Of(
            "redirect_uri", redirectUri, "scope", scope, "state", "s")))["code"];
    }

    /// <summary>Lets time pass for Pinterest.</summary>
    internal static void Advance(long seconds) { Control("POST", "/clock", Json.Write(Documents.Of("advance", seconds))); }

    internal static void Switch(params object[] switches) { Control("POST", "/switches", Json.Write(Documents.Of(switches))); }

    /// <summary>How often a refresh token was sent.</summary>
    internal static long Refreshes()
    {
        return ((IDictionary<string, object>)Control("GET", "/counts", "")["refresh_tokens"]).Values.Sum(count => (long)count);
    }

    /// <summary>The requests so far, each with method, path, headers, form and so on.</summary>
    internal static IDictionary<string, object>[] Requests()
    {
        return ((object[])Control("GET", "/requests", "")["requests"]).Cast<IDictionary<string, object>>().ToArray();
    }

    internal static Dictionary<string, string> Form(IDictionary<string, object> request)
    {
        return ((object[])request["form"]).Cast<object[]>().ToDictionary(pair => (string)pair[0], pair => (string)pair[1]);
    }

    private static IDictionary<string, object> Control(string method, string path, string body)
    {
        var address = Url("control_url").Substring("http://".Length).Split(':');
        using (var connection = new TcpClient(address[0], int.Parse(address[1])))
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            var head = method + " " + path + " HTTP/1.1\r\nHost: " + string.Join(":", address) + "\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + bytes.Length + "\r\n\r\n";
            var request = Encoding.ASCII.GetBytes(head).Concat(bytes).ToArray();
            connection.GetStream().Write(request, 0, request.Length);
            var answer = new StreamReader(connection.GetStream(), Encoding.UTF8).ReadToEnd();
            Expect.True(answer.StartsWith("HTTP/1.1 200"), "the emulator answered " + answer);
            var text = answer.Substring(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4);
            return text.StartsWith("{") ? Json.Read(text) : new Dictionary<string, object>();
        }
    }
}
