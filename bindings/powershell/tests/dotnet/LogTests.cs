// What token managers did: for the program's own log in .NET, in PowerShell's streams.

using System.Linq;
using System.Management.Automation;
using Pinterest.OAuth;
using Pinterest.OAuth.Commands;

internal static class LogTests
{
    private const string Canary = "c4nary-of-the-log";

    private static readonly object Refused = Documents.Of(
        "status", 401, "times", 100, "body_json", Documents.Of("code", 283, "message", "refused pinr." + Canary));

    private static string Said()
    {
        return string.Join(",", TokenManager.TakeLog().Select(line => line.Level + " " + line.Account + " " + line.Event).ToArray());
    }

    public static void A_refresh_is_one_line_with_the_account()
    {
        using (var world = new World())
        {
            var account = world.Login("shop-42");
            TokenManager.TakeLog();
            world.Pass(31);
            account.AccessTokenAsync().Wait();
            var line = TokenManager.TakeLog().Single();
            Expect.Equal("info shop-42 refreshed", line.Level + " " + line.Account + " " + line.Event, "the line");
            Expect.True(line.Message.StartsWith("refreshed: a new token is stored, valid for 30 days"), line.Message);
            Expect.Equal("shop-42: " + line.Message + ", request id " + line.RequestId, line.ToString(), "as text");
            Expect.True(line.At > account.Status().LoginAt, "when");
            Expect.Equal(0, TokenManager.TakeLog().Length, "lines a second time");
            world.Manager().App("ads:read").AccessToken();
            Expect.True(TokenManager.TakeLog().Single().ToString().StartsWith("the app: a new token is stored"), "of the app");
        }
    }

    public static void A_first_refusal_is_a_warning_long_before_a_login_is_needed()
    {
        using (var world = new World())
        {
            var account = world.Login("shop-42");
            TokenManager.TakeLog();
            world.Pass(25);
            Emulator.Script(Refused);
            Expect.Throws<StoreBusyException>(() => account.Refresh(true), "the first");
            Expect.Equal("warning shop-42 doubtful", Said(), "the first");
            world.Pass(1);
            Expect.Throws<ReauthorizationRequiredException>(() => account.Refresh(true), "the second");
            Expect.Equal("error shop-42 needs_login", Said(), "the second");
        }
    }

    public static void A_command_says_it_in_the_verbose_and_the_warning_stream_and_no_secret()
    {
        using (var world = AccountCommandTests.Settings())
        {
            var account = world.Account("shop-42");
            account.Import(Token.FromJson("{\"access_token\":\"pina_" + Canary + "\",\"refresh_token\":\"pinr." + Canary + "\",\"expires_in\":60}"));
            TokenManager.TakeLog();
            Emulator.Script(
                Documents.Of(
                    "headers", new object[] { new object[] { "x-pinterest-rid", "pinr." + Canary } },
                    "body_json", Documents.Of("access_token", "pina_" + Canary, "refresh_token", "pinr." + Canary, "expires_in", 60)),
                Refused);
            var force = new SwitchParameter(true);
            var good = new Shell().Run(new UpdatePinterestAccount { Account = "shop-42", Force = force });
            Expect.True(good.Verbose.Single().StartsWith("shop-42: refreshed: "), "refreshed: " + string.Join(", ", good.Verbose.ToArray()));
            Expect.Equal(0, good.Warnings.Count, "warnings of a refresh");
            var bad = new Shell().Run(new UpdatePinterestAccount { Account = "shop-42", Force = force });
            Expect.True(bad.Warnings.Single().StartsWith("shop-42: "), "refused: " + string.Join(", ", bad.Warnings.ToArray()));
            Expect.True(bad.Warnings[0].Contains("Pinterest refused the refresh token once"), bad.Warnings[0]);
            var quiet = new Shell().Run(new GetPinterestAccount { Account = "shop-42" });
            Expect.Equal(0, quiet.Verbose.Count + quiet.Warnings.Count, "a second time");
            Expect.Lacks(string.Join("\n", good.Verbose.Concat(good.Warnings).Concat(bad.Warnings).Concat(bad.Verbose).ToArray()), Canary);
        }
    }
}
