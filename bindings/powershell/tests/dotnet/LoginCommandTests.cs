// Connect-PinterestAccount with a browser, run on what stands for PowerShell. The browser's part is played.

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Pinterest.OAuth;
using Pinterest.OAuth.Commands;

internal static class LoginCommandTests
{
    private static SwitchParameter On { get { return new SwitchParameter(true); } }

    private static World Settings()
    {
        CommandTests.Settings();
        var world = new World();
        var run = new Shell().Run(new SetConfiguration { Store = world.Store, ClockOffsetFile = world.Clock, RecoveryDir = null, FileSystems = null });
        Expect.Equal(null, run.Ended, "the settings");
        return world;
    }

    private static ConnectPinterestAccount Command(object account = null)
    {
        var command = new ConnectPinterestAccount { RedirectUri = new Uri(Browser.RedirectUri), Scope = new object[] { "pins:read" }, NoBrowser = On };
        if (account != null)
            command.Account = account;
        return command;
    }

    // The addresses in the instructions: Pinterest's, and the one of this machine.
    private static string[] Addresses(string lines)
    {
        return lines.Split(' ', '\n').Select(word => word.Trim()).Where(word => word.StartsWith("http", StringComparison.Ordinal)).ToArray();
    }

    private static string Problem(Shell run) { return run.Ended == null ? null : "" + run.Ended + (run.Ended is Shell.Terminating ? run.Error.Exception : null); }

    public static void A_login_with_a_browser_gives_how_it_ended_and_its_state_is_in_no_stream()
    {
        using (var world = Settings())
        {
            var shell = new Shell { Keys = new ConcurrentQueue<char>() };
            string state = null;
            var page = new TaskCompletionSource<string>();
            shell.Seen = lines =>
            {
                var found = Addresses(lines);
                if (found.Length < 2)
                    return;
                state = found[0].Split(new[] { "state=" }, StringSplitOptions.None)[1].Split('&')[0];
                Task.Run(() => page.SetResult(new Browser().LogIn(Started(found[1]))));
            };
            var command = Command("shop-42");
            command.Scope = "pins:read,pin:read";
            shell.Run(command);
            Expect.Equal(null, Problem(shell), "the end");
            Expect.True(page.Task.Result.Contains("You are logged in"), "the last page");
            var end = (LoginEnd)shell.Given.Single();
            Expect.Equal("done shop-42 pins:read", end.Outcome + " " + end.Account + " " + end.Scopes.Single(), "what is given");
            Expect.Equal("Log in: shop-42", shell.Asked.Single(), "-WhatIf");
            Expect.True(shell.Verbose.Last().StartsWith("Logged in", StringComparison.Ordinal), "-Verbose");
            Expect.True(Said(shell.Information[0]).Contains("pins:read"), "what is perhaps meant: " + Said(shell.Information[0]));
            Expect.True(state.Length >= 43, "a state");
            Expect.Lacks(string.Join("\n", shell.Verbose.Concat(shell.Warnings).Concat(shell.Information.Select(one => Said(one)))
                .Concat(shell.Asked).Concat(new[] { "" + end, end.Message }).ToArray()), state);
            Expect.True(world.Account("shop-42").AccessToken().StartsWith("pina_", StringComparison.Ordinal), "stored");
        }
    }

    private static LoginStarted Started(string startUrl)
    {
        var document = typeof(Login).Assembly.GetType("Pinterest.OAuth.Document");
        var all = System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance;
        var made = document.GetConstructor(all, null, new[] { typeof(string) }, null).Invoke(new object[] { Json.Write(Documents.Of("start_url", startUrl)) });
        return (LoginStarted)typeof(LoginStarted).GetConstructor(all, null, new[] { document }, null).Invoke(new[] { made });
    }

    private static string Said(InformationRecord record)
    {
        Expect.Equal("PSHOST", record.Tags.Single(), "as Write-Host");
        return ((HostInformationMessage)record.MessageData).Message;
    }

