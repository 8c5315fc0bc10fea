// The .NET driver of the conformance cases: the public classes of Pinterest.OAuth.dll and nothing else.

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using Pinterest.OAuth;

internal static class Driver
{
    private const double Century = 100.0 * 365 * 86400;

    /// <summary>The four-argument call: everything but the credentials comes from the environment.</summary>
    private static Token OneShot(IDictionary<string, object> config, IDictionary<string, object> request)
    {
        object caFile;
        config.TryGetValue("ca_file", out caFile);
        Environment.SetEnvironmentVariable("PINTEREST_API_URI", (string)config["base_url"]);
        Environment.SetEnvironmentVariable("SSL_CERT_FILE", (string)caFile);
        return Client.OauthToken((string)request["grant_type"], (string)request["user"], (string)request["pass"]);
    }

    /// <summary>The call of that name, as a task where there is one.</summary>
    private static object Call(Client client, string operation, IDictionary<string, object> request)
    {
        object token;
        if (operation == "oauth_token" && request.TryGetValue("token", out token) && token is IDictionary)
            request["token"] = Token.FromJson(Json.Write(token));
        var name = string.Concat(operation.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)).ToArray());
        var takes = new[] { typeof(IDictionary) };
        var method = typeof(Client).GetMethod(name + "Async", takes) ?? typeof(Client).GetMethod(name, takes);
        try
        {
            var answer = method.Invoke(client, new object[] { request });
            var task = answer as Task;
            return task == null ? answer : task.GetType().GetProperty("Result").GetValue(task, null);
        }
        catch (TargetInvocationException problem)
        {
            var inner = problem.InnerException;
            throw inner is AggregateException ? inner.InnerException : inner;
        }
    }

    /// <summary>What a call gave, as a document.</summary>
    private static string Shown(object answer, IDictionary<string, object> request)
    {
        var token = answer as Token;
        if (token != null)
            return token.ToJson().Remove(token.ToJson().Length - 1) + "," + Json.Write(new Hashtable
            {
                { "answer", Properties(token.Answer) }, { "is_expired", token.IsExpired() },
                { "expires_within_a_century", token.ExpiresWithin(Century) },
            }).Substring(1);
        if (answer is Answer)
            return Json.Write(new Hashtable { { "answer", Properties(answer) } });
        if (answer is string)
            return Json.Write(new Hashtable { { "code", answer }, { "state", request["state"] } });
        return Json.Write(Properties(answer));
    }

    private static IDictionary Properties(object shown)
    {
        return shown == null ? null : shown.GetType().GetProperties().ToDictionary(
            property => Regex.Replace(property.Name, "(?<=.)[A-Z]", "_$0").ToLowerInvariant(),
            property => property.GetValue(shown, null));
    }

    /// <summary>Three lines in, one line out, until standard input ends.</summary>
    private static void Main()
    {
        var number = int.Parse(Environment.GetEnvironmentVariable("CONFORMANCE_FD") ?? "3");
        var utf8 = new UTF8Encoding(false);
        Client kept = null;
        using (var handle = new SafeFileHandle((IntPtr)number, true))
        using (var results = new StreamWriter(new FileStream(handle, FileAccess.Write), utf8))
        using (var input = new StreamReader(Console.OpenStandardInput(), utf8))
        {
            for (var operation = input.ReadLine(); operation != null; operation = input.ReadLine())
            {
                var config = Json.Read(input.ReadLine());
                var request = Json.Read(input.ReadLine());
                string line;
                try
                {
                    object answer;
                    if (operation.Contains("."))
                        answer = null;
                    else if (operation == "oneshot")
                        answer = OneShot(config, request);
                    else if (operation == "token_read")
                        answer = Token.FromJson((string)request["token"]);
                    else
                    {
                        var reuse = operation.StartsWith("reuse:", StringComparison.Ordinal);
                        if (!reuse && kept != null)
                        {
                            kept.Dispose();
                            kept = null;
                        }
                        if (kept == null && operation != "redirect")
                            kept = new Client((IDictionary)config);
                        answer = Call(kept, operation.Replace("reuse:", ""), request);
                    }
                    var shown = answer == null ? Managed.Answer(operation, config, request) : Shown(answer, request);
                    line = "{\"ok\":" + shown + "}";
                }
                catch (OAuthException error)
                {
                    Console.Error.WriteLine(error);
                    line = "{\"error\":" + error.ToJson() + "}";
                }
                results.WriteLine(line);
                results.Flush();
            }
        }
    }
}
