// Plays a browser with plain requests, and the person at Pinterest's page, which is the emulator's.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Pinterest.OAuth;

internal sealed class Browser
{
    private readonly Dictionary<string, string> cookies = new Dictionary<string, string>();

    /// <summary>An address of this machine that the emulator knows, at which nobody listens.</summary>
    internal static readonly string RedirectUri = Environment.GetEnvironmentVariable("REDIRECT_URI");

    /// <summary>The Cookie header that it sends.</summary>
    internal string Cookies
    {
        get { return string.Join("; ", cookies.Select(cookie => cookie.Key + "=" + cookie.Value).ToArray()); }
    }

    /// <summary>A navigation; the whole answer.</summary>
    internal string Get(string address)
    {
        return Ask("GET", address, "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n");
    }

    internal string Ask(string method, string address, string headers)
    {
        var uri = new Uri(address);
        var cookie = cookies.Count == 0 ? "" : "Cookie: a=b; " + Cookies + "\r\n";
        var answer = Exchange(
            uri.Port, method + " " + uri.PathAndQuery + " HTTP/1.1\r\nHost: " + uri.Authority + "\r\nConnection: close\r\n" + headers + cookie + "\r\n");
        foreach (var line in Lines(answer, "set-cookie"))
            Keep(line);
        return answer;
    }

    /// <summary>Takes a Set-Cookie header in.</summary>
    internal void Keep(string header)
    {
        var pair = header.Split(';')[0].Split(new[] { '=' }, 2);
        if (header.IndexOf("Max-Age=0", StringComparison.OrdinalIgnoreCase) >= 0)
            cookies.Remove(pair[0]);
        else
            cookies[pair[0]] = pair[1];
    }

    /// <summary>The person clicks allow or deny; the address to which Pinterest sends back.</summary>
    internal static string Consent(string page, string decision = "allow")
    {
        var uri = new Uri(page);
        var body = uri.Query.TrimStart('?') + "&decision=" + decision;
        var answer = Exchange(uri.Port, string.Concat(
            "POST /oauth/ HTTP/1.1\r\nHost: ", uri.Authority, "\r\nOrigin: http://", uri.Authority,
            "\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ", body.Length, "\r\n\r\n", body));
        return Header(answer, "location");
    }

    /// <summary>A whole login, from the start page to the last one.</summary>
    internal string LogIn(LoginStarted started, string decision = "allow")
    {
        var back = Consent(Header(Get(started.StartUrl), "location"), decision);
        var answer = Get(back);
        Expect.Equal("303", Status(answer), "the answer at the redirect address");
        return Get(Header(answer, "location"));
    }

    internal static string Status(string answer) { return answer.Split(' ')[1]; }

    internal static string Header(string answer, string name)
    {
        var found = Lines(answer, name).ToArray();
        Expect.True(found.Length == 1, "one header " + name + " in the answer " + Status(answer));
        return found[0];
    }

    private static IEnumerable<string> Lines(string answer, string name)
    {
        var head = answer.Substring(0, answer.IndexOf("\r\n\r\n", StringComparison.Ordinal));
        return head.Split('\n').Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Substring(name.Length + 1).Trim());
    }

    private static string Exchange(int port, string request)
    {
        using (var connection = new TcpClient("127.0.0.1", port))
        {
            connection.ReceiveTimeout = 30000;
            var bytes = Encoding.ASCII.GetBytes(request);
            connection.GetStream().Write(bytes, 0, bytes.Length);
            return new StreamReader(connection.GetStream(), Encoding.UTF8).ReadToEnd();
        }
    }

    /// <summary>How many codes were sent for a token.</summary>
    internal static int Exchanges()
    {
        return Emulator.Requests().Count(request => ((string)request["path"]).EndsWith("/oauth/token", StringComparison.Ordinal));
    }
}
