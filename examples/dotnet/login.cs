// A web app whose visitors log in at Pinterest, with HttpListener alone. Any number of workers may run, and one may end what
// another has begun: login.exe [PORT]. How to build it: bindings/powershell/README.md.
//
// PINTEREST_APP_ID, PINTEREST_APP_SECRET and the place of the store come from the environment; SITE is where browsers find
// this app, and SITE/callback is registered as redirect address, the same to the letter.

using System;
using System.Collections;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal static class Program
{
    private static readonly string Site = Environment.GetEnvironmentVariable("SITE") ?? "http://localhost:8085";
    private static readonly TokenManager Manager = new TokenManager();

    private static void Main(string[] arguments)
    {
        var listener = new HttpListener();
        listener.Prefixes.Add("http://localhost:" + (arguments.Length > 0 ? arguments[0] : "8085") + "/");
        listener.Start();
        Console.WriteLine("ready");
        while (true)
        {
            var visit = listener.GetContext();
            Task.Run(() => Answer(visit.Request, visit.Response));
        }
    }

    private static void Answer(HttpListenerRequest request, HttpListenerResponse response)
    {
        try
        {
            switch (request.Url.AbsolutePath)
            {
                case "/": Home(response); break;
                case "/login": Login(request, response); break;
                case "/callback": Callback(request, response); break;
                default: Write(response, 404, "There is no such page."); break;
            }
        }
        catch (OAuthException problem)
        {
            Console.Error.WriteLine(problem.Text); // it holds no secret
            Write(response, 502, "The login did not work. Please try again.");
        }
    }

    private static void Home(HttpListenerResponse response)
    {
        try
        {
            var status = Manager.Account().Status();
            Write(response, 200, "Logged in: " + WebUtility.HtmlEncode("" + status.User));
        }
        catch (UnknownAccountException)
        {
            // A link: a form would be stopped by a policy with form-action 'self'.
            Write(response, 200, "Nobody is logged in. <a href=\"/login\">Log in with Pinterest</a>");
        }
    }

    private static void Login(HttpListenerRequest request, HttpListenerResponse response)
    {
        var begin = Manager.BeginLogin(new Hashtable
        {
            { "redirect_uri", Site + "/callback" }, { "scope", "user_accounts:read,pins:read" }, { "next", "/" },
            { "cookies", request.Headers["Cookie"] }, { "host", request.Headers["Host"] },
        });
        Send(response, 303, begin.SetCookies, begin.Url);
    }

    private static void Callback(HttpListenerRequest request, HttpListenerResponse response)
    {
        var end = Manager.FinishLogin(new Hashtable
        {
            { "method", request.HttpMethod }, { "query", request.RawUrl }, { "cookies", request.Headers["Cookie"] },
            { "purpose", request.Headers["Sec-Purpose"] ?? request.Headers["Purpose"] ?? request.Headers["X-Moz"] },
        });
        if (end.Outcome == "done")
            Send(response, 303, end.SetCookies, end.Next);
        else if (end.Outcome == "not_a_visit")
            Send(response, end.Status, end.SetCookies, null);
        else
            Write(response, end.Status, WebUtility.HtmlEncode(end.Message), end.SetCookies);
    }

    private static void Send(HttpListenerResponse response, int status, string[] cookies, string location)
    {
        response.StatusCode = status;
        foreach (var cookie in cookies)
            response.Headers.Add("Set-Cookie", cookie);
        if (location != null)
            response.RedirectLocation = location;
        response.Headers["Cache-Control"] = "no-store";
        response.Close();
    }

    private static void Write(HttpListenerResponse response, int status, string html, params string[] cookies)
    {
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        foreach (var cookie in cookies)
            response.Headers.Add("Set-Cookie", cookie);
        var page = Encoding.UTF8.GetBytes("<!doctype html><title>Example</title><p>" + html);
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Close(page, false);
    }
}
