// The commands, run on what stands for PowerShell: what is sent, what is an error of what, and that no token is lost.

using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Pinterest.OAuth;
using Pinterest.OAuth.Commands;

internal static class CommandTests
{
    // AccountCommandTests tries -WhatIf of these.
    private static readonly Type[] ChangeTheStore =
    {
        typeof(ConnectPinterestAccount), typeof(ImportPinterestAccount), typeof(UpdatePinterestAccount), typeof(RemovePinterestAccount),
        typeof(RenamePinterestAccount), typeof(TestPinterestStore),
    };

    internal static void Settings()
    {
        var run = new Shell().Run(new SetConfiguration
        {
            Username = Emulator.Url("app_id"), Password = Emulator.Url("app_secret"), BaseUrl = Emulator.Url("base_url"),
            OauthUrl = Emulator.Url("oauth_url"), TimeoutSec = null, TrustEnv = false, CaFile = null, Proxy = null,
        });
        Expect.Equal(null, run.Ended, "the settings");
        new Shell().Run(new ReceivePinterestToken { Wait = new SwitchParameter(true) });
    }

    internal static Token Login()
    {
        const string RedirectUri = "http://localhost:8085/";
        return (Token)new Shell().Run(new InvokeOauthToken
        {
            GrantType = "authorization_code", Code = Emulator.Code(RedirectUri), RedirectUri = new Uri(RedirectUri),
        }).Given.Single();
    }

    public static void An_item_that_fails_does_not_take_the_others_with_it()
    {
        Settings();
        var a = Login();
        var c = Login();
        var run = new Shell().Pipe(new UpdatePinterestToken(), a, "{\"access_token\":\"canary\"}", 5, c);
        Expect.Equal(null, run.Ended, "the pipeline");
        Expect.Equal(2, run.Given.Count, "tokens");
        Expect.Equal("invalid_argument,invalid_argument", string.Join(",", run.Errors.Select(error => error.FullyQualifiedErrorId).ToArray()), "errors");
        Expect.Equal("item 2,item 3", string.Join(",", run.Errors.Select(error => (string)error.TargetObject).ToArray()), "of which item");
        Expect.True(run.Errors[1].Exception.Message.Contains("SecureString"), "what is taken is named: " + run.Errors[1].Exception.Message);
        Expect.Equal("-Token", ((OAuthException)run.Errors[1].Exception).Field, "field");
        Expect.Equal(0, new Shell().Run(new ReceivePinterestToken()).Given.Count, "kept");
    }

    public static void A_single_call_that_fails_ends_the_command()
    {
        Settings();
        var run = new Shell().Run(new UpdatePinterestToken { Token = "{}" });
        Expect.Equal("invalid_argument", run.Error.FullyQualifiedErrorId, "id");
        Expect.Equal(0, run.Errors.Count, "other errors");
        Expect.Equal(null, run.Error.TargetObject, "target");
        Expect.Equal(((OAuthException)run.Error.Exception).Details, run.Error.ErrorDetails.Message, "details");
        Expect.Equal(((OAuthException)run.Error.Exception).WhatNow, run.Error.ErrorDetails.RecommendedAction, "what now");
        Expect.Equal("-Token", ((OAuthException)new Shell().Run(new UpdatePinterestToken()).Error.Exception).Field, "nothing given");
    }

    public static void What_was_renewed_before_the_pipeline_failed_is_kept_and_given_once()
    {
        Settings();
        var a = Login();
        var run = new Shell { StopsAtErrors = true }.Pipe(new UpdatePinterestToken(), a, "x", a);
        Expect.True(run.Ended is Shell.Terminating, "-ErrorAction Stop");
        Expect.Equal(1, run.Given.Count, "given before");
        var said = new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read" });
        Expect.True(said.Warnings.Single().Contains("Receive-PinterestToken"), "the next command says it");
        var received = new Shell().Run(new ReceivePinterestToken()).Given;
        Expect.True(ReferenceEquals(run.Given[0], received.Single()), "it is received");
        Expect.Equal(0, new Shell().Run(new ReceivePinterestToken()).Given.Count, "once");

        var failing = new Shell { Next = _ => { throw new InvalidOperationException("disk full"); } }.Pipe(new UpdatePinterestToken(), received[0]);
        Expect.True(failing.Ended is InvalidOperationException, "what the next command throws is its own");
        Expect.Equal(1, new Shell().Run(new ReceivePinterestToken()).Given.Count, "kept");
    }