    public static void A_browser_is_opened_and_the_words_are_in_the_information_stream()
    {
        using (var world = Settings())
        {
            var before = Environment.GetEnvironmentVariable("BROWSER");
            try
            {
                Environment.SetEnvironmentVariable("BROWSER", "true");
                var shell = new Shell();
                var command = Command();
                command.NoBrowser = new SwitchParameter(false);
                var thread = new Thread(() => shell.Run(command));
                thread.Start();
                while (shell.Information.Count == 0 && thread.IsAlive)
                    Thread.Sleep(5);
                var said = Said(shell.Information.Single());
                Expect.True(said.StartsWith("Opening your browser: http://localhost:", StringComparison.Ordinal), said);
                new Browser().LogIn(Started(Addresses(said).Single()));
                Expect.True(thread.Join(20000), "the end");
                Expect.Equal(null, Problem(shell), "the end");
                Expect.Equal("default", ((LoginEnd)shell.Given.Single()).Account, "what is given");
                Expect.Equal(0, shell.OnScreen.Count, "on the screen");
            }
            finally
            {
                Environment.SetEnvironmentVariable("BROWSER", before);
            }
        }
    }

    public static void An_address_is_pasted_at_the_hosts_keys_or_as_a_line_where_it_has_none()
    {
        foreach (var hasKeys in new[] { true, false })
            using (Settings())
            {
                var before = Browser.Exchanges();
                var keys = new ConcurrentQueue<char>();
                var lines = new ConcurrentQueue<string>();
                var shell = new Shell { Keys = hasKeys ? keys : null };
                shell.Line = () =>
                {
                    string line;
                    return lines.TryDequeue(out line) ? line : "";
                };
                var type = new Action<string>(text =>
                {
                    lines.Enqueue(text);
                    foreach (var sign in text + "\r")
                        keys.Enqueue(sign);
                });
                string back = null;
                shell.Seen = shown =>
                {
                    var found = Addresses(shown);
                    if (found.Length == 2)
                    {
                        back = Browser.Consent(found[0]);
                        type(found[1]);
                    }
                    else if (shown.StartsWith("address is the one to open", StringComparison.Ordinal))
                        type("\u001b[200~" + back.Substring(0, 30) + "\n" + back.Substring(30) + "\u001b[201~");
                };
                shell.Run(Command());
                Expect.Equal(null, Problem(shell), "the end");
                Expect.Equal("done", ((LoginEnd)shell.Given.Single()).Outcome, "the end");
                Expect.True(shell.OnScreen.Any(line => line.StartsWith("address is the one to open", StringComparison.Ordinal)), "what is wrong is said");
                Expect.Equal(before + 1, Browser.Exchanges(), "codes that were sent");
                Expect.True(keys.IsEmpty || !hasKeys, "no key is left for the prompt");
            }
    }

    public static void A_host_that_asks_nobody_waits_for_the_browser_alone()
    {
        foreach (var hasHost in new[] { true, false })
            using (Settings())
            {
                var shell = new Shell { HasHost = hasHost };
                var thread = new Thread(() => shell.Run(Command()));
                thread.Start();
                while (shell.Information.Count == 0 && thread.IsAlive)
                    Thread.Sleep(5);
                var said = Said(shell.Information.Single());
                Thread.Sleep(300); // it has asked for a line, and got none
                new Browser().LogIn(Started(Addresses(said).Last()));
                Expect.True(thread.Join(20000), "the end");
                Expect.Equal(null, Problem(shell), "the end");
                Expect.Equal("done", ((LoginEnd)shell.Given.Single()).Outcome, "the end");
            }
    }

    public static void Ctrl_C_ends_the_wait_at_once_and_leaves_the_port()
    {
        using (Settings())
            for (var turn = 0; turn < 3; turn++)
            {
                var shell = new Shell { Keys = new ConcurrentQueue<char>() };
                var command = Command();
                var thread = new Thread(() => shell.Run(command));
                if (turn == 0) // before it has begun
                    Shell.Stop(command);
                thread.Start();
                while (turn > 0 && shell.OnScreen.Count == 0 && thread.IsAlive)
                    Thread.Sleep(5);
                Shell.Stop(command);
                Expect.True(thread.Join(20000), "it ends");
                Expect.True(shell.Ended is PipelineStoppedException, "as PowerShell ends a command: " + Problem(shell));
                Expect.Equal(0, shell.Given.Count, "nothing is given");
            }
    }

