// The token manager against the emulator.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal static class ManagerTests
{
    public static void An_access_token_is_refreshed_once_when_it_is_due_however_many_threads_ask()
    {
        using (var world = new World())
        {
            var account = world.Login();
            var first = account.AccessToken();
            Expect.Equal(0L, Emulator.Refreshes(), "refreshes of a new token");
            world.Pass(31);
            var tokens = Enumerable.Range(0, 8).Select(_ => world.Account().AccessTokenAsync()).ToArray();
            Task.WaitAll(tokens);
            Expect.Equal(1L, Emulator.Refreshes(), "refreshes of one that has expired");
            var second = tokens[0].Result;
            Expect.True(first != second && tokens.All(task => task.Result == second), "all have the new one");
            world.Pass(25);
            account.AccessToken();
            Expect.Equal(2L, Emulator.Refreshes(), "refreshes of one that is due");
            var third = account.AccessToken();
            Expect.True(third != second, "another one");
            Expect.Equal(third, world.InAnotherProcess("access-token"), "another process");
            Expect.Equal(2L, Emulator.Refreshes(), "refreshes in all");
            Expect.Equal("ready 3", account.Status().State + " " + account.Status().Generation, "where it stands");
        }
    }

    public static void An_account_that_never_logged_in_is_unknown()
    {
        using (var world = new World())
        {
            var account = world.Account("shop-42");
            var error = Expect.Throws<UnknownAccountException>(() => account.AccessToken(), "an access token");
            Expect.Equal("unknown_account not_sent ObjectNotFound", error.Kind + " " + error.Outcome + " " + error.Category, "error");
            Expect.Equal(null, account.AccessTokenNow(), "an access token without waiting");
            Expect.Equal(null, account.Unsaved(), "a token that no disk took");
            Expect.Throws<UnknownAccountException>(() => account.Status(), "status");
            Expect.Throws<UnknownAccountException>(() => account.Export(), "export");
            Expect.Throws<UnknownAccountException>(() => account.Remove(), "remove");
            Expect.Throws<UnknownAccountException>(() => account.Rename("x"), "rename");
        }
    }

    public static void What_Pinterest_rejects_is_refreshed_once_and_then_refused()
    {
        using (var world = new World())
        {
            var account = world.Login();
            var first = account.AccessToken();
            world.Pass(1);
            var second = account.Rejected(first);
            Expect.True(second != first, "a new one");
            Expect.Equal(1L, Emulator.Refreshes(), "refreshes");
            Expect.Equal(second, world.Account().Rejected(first), "for who has the old one still");
            Expect.Throws<InvalidTokenException>(() => account.Rejected(second), "the new one a moment later");
            world.Pass(0.002);
            Expect.Throws<InvalidTokenException>(() => account.Rejected(second), "three minutes later");
            Expect.Throws<InsufficientScopeException>(() => account.Rejected(second, 3), "code 3");
            Expect.Equal(1L, Emulator.Refreshes(), "refreshes in all");
        }
    }

    public static void A_refresh_that_fails_hides_no_valid_token()
    {
        using (var world = new World())
        {
            var account = world.Login();
            var first = account.AccessToken();
            world.Pass(25);
            Emulator.Script(Documents.Of("status", 500, "times", 50));
            Expect.Equal(first, account.AccessToken(), "the old one");
            Expect.Equal(first, account.AccessTokenNow(), "without waiting");
            Expect.Throws<ServerException>(() => account.Refresh(true), "a refresh that was asked for");
            var trouble = account.Status().Trouble;
            Expect.Equal("server_error 500", trouble.Kind + " " + trouble.HttpStatus, "the trouble");
            Expect.True(trouble.Count >= 1 && trouble.RetryAt > trouble.At, "when it is tried again");
        }
    }

    public static void A_login_is_needed_where_Pinterest_takes_no_refresh_token_any_more()
    {
        using (var world = new World())
        {
            Emulator.Switch("rotation", "strict");
            var account = world.Login();
            using (var client = Emulator.Client()) // another program spends the refresh token
                client.OauthToken(Documents.Of("grant_type", "refresh_token", "token", account.Export()));
            world.Pass(29.9);
            var states = new List<string>();
            Exception problem = null;
            for (var turn = 0; turn < 20 && !(problem is ReauthorizationRequiredException); turn++)
            {
                world.Pass(0.05);
                try
                {
                    account.AccessToken();
                }
                catch (OAuthException error)
                {
                    problem = error;
                }
                states.Add(account.Status().State);
            }
            Expect.True(problem is ReauthorizationRequiredException, "it ended with " + problem);
            Expect.Equal("reauthorization_required rejected", ((OAuthException)problem).Kind + " " + ((OAuthException)problem).Outcome, "error");
            Expect.Equal("doubtful,needs_login", string.Join(",", states.Distinct().Where(state => state != "ready").ToArray()), "states");
            Expect.True(account.Status().Warning.Contains("log in again"), "the warning");
            world.Login();
            Expect.True(account.Rejected("the old one").StartsWith("pina_", StringComparison.Ordinal), "after a login, seen at once");
        }
    }

    public static void The_same_redirect_twice_sends_its_code_once()
    {
        using (var world = new World())
        {
            var request = Documents.Of("code", Emulator.Code(World.RedirectUri), "redirect_uri", World.RedirectUri, "state", "made-up-state");
            var first = world.Account().Login(request);
            Expect.Equal(first.AccessToken, world.Account().LoginAsync(request).Result.AccessToken, "the same token");
            Expect.Equal(1, Emulator.Requests().Length, "requests");
            Expect.Throws<InvalidArgumentException>(() => world.Account().Login(null), "nothing");
        }
    }

    public static void A_token_of_elsewhere_is_imported_exported_renamed_and_removed()
    {
        using (var world = new World())
        {
            var account = world.Account("../ \u00FC\uD83D\uDECD");
            account.Import(Token.FromJson("{\"access_token\":\"pina_canary\",\"scope\":\"pins:read\"}"));
            Expect.Equal("pina_canary", account.Export().AccessToken, "exported");
            Expect.Equal("pina_canary", account.AccessToken("pins:read"), "with a scope");
            Expect.Throws<InsufficientScopeException>(() => account.AccessToken("pins:read,ads:read"), "without it");
            Expect.Equal("pina_canary", account.Token().AccessToken, "the whole token");
            account.Rename("b");
            Expect.Throws<UnknownAccountException>(() => account.Status(), "the old name");
            var other = world.Account("b");
            Expect.Equal("b", other.Status().Account, "the new name");
            world.Login("c");
            Expect.Throws<InvalidArgumentException>(() => other.Rename("c"), "a name that is taken");
            Expect.Equal("b,c", string.Join(",", world.Manager().Accounts().Select(one => one.Account).ToArray()), "all of them");
            var removed = other.Remove();
            Expect.Equal("b True 0", removed.Account + " " + removed.Token + " " + removed.Logins, "removed");
            Expect.Equal("token", Expect.Throws<InvalidArgumentException>(() => other.Import(null), "no token").Field, "field");
        }
    }

    public static void Names_that_cannot_be_are_refused_by_name()
    {
        using (var world = new World())
        {
            var manager = world.Manager();
            foreach (var name in new[] { null, "", "a\nb", "a\0b", "\uD800", new string('x', 1025) })
            {
                var error = Expect.Throws<InvalidArgumentException>(() => manager.Account(name), "a name");
                Expect.Equal("account", error.Field, "field");
                Expect.True(error.Message.StartsWith("account ", StringComparison.Ordinal) && !error.Message.Contains("NULL"), error.Message);
            }
            Expect.Equal("new_name", Expect.Throws<InvalidArgumentException>(() => manager.Account().Rename(null), "null").Field, "field");
            Expect.Equal("access_token", Expect.Throws<InvalidArgumentException>(() => manager.Account().Rejected(null), "null").Field, "field");
            Expect.Equal("scopes", Expect.Throws<InvalidArgumentException>(() => manager.App(null), "null").Field, "field");
        }
    }

    public static void A_store_that_cannot_be_used_is_named_and_so_is_the_setting()
    {
        var error = Expect.Throws<StoreUnavailableException>(() => new TokenManager(Emulator.Settings("store", "/proc/tokens")).Doctor(), "/proc");
        Expect.Equal("store ResourceUnavailable", error.Field + " " + error.Category, "error");
        var settings = new Configuration { BaseUrl = Emulator.Url("base_url"), Username = "1", Password = "x", Store = "/proc/tokens", TrustEnv = false };
        Expect.Equal("-Store", Expect.Throws<StoreUnavailableException>(() => settings.Manager().Doctor(), "/proc").Field, "in PowerShell's words");
        foreach (var wrong in new Dictionary<string, object> { { "store", 5 }, { "file_systems", "nfs4" }, { "recovery_dir", true } })
            Expect.Equal(
                wrong.Key, Expect.Throws<InvalidArgumentException>(() => new TokenManager(Emulator.Settings(wrong.Key, wrong.Value)), wrong.Key).Field,
                "field");
    }

    public static void Tokens_of_the_app_are_kept_too()
    {
        using (var world = new World())
        {
            var app = world.Manager().App("ads:read, pins:read");
            Expect.Equal("", app.Name, "its name");
            var first = app.AccessToken();
            Expect.Equal(first, world.Manager().App("pins:read ads:read").AccessToken(), "the same scopes in another order");
            Expect.Equal(1, Emulator.Requests().Length, "requests");
            Expect.Equal(0, world.Manager().Accounts().Length, "it is no account");
        }
    }

    public static void All_that_are_due_are_refreshed_and_those_that_fail_are_named()
    {
        using (var world = new World())
        {
            foreach (var name in new[] { "a", "b", "c" })
                world.Login(name);
            world.Pass(31);
            Emulator.Script(Documents.Of("status", 500));
            var report = world.Manager().RefreshDueAsync(1).Result;
            Expect.Equal("3 3", report.Accounts + " " + report.Due, "due");
            Expect.Equal(2L, report.Refreshed, "refreshed");
            var failure = report.Failed.Single();
            Expect.True(failure.Error is ServerException && failure.Account.Length == 1, failure.ToString());
            Expect.True(report.Seconds >= 0, "seconds");
            Expect.Equal(0L, world.Manager().RefreshDue().Refreshed, "a moment later");
            Expect.Equal("parallel", Expect.Throws<InvalidArgumentException>(() => world.Manager().RefreshDue(-1), "-1").Field, "field");
        }
    }

    public static void The_doctor_says_what_is_not_as_it_should_be()
    {
        using (var world = new World())
        {
            world.Login();
            var report = world.Manager().Doctor();
            Expect.True(report.Store.Contains(world.Store), "the store: " + report.Store);
            Expect.Equal(1L, report.Accounts, "accounts");
            Expect.True(report.Findings.Any(finding => finding.What == "timer" && finding.Text.Contains("refresh --due")), "no timer");
            Expect.Equal(null, report.LastRefreshDue, "the last run");
            world.Manager().RefreshDue();
            Expect.Equal(1L, world.Manager().Doctor().LastRefreshDue["accounts"], "the last run");
            var record = Directory.GetFiles(world.Store, "*.json", SearchOption.AllDirectories).Single(file => file.Contains("/records/"));
            File.WriteAllText(record, "no record");
            Expect.True(world.Manager().Doctor().Findings.Any(finding => finding.What == "damaged" && !finding.Repaired), "damaged");
            Expect.True(world.Manager().Doctor(true).Findings.Any(finding => finding.What == "damaged" && finding.Repaired), "repaired");
        }
    }

    public static void Managers_with_equal_settings_share_what_they_know()
    {
        using (var world = new World())
        {
            var account = world.Login();
            var known = account.AccessToken();
            using (var manager = world.Manager())
            using (var another = manager.Account())
                Expect.Equal(known, another.AccessTokenNow(), "one made anew has read nothing");
            Expect.Equal(known, account.AccessToken(), "an account lives on");
            var manager2 = world.Manager();
            var account2 = manager2.Account();
            manager2.Dispose();
            Expect.Equal(known, account2.AccessToken(), "without its manager");
            account2.Dispose();
            Expect.Throws<ObjectDisposedException>(() => account2.AccessToken(), "after its end");
            Expect.Throws<ObjectDisposedException>(() => manager2.Accounts(), "after its end");
        }
    }

    public static void A_store_in_memory_writes_nothing()
    {
        var manager = new TokenManager(Emulator.Settings("store", ":memory:"));
        manager.Account().Import(Token.FromJson("{\"access_token\":\"pina_canary\"}"));
        Expect.Equal("pina_canary", manager.Account().AccessToken(), "a token");
        Expect.True(!Directory.Exists(":memory:"), "no folder");
    }

    public static void The_end_of_the_process_waits_until_a_refresh_is_stored()
    {
        using (var world = new World())
        {
            var account = world.Login();
            world.Pass(1);
            Emulator.Script(Documents.Of("action", "pinterest", "delay_ms", 1000));
            var first = account.Export().AccessToken;
            world.InAnotherProcess("leave");
            Expect.Equal(1L, Emulator.Refreshes(), "refreshes");
            Expect.True(account.Export().AccessToken != first, "it was stored");
            Expect.True(TokenManager.Finish(5), "nothing is left here");
        }
    }

    public static void The_error_of_a_token_that_no_disk_took_carries_it_and_shows_it_nowhere()
    {
        var error = (NotSavedException)OAuthException.FromJson("{\"kind\":\"not_saved\",\"message\":\"m\"}");
        Expect.Equal(null, error.Token(), "of a mock");
        typeof(NotSavedException).GetMethod("With", BindingFlags.NonPublic | BindingFlags.Instance).Invoke(error, new object[] { Token.FromJson(Canaries.Json) });
        Expect.Equal("pina_canary-access", error.Token().AccessToken, "the token");
        Expect.Equal("WriteError", error.Category, "category");
        Expect.Lacks(error + error.ToJson() + error.Details + error.Text + error.Token(), "canary");
        foreach (var property in typeof(NotSavedException).GetProperties())
            Expect.True(property.PropertyType != typeof(Token), property.Name + " would be written down");
    }
}