    public static void A_call_that_was_stopped_goes_on_and_its_token_is_received()
    {
        Settings();
        using (var barrier = new Barrier(2))
        {
            new Shell().Run(new SetConfiguration { BaseUrl = barrier.Url });
            var olds = new[] { "a", "b" }.Select(name => Token.FromJson(
                "{\"access_token\":\"x\",\"refresh_token\":\"pinr." + name + "\"}")).ToArray();
            var commands = olds.Select(_ => new UpdatePinterestToken()).ToArray();
            var shells = olds.Select(_ => new Shell()).ToArray();
            var threads = new[] { 0, 1 }.Select(number => new Thread(() => shells[number].Pipe(commands[number], olds[number]))).ToArray();
            foreach (var thread in threads)
                thread.Start();
            barrier.AllArrived();
            foreach (var command in commands)
                Shell.Stop(command);
            foreach (var thread in threads)
                Expect.True(thread.Join(20000), "the command ended before the call");
            foreach (var shell in shells)
            {
                Expect.True(shell.Ended is PipelineStoppedException, "as PowerShell ends a command");
                Expect.True(shell.OnScreen.Single().Contains("Receive-PinterestToken"), "a warning");
            }
            var early = new Shell().Run(new ReceivePinterestToken());
            Expect.Equal(0, early.Given.Count, "before the answer");
            Expect.True(early.Warnings.Single().Contains("2 call(s) are still under way"), "that they are under way");

            var waiting = new ReceivePinterestToken { Wait = new SwitchParameter(true) };
            var waits = new Shell();
            var waiter = new Thread(() => waits.Run(waiting));
            waiter.Start();
            Shell.Stop(waiting);
            Expect.True(waiter.Join(20000) && waits.Ended is PipelineStoppedException, "the waiting is stopped too");
            barrier.Open();
            var b = new Shell().Pipe(new ReceivePinterestToken { Wait = new SwitchParameter(true) }, olds[1]);
            Expect.Equal("pinr.b", ((Token)b.Given.Single()).RefreshToken, "that of one token");
            var a = new Shell().Run(new ReceivePinterestToken { Wait = new SwitchParameter(true) });
            Expect.Equal("pinr.a", ((Token)a.Given.Single()).RefreshToken, "the other one");
        }
    }

    public static void An_error_that_came_after_the_stop_is_received_as_an_error()
    {
        Settings();
        Emulator.Script(Documents.Of("action", "hang"));
        var command = new InvokeOauthToken { GrantType = "refresh_token", RefreshToken = "pinr.made-up", TimeoutSec = 1 };
        var thread = new Thread(() => new Shell().Run(command));
        thread.Start();
        while (Emulator.Requests().Length == 0)
            Thread.Sleep(5);
        Shell.Stop(command);
        thread.Join();
        var received = new Shell().Run(new ReceivePinterestToken { Wait = new SwitchParameter(true) });
        Expect.Equal("timeout", received.Errors.Single().FullyQualifiedErrorId, "error");
    }

