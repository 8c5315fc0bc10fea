// The .NET driver of the conformance cases: the public classes of Pinterest.OAuth.dll and nothing else.

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Pinterest.OAuth;

internal static class Driver
{
    /// <summary>The four-argument call: everything but the credentials comes from the environment.</summary>
    private static string OneShot(IDictionary<string, object> config, IDictionary<string, object> request)
    {
        object caFile;
        config.TryGetValue("ca_file", out caFile);
        Environment.SetEnvironmentVariable("PINTEREST_API_URI", (string)config["base_url"]);
        Environment.SetEnvironmentVariable("SSL_CERT_FILE", (string)caFile);
        return Client.OauthToken(
            (string)request["grant_type"], (string)request["user"], (string)request["pass"]).ToJson();
    }

    /// <summary>One call; its answer document.</summary>
    private static string Call(Client client, string operation, IDictionary<string, object> request)
    {
        var arguments = (IDictionary)request;
        switch (operation)
        {
            case "token":
                if (arguments["token"] is IDictionary)
                    arguments["token"] = Token.FromJson(Json.Write(arguments["token"]));
                return client.OauthTokenAsync(arguments).GetAwaiter().GetResult().ToJson();
            case "revoke":
                client.RevokeAsync(arguments).GetAwaiter().GetResult();
                return "{}";
            case "conversion_token":
                return client.ConversionTokenAsync(arguments).GetAwaiter().GetResult().ToJson();
            case "authorize_url":
                var page = client.AuthorizeUrl(arguments);
                return Json.Write(new Hashtable { { "url", page.Url }, { "state", page.State } });
            case "redirect":
                return Json.Write(new Hashtable { { "code", client.Redirect(arguments) }, { "state", request["state"] } });
            default:
                throw new InvalidOperationException("there is no operation " + operation);
        }
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
                    if (operation == "oneshot")
                    {
                        line = "{\"ok\":" + OneShot(config, request) + "}";
                    }
                    else if (operation == "token_read")
                    {
                        line = "{\"ok\":" + Token.FromJson((string)request["token"]).ToJson() + "}";
                    }
                    else
                    {
                        var reuse = operation.StartsWith("reuse:", StringComparison.Ordinal);
                        if (!reuse || kept == null)
                        {
                            if (kept != null)
                                kept.Dispose();
                            kept = null;
                            kept = new Client((IDictionary)config);
                        }
                        line = "{\"ok\":" + Call(kept, reuse ? operation.Substring(6) : operation, request) + "}";
                    }
                }
                catch (OAuthException error)
                {
                    line = "{\"error\":" + error.ToJson() + "}";
                }
                results.WriteLine(line);
                results.Flush();
            }
        }
    }
}