    public static void Another_person_is_asked_about_and_Force_does_not_ask()
    {
        using (var world = Settings())
        {
            var asked = new List<string>();
            var logIn = new Func<string, bool, bool, Shell>((user, force, answer) =>
            {
                Emulator.Switch("user", user);
                var keys = new ConcurrentQueue<char>();
                var shell = new Shell { Keys = keys };
                shell.Continues = question =>
                {
                    asked.Add(question);
                    return answer;
                };
                shell.Seen = shown =>
                {
                    var found = Addresses(shown);
                    if (found.Length == 2)
                        foreach (var sign in Browser.Consent(found[0]) + "\n")
                            keys.Enqueue(sign);
                };
                var command = Command();
                command.Scope = "user_accounts:read";
                if (force)
                    command.Force = On;
                return shell.Run(command);
            });
            Expect.Equal("@anna", "" + ((LoginEnd)logIn("anna", false, false).Given.Single()).User, "nobody was there before");
            Expect.Equal(0, asked.Count, "questions");
            Expect.Equal("access_denied", logIn("bob", false, false).Error.FullyQualifiedErrorId, "no");
            Expect.True(asked.Single().Contains("@bob") && asked.Single().EndsWith("Replace?", StringComparison.Ordinal), asked.Single());
            Expect.Equal("@bob", "" + ((LoginEnd)logIn("bob", false, true).Given.Single()).User, "yes");
            Expect.Equal("@anna", "" + ((LoginEnd)logIn("anna", true, false).Given.Single()).User, "-Force");
            Expect.Equal(2, asked.Count, "questions");
        }
    }

    public static void What_does_not_go_together_or_cannot_be_is_named_as_a_parameter()
    {
        using (Settings())
        {
            var refused = new Func<ConnectPinterestAccount, string>(command =>
                ((OAuthException)new Shell().Run(command).Error.Exception).Field);
            Expect.Equal("-Scope", refused(new ConnectPinterestAccount { Code = "x", RedirectUri = "x", Scope = "pins:read" }), "with a code");
            Expect.Equal("-NoBrowser", refused(new ConnectPinterestAccount { Code = "x", RedirectUri = "x", NoBrowser = On }), "with a code");
            Expect.Equal("-Force", refused(new ConnectPinterestAccount { Code = "x", RedirectUri = "x", Force = On }), "with a code");
            Expect.Equal("-State", refused(new ConnectPinterestAccount { State = "x" }), "without a code");
            Expect.Equal("-Code", refused(new ConnectPinterestAccount { Code = null, RedirectUri = World.RedirectUri }), "a code that is null opens no browser");
            foreach (var wrong in new[] { "https://example.com/", "localhost", "http://localhost:8085/#x" })
                Expect.Equal("-RedirectUri", refused(new ConnectPinterestAccount { RedirectUri = wrong, NoBrowser = On }), wrong);
            foreach (var wrong in new object[] { 0, 3601, "soon" })
                Expect.Equal("-TimeoutSec", refused(new ConnectPinterestAccount { TimeoutSec = wrong, NoBrowser = On }), "" + wrong);
            Expect.Equal("-Account", refused(new ConnectPinterestAccount { Account = "", NoBrowser = On }), "no name");
            Expect.Equal("-Extra", refused(new ConnectPinterestAccount { Extra = "x", NoBrowser = On }), "no dictionary");
            var late = Command();
            late.TimeoutSec = TimeSpan.FromMilliseconds(50);
            Expect.Equal("timeout", new Shell { Keys = new ConcurrentQueue<char>() }.Run(late).Error.FullyQualifiedErrorId, "nobody came");
            var holder = new TcpListener(IPAddress.Loopback, new Uri(Browser.RedirectUri).Port);
            holder.Start();
            try
            {
                Expect.Equal("-RedirectUri", refused(Command()), "a port that is taken");
            }
            finally
            {
                holder.Stop();
            }
            var whatIf = new Shell { WhatIf = true }.Run(Command());
            Expect.Equal("Log in: default", whatIf.Asked.Single(), "-WhatIf");
            Expect.Equal(0, whatIf.OnScreen.Count + whatIf.Information.Count + whatIf.Given.Count, "-WhatIf");
        }
    }

    /// <summary>A program of .NET that logs in at its console, in a terminal of the runner's.</summary>
    internal static int AtTheConsole()
    {
        using (var world = new World())
        {
            try
            {
                var end = world.Manager().Login(LoginTests.Options());
                Console.WriteLine("the end: " + end.Outcome);
                return 0;
            }
            catch (OAuthException problem)
            {
                Console.WriteLine("the end: " + problem.Kind);
                return 0;
            }
        }
    }
}