    public static void What_if_sends_nothing_and_changes_nothing()
    {
        Settings();
        var token = Login();
        var before = Emulator.Requests().Length;
        var commands = new PSCmdlet[]
        {
            new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read" }, new UpdatePinterestToken { Token = token },
            new RevokePinterestToken { Token = token }, new NewPinterestConversionToken { AccessToken = token },
            new SetConfiguration { BaseUrl = "http://127.0.0.1:1" },
        };
        foreach (var command in commands)
        {
            var run = new Shell { WhatIf = true }.Run(command);
            Expect.Equal(null, run.Ended, command.GetType().Name);
            Expect.Equal(1, run.Asked.Count, command.GetType().Name);
            Expect.Lacks(run.Asked[0], token.AccessToken, token.RefreshToken);
            Expect.Equal(0, run.Given.Count, command.GetType().Name);
        }
        Expect.Equal(before, Emulator.Requests().Length, "requests");
        foreach (var type in typeof(InvokeOauthToken).Assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(CmdletAttribute), false)))
        {
            var cmdlet = (CmdletAttribute)type.GetCustomAttributes(typeof(CmdletAttribute), false)[0];
            Expect.Equal(
                commands.Any(one => one.GetType() == type) || ChangeTheStore.Contains(type), cmdlet.SupportsShouldProcess, type.Name + " has -WhatIf");
        }
    }

    public static void Verbose_says_how_a_call_went()
    {
        Settings();
        var rid = new object[] { new object[] { "x-pinterest-rid", "1234567890123456" } };
        Emulator.Script(
            Documents.Of("status", 200, "headers", rid, "body_json", Documents.Of("access_token", "pina_x")),
            Documents.Of("status", 502, "headers", rid, "body", "<html>"));
        var good = new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read" });
        Expect.True(good.Verbose.Single().StartsWith("POST /v5/oauth/token: status 200 in "), good.Verbose[0]);
        Expect.True(good.Verbose[0].EndsWith(" ms, request id 1234567890123456"), good.Verbose[0]);
        Expect.Equal("1234567890123456", ((Token)good.Given[0]).RequestId, "on the token");
        var bad = new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read" });
        Expect.True(bad.Verbose.Single().StartsWith("POST /v5/oauth/token: status 502 in "), bad.Verbose[0]);
        Expect.True(bad.Error.Exception.Message.Contains("502"), bad.Error.Exception.Message);
    }

    public static void What_has_no_parameter_is_refused_and_not_quoted()
    {
        Settings();
        var run = new Shell().Run(new InvokeOauthToken { GrantType = "refresh_token", Leftover = new object[] { "pinr.canary" } });
        Expect.Lacks(run.Error.Exception.Message + ((OAuthException)run.Error.Exception).ToJson(), "canary");
        Expect.True(run.Error.Exception.Message.Contains("-RefreshToken"), "what to do");
        run = new Shell().Run(new SetConfiguration { Leftover = new object[] { "-Pasword", "canary" } });
        Expect.Equal("-Pasword", ((OAuthException)run.Error.Exception).Field, "a parameter that is none");
        Expect.Lacks(run.Error.Exception.Message, "canary");
    }

    public static void A_parameter_takes_any_object_so_that_PowerShell_quotes_none()
    {
        foreach (var type in typeof(InvokeOauthToken).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Cmdlet))))
            foreach (var property in type.GetProperties().Where(one => one.IsDefined(typeof(ParameterAttribute), true)))
                Expect.True(
                    property.PropertyType == typeof(object) || property.PropertyType == typeof(SwitchParameter) || property.Name == "Leftover",
                    type.Name + " " + property.Name);
    }

    public static void Every_parameter_is_in_the_set_that_takes_all()
    {
        // So no combination is refused by PowerShell, whose message would not say why: the core says it.
        var cmdlet = (CmdletAttribute)typeof(InvokeOauthToken).GetCustomAttributes(typeof(CmdletAttribute), false)[0];
        foreach (var property in typeof(InvokeOauthToken).GetProperties())
        {
            var found = property.GetCustomAttributes(typeof(ParameterAttribute), true).Cast<ParameterAttribute>().ToArray();
            Expect.True(
                found.Length == 0 || found.Any(one => one.ParameterSetName == null || one.ParameterSetName == cmdlet.DefaultParameterSetName),
                property.Name);
        }
    }

    public static void Each_runspace_has_settings_of_its_own_and_a_removed_module_forgets_them()
    {
        Settings();
        new Session().OnImport();
        var here = (Configuration)new Shell().Run(new GetConfiguration()).Given.Single();
        Expect.Equal(Emulator.Url("app_id"), here.Username, "here");
        System.Management.Automation.Runspaces.Runspace.DefaultRunspace = new Another();
        try
        {
            var there = (Configuration)new Shell().Run(new GetConfiguration()).Given.Single();
            Expect.Equal(null, there.Username, "there");
            there.Username = "x";
            new Session().OnRemove(null);
            Expect.Equal(null, ((Configuration)new Shell().Run(new GetConfiguration()).Given.Single()).Username, "imported again");
        }
        finally
        {
            System.Management.Automation.Runspaces.Runspace.DefaultRunspace = null;
        }
        Expect.Equal(Emulator.Url("app_id"), here.Username, "here");
    }

    private sealed class Another : System.Management.Automation.Runspaces.Runspace { }

    public static void Values_that_are_known_are_completed()
    {
        var found = new Grants().CompleteArgument("Invoke-OauthToken", "GrantType", "RE", null, new Hashtable());
        Expect.Equal("refresh_token", found.Single().CompletionText, "a grant");
        Expect.True(new Pinterest.OAuth.Commands.Scopes().CompleteArgument("", "", "", null, null).Count() > 10, "scopes");
    }
}
