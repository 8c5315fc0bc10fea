// Prints everything that may be printed, of calls whose every secret is a canary. Who started it searches the output,
// and the argument list, which it shows as well.

using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal static class Canaries
{
    /// <summary>A token whose every secret is a canary.</summary>
    internal const string Json =
        "{\"access_token\":\"pina_canary-access\",\"refresh_token\":\"pinr.canary-refresh\",\"scope\":\"pins:read\",\"extra\":{\"more\":\"canary-new\"}}";

    internal static int Print()
    {
        var echo = "the pinr.canary-refresh of canary-secret is bad";
        Emulator.Script(
            Documents.Of("status", 401, "body_json", Documents.Of("code", 283, "message", echo)),
            Documents.Of("status", 200, "body_json", Documents.Of("message", echo)),
            Documents.Of("status", 500, "body", "<html>" + echo + "</html>"),
            Documents.Of("status", 200, "body_json", Documents.Of("access_token", "pina_canary-access", "refresh_token", "pinr.canary-new")),
            Documents.Of("action", "reset"));
        var configuration = new Configuration
        {
            Username = "1234567", Password = "canary-secret", BaseUrl = Emulator.Url("base_url"), TrustEnv = false,
        };
        Show(configuration);
        var client = configuration.Client();
        for (var turn = 0; turn < 5; turn++)
        {
            var request = Documents.Of("grant_type", "refresh_token", "refresh_token", "pinr.canary-refresh");
            Try(() => client.OauthTokenAsync(request).Result);
        }
        Try(() => client.OauthToken(Documents.Of("grant_type", "authorization_code", "code", "canary-code\n", "redirect_uri", "x")));
        Try(() => client.OauthToken(Documents.Of("grant_type", "authorization_code", "code", "canary-code\uD800")));
        Try(() => client.OauthToken(Documents.Of("grant_type", "canary-code", "code", "canary-code")));
        Try(() => Client.Redirect(Documents.Of("url", "http://localhost/?code=canary-code&state=a", "state", "canary-state")));
        Try(() => Token.FromJson("{\"access_token\":\"pina_canary-access\""));
        Try(() => Client.OauthToken("authorization_code", "1234567", "canary-secret"));
        Try(() => new Client(Documents.Of("app_secret", "canary-secret", "proxy", "http://user:canary-secret@")));
        configuration.Proxy = "http://user:canary-secret@127.0.0.1:1";
        Show(configuration.Proxy);
        Accounts();
        Show(File.ReadAllText("/proc/self/cmdline"));
        return 0;
    }

    // What the token manager shows of an account whose every secret is a canary.
    private static void Accounts()
    {
        var manager = new TokenManager(Emulator.Settings("store", ":memory:", "app_secret", "canary-secret"));
        var account = manager.Account();
        account.Import(Token.FromJson(Json));
        if (account.AccessToken() != "pina_canary-access")
            throw new Failed("there is no canary");
        foreach (var told in new object[] { manager, account, account.Status(), manager.Doctor(), manager.RefreshDue(), account.Export(), account.Token() })
        {
            Show(told);
            foreach (var property in told.GetType().GetProperties().Where(one => !(told is Token) && one.GetIndexParameters().Length == 0))
                Show(property.GetValue(told, null));
            Try(() => Pinterest.OAuth.Json.Write(told is Token ? told.ToString() : told));
        }
        Try(() => account.Refresh(true));
        Try(() => account.Rejected("pina_canary-access"));
        Try(() => account.Login(Documents.Of("code", "canary-code", "redirect_uri", World.RedirectUri, "state", "canary-state")));
        Try(() => account.Login(Documents.Of("code", "canary-code\n", "state", 5)));
        Try(() => account.AccessToken("canary-code"));
        Logins(manager);
        Show(account.Status().Trouble);
        Show(account.Remove());
    }

    // What a login gets wrong, or shows, whose every secret is a canary.
    private static void Logins(TokenManager manager)
    {
        foreach (var next in new[] { "/", "//canary-code" })
            Try(() => manager.BeginLogin(Documents.Of(
                "redirect_uri", World.RedirectUri, "owner", "canary-secret", "cookies", "pinterest-oauth-x=canary-state", "next", next)));
        Try(() => manager.FinishLogin(Documents.Of(
            "query", "?code=canary-code&state=canary-state", "cookies", "pinterest-oauth-x=canary-state", "owner", "canary-secret")));
        Try(() => manager.FinishLogin(Documents.Of("query", 7, "cookies", "canary-state")));
        using (var login = manager.StartLogin(LoginTests.Options()))
        {
            foreach (var pasted in new[] { "canary-code", "http://localhost/?code=canary-code&state=canary-state" })
                Try(() =>
                {
                    login.Paste(pasted);
                    return login;
                });
            login.Cancel();
            Try(() => login.Wait());
        }
    }

    private static void Try(Func<object> call)
    {
        try
        {
            Show(call());
        }
        catch (Exception problem)
        {
            Show(problem);
            var error = problem as OAuthException ?? problem.InnerException as OAuthException;
            if (error == null)
                throw new Failed("another error: " + problem);
            Show(error.ToJson());
            Show(error.Details);
            Show(error.Text);
            Show(error.Data.Count);
            Show(string.Join(" ", error.Response.Headers.Select(header => header.Key + string.Join(",", header.Value)).ToArray()));
        }
    }

    private static void Show(object shown)
    {
        Console.WriteLine(shown);
        Console.Error.WriteLine("{0}", shown);
    }
}
