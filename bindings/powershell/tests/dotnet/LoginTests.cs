// A login with a browser, from .NET. The browser's part is played.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal static class LoginTests
{
    internal static Dictionary<string, object> Options(params object[] more)
    {
        var options = Documents.Of("redirect_uri", Browser.RedirectUri, "scope", "pins:read", "browser", false, "timeout", 60);
        foreach (var entry in Documents.Of(more))
            options[entry.Key] = entry.Value;
        return options;
    }

    // Nobody listens at the redirect address any more: the next login can.
    private static void IsOver(World world)
    {
        world.Manager().StartLogin(Options()).Dispose();
    }

    public static void A_login_tells_what_happens_and_ends_with_a_stored_token()
    {
        using (var world = new World())
        {
            var manager = world.Manager();
            var told = new List<string>();
            Task<string> page = null;
            var end = manager.Login(
                Options("account", "shop-42"),
                login =>
                {
                    Expect.Equal(null, login.Started.WhyNotOpened, "it was not asked for");
                    page = Task.Run(() => new Browser().LogIn(login.Started));
                },
                (login, news) => told.Add(news.Event + ": " + news.Message));
            Expect.True(page.Result.Contains("You are logged in"), "the last page");
            Expect.Equal("done shop-42 pins:read", end.Outcome + " " + end.Account + " " + string.Join(",", end.Scopes), "the end");
            Expect.True(end.ExpiresAt > DateTime.Now && end.RefreshTokenExpiresAt > end.ExpiresAt, "when it expires");
            Expect.Equal(null, end.User, "who: the token may not say it");
            Expect.True(told[0].StartsWith("opened: ", StringComparison.Ordinal) && told.Last().StartsWith("done: Logged in", StringComparison.Ordinal), string.Join("; ", told.ToArray()));
            Expect.Equal("ready", manager.Account("shop-42").Status().State, "where it stands");
            Expect.True(world.Account("shop-42").AccessToken().StartsWith("pina_", StringComparison.Ordinal), "an access token");
            Expect.Equal(1, Browser.Exchanges(), "codes that were sent");
            IsOver(world);
        }
    }

    public static void A_task_waits_for_a_login_and_its_cancellation_ends_the_wait()
    {
        using (var world = new World())
        using (var source = new CancellationTokenSource())
        {
            var begun = new TaskCompletionSource<Login>();
            var task = world.Manager().LoginAsync(Options(), begun.SetResult, null, source.Token);
            var first = begun.Task.Result;
            Expect.True(!task.IsCompleted, "it waits");
            source.Cancel();
            try
            {
                task.Wait(20000);
            }
            catch (AggregateException)
            {
                // looked at below
            }
            Expect.True(task.IsCanceled, "the task is cancelled");
            Expect.Throws<ObjectDisposedException>(() => first.Next(0), "after the end");
            Expect.Throws<OperationCanceledException>(() => world.Manager().Login(Options(), null, null, source.Token), "cancelled before");
            IsOver(world);

            begun = new TaskCompletionSource<Login>();
            task = world.Manager().LoginAsync(Options(), begun.SetResult);
            new Browser().LogIn(begun.Task.Result.Started);
            Expect.Equal("done", task.Result.Outcome, "the end");
        }
    }

    public static void What_is_pasted_ends_a_login_and_what_is_wrong_with_it_is_said_in_words()
    {
        using (var world = new World())
        using (var login = world.Manager().StartLogin(Options()))
        {
            var problem = Expect.Throws<InvalidArgumentException>(() => login.Paste(login.Started.StartUrl), "the start address");
            Expect.True(problem.Field == "address" && problem.Message.StartsWith("address is the one to open", StringComparison.Ordinal), problem.Message);
            Expect.Equal("address", Expect.Throws<InvalidArgumentException>(() => login.Paste(null), "null").Field, "null");
            Expect.Equal("address", Expect.Throws<InvalidArgumentException>(() => login.Paste("a\0"), "a NUL").Field, "a NUL");
            Expect.Equal(null, login.Next(0), "it waits on");
            login.Paste(" <" + Browser.Consent(login.Started.AuthorizeUrl) + ">\n");
            Expect.Equal("done", login.Wait().Outcome, "the end");
            Expect.Equal(1, Browser.Exchanges(), "codes that were sent");
        }
    }

    public static void A_denial_a_timeout_and_a_cancel_are_exceptions_of_their_own()
    {
        using (var world = new World())
        {
            var manager = world.Manager();
            Task<string> page = null;
            var denied = Expect.Throws<AccessDeniedException>(
                () => manager.Login(Options(), login => page = Task.Run(() => new Browser().LogIn(login.Started, "deny"))), "a denial");
            Expect.True(page.Result.Contains("You did not allow it"), "the page");
            Expect.Equal("rejected PermissionDenied", denied.Outcome + " " + denied.Category, "a denial");
            var late = Expect.Throws<DeadlineException>(() => manager.Login(Options("timeout", 0.05), login => { }), "nobody came");
            Expect.Equal("not_sent", late.Outcome, "nobody came");
            Expect.Throws<CallCancelledException>(() => manager.Login(Options(), login => login.Cancel()), "a cancel");
            Expect.Throws<FormatException>(() => manager.Login(Options(), login => { throw new FormatException(); }), "the program's own");
            Expect.Throws<UnknownAccountException>(() => manager.Account().Status(), "nothing was stored");
            Expect.Equal(0, Browser.Exchanges(), "codes that were sent");
            IsOver(world);
        }
    }

    public static void A_login_is_cancelled_and_disposed_of_as_often_as_one_likes()
    {
        using (var world = new World())
        {
            var login = world.Manager().StartLogin(Options());
            var waits = Task.Run(() => login.Next(3600));
            login.Cancel();
            login.Cancel();
            Expect.True(((AggregateException)Waited(waits)).InnerException is CallCancelledException, "who waits is told");
            login.Answer(true);
            login.Dispose();
            login.Dispose();
            login.Cancel();
            login.Answer(false);
            Expect.Throws<ObjectDisposedException>(() => login.Next(0), "after the end");
            var other = world.Manager().StartLogin(Options());
            waits = Task.Run(() => other.Next(3600));
            other.Dispose();
            Expect.True(Waited(waits) is AggregateException, "who waits while it is disposed of");
            IsOver(world);
        }
    }

    private static Exception Waited(Task task)
    {
        try
        {
            return task.Wait(20000) ? null : new TimeoutException();
        }
        catch (AggregateException problem)
        {
            return problem;
        }
    }

    public static void Another_person_replaces_a_token_only_where_the_answer_is_yes()
    {
        using (var world = new World())
        {
            var manager = world.Manager();
            var account = manager.Account();
            var logIn = new Func<string, bool?, LoginEnd>((user, replace) =>
            {
                Emulator.Switch("user", user);
                return manager.Login(
                    Options("scope", "user_accounts:read", "confirm", replace != null),
                    login => login.Paste(Browser.Consent(login.Started.AuthorizeUrl)),
                    (login, news) =>
                    {
                        if (news.Event != "confirm")
                            return;
                        Expect.Equal("@bob @anna", news.User + " " + news.PreviousUser, news.Message);
                        login.Answer(replace.Value);
                    });
            });
            Expect.Equal("anna", logIn("anna", false).User.Username, "nobody was there before");
            var first = account.Export().AccessToken;
            Expect.Throws<AccessDeniedException>(() => logIn("bob", false), "no");
            Expect.Equal(first, account.Export().AccessToken, "the token that was there is kept");
            var end = logIn("bob", true);
            Expect.Equal("@bob @anna", end.User + " " + end.PreviousUser, "yes");
            Expect.Equal("@anna", logIn("anna", null).User.ToString(), "who does not ask replaces");
        }
    }

    public static void A_browser_is_opened_that_the_environment_names()
    {
        using (var world = new World())
        {
            var manager = world.Manager(); // before the variable is set
            var before = Environment.GetEnvironmentVariable("BROWSER");
            var folder = Path.GetDirectoryName(world.Store);
            var opened = Path.Combine(folder, "opened");
            try
            {
                File.WriteAllText(Path.Combine(folder, "browser"), "#!/bin/sh\necho \"$1\" >" + opened + ".new && mv " + opened + ".new " + opened + "\n");
                System.Diagnostics.Process.Start("chmod", "+x " + Path.Combine(folder, "browser")).WaitForExit();
                Environment.SetEnvironmentVariable("BROWSER", Path.Combine(folder, "browser"));
                using (var login = manager.StartLogin(Options("browser", null)))
                {
                    Expect.True(login.Started.Opened && login.Started.AuthorizeUrl == null && login.Started.Instructions == null, "it was opened");
                    Expect.True(login.Started.Message.StartsWith("Opening your browser: " + login.Started.StartUrl, StringComparison.Ordinal), "the words");
                    while (!File.Exists(opened))
                        Thread.Sleep(5);
                    Expect.Equal(login.Started.StartUrl, File.ReadAllText(opened).Trim(), "the address");
                    Expect.True(login.Show().AuthorizeUrl.Contains("state="), "Pinterest's page, where it is asked for");
                }
                Environment.SetEnvironmentVariable("BROWSER", "/nowhere/browser");
                using (var login = manager.StartLogin(Options("browser", null)))
                {
                    Expect.Equal("BROWSER names no program that starts", login.Started.WhyNotOpened, "why not");
                    var lines = login.Started.Message;
                    Expect.True(lines.StartsWith("No browser is opened here: BROWSER names no program that starts.\nOpen", StringComparison.Ordinal), lines);
                    Expect.True(login.Started.Instructions.Contains(login.Started.AuthorizeUrl), "the way for other machines");
                }
            }
            finally
            {
                Environment.SetEnvironmentVariable("BROWSER", before);
            }
        }
    }

    public static void What_a_program_gets_wrong_is_named_before_anything_is_opened()
    {
        using (var world = new World())
        {
            var manager = world.Manager();
            foreach (var wrong in new[]
            {
                "redirect_uri=https://example.com/", "redirect_uri=localhost:8085", "account=", "timeout=0", "scopes=x", "confirm=x",
            })
            {
                var pair = wrong.Split('=');
                object value = pair[0] == "timeout" ? (object)0 : pair[1];
                var problem = Expect.Throws<InvalidArgumentException>(() => manager.StartLogin(Options(pair[0], value)), wrong);
                Expect.Equal(pair[0], problem.Field, wrong);
            }
            var port = new Uri(Browser.RedirectUri).Port;
            var holder = new TcpListener(IPAddress.Loopback, port);
            holder.Start();
            try
            {
                var taken = Expect.Throws<InvalidArgumentException>(() => manager.StartLogin(Options()), "a port that is taken");
                Expect.Equal("redirect_uri", taken.Field, "field");
                Expect.True(taken.Message.Contains("pid " + System.Diagnostics.Process.GetCurrentProcess().Id), taken.Message);
            }
            finally
            {
                holder.Stop();
            }
            using (var poor = new TokenManager(world.Settings("app_secret", null)))
                Expect.Throws<InvalidConfigException>(() => poor.StartLogin(Options()), "no secret");
            IsOver(world);
        }
    }

    public static void A_login_shows_no_secret_by_itself()
    {
        using (var world = new World())
        using (var login = world.Manager().StartLogin(Options()))
        {
            var state = login.Started.AuthorizeUrl.Split(new[] { "state=" }, StringSplitOptions.None)[1].Split('&')[0];
            Expect.True(state.Length >= 43, "the state");
            foreach (var shown in new object[] { login, login.Started })
            {
                Expect.Lacks(shown.ToString(), state);
                foreach (var property in shown.GetType().GetProperties().Where(one => !one.IsDefined(typeof(System.Management.Automation.HiddenAttribute), false)))
                    Expect.Lacks("" + property.GetValue(shown, null), state);
            }
            var back = Browser.Consent(login.Started.AuthorizeUrl);
            var other = Expect.Throws<InvalidArgumentException>(() => login.Paste(back.Replace("state=", "state=x")), "another state");
            Expect.Lacks(other.ToJson() + other, state, back);
            Emulator.Script(Documents.Of("status", 500, "body", "<html>" + back + "</html>"));
            login.Paste(back);
            var failed = Expect.Throws<ServerException>(() => login.Wait(), "an exchange that fails");
            Expect.Lacks(failed.ToJson() + failed + failed.Details, state, back.Split(new[] { "code=" }, StringSplitOptions.None)[1].Split('&')[0]);
        }
    }
}
