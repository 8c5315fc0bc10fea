// The commands with an account, run on what stands for PowerShell.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using System.Reflection;
using System.Security;
using System.Text;
using System.Threading;
using Pinterest.OAuth;
using Pinterest.OAuth.Commands;

internal static class AccountCommandTests
{
    private static SwitchParameter On { get { return new SwitchParameter(true); } }

    internal static World Settings(string place = null)
    {
        CommandTests.Settings();
        var world = new World(place ?? World.Memory);
        var run = new Shell().Run(new SetConfiguration { Store = world.Store, ClockOffsetFile = world.Clock, RecoveryDir = null, FileSystems = null });
        Expect.Equal(null, run.Ended, "the settings");
        return world;
    }

    private static object Connect(object account, string scope = "pins:read")
    {
        var code = Emulator.Code(World.RedirectUri, scope);
        return new Shell().Run(new ConnectPinterestAccount
        {
            Account = account, Code = code, RedirectUri = new Uri(World.RedirectUri), State = "s",
        }).Given.Single();
    }

    private static string Text(object secret) { return new System.Net.NetworkCredential("", (SecureString)secret).Password; }

    private static OAuthException Problem(Shell run) { return (OAuthException)run.Error.Exception; }

    public static void A_login_is_stored_and_its_access_token_is_a_SecureString()
    {
        using (var world = Settings())
        {
            var status = (AccountStatus)Connect("shop-42");
            Expect.Equal("shop-42 ready", status.Account + " " + status.State, "where it stands");
            Expect.Equal("shop-42: ready", status.ToString(), "as text");
            var given = new Shell().Run(new GetPinterestAccessToken { Account = "shop-42" }).Given.Single();
            var text = (string)new Shell().Run(new GetPinterestAccessToken { Account = "shop-42", AsPlainText = On }).Given.Single();
            Expect.True(text == Text(given) && text.StartsWith("pina_", StringComparison.Ordinal), "the token");
            Expect.Equal(text, world.Account("shop-42").AccessToken(), "in .NET");
            Expect.Equal(1, new Shell().Run(new GetPinterestAccessToken { Account = "shop-42", Scope = "pins:read" }).Given.Count, "with a scope");
            var lacking = new Shell().Run(new GetPinterestAccessToken { Account = "shop-42", Scope = new object[] { "pins:read", "ads:write" } });
            Expect.Equal("insufficient_scope", lacking.Error.FullyQualifiedErrorId, "a scope that is missing");
            var app = new GetPinterestAccessToken { App = On, Scope = new object[] { "ads:read" }, AsPlainText = On };
            Expect.True(((string)new Shell().Run(app).Given.Single()).StartsWith("pinc_", StringComparison.Ordinal), "of the app");
        }
    }

    public static void An_account_is_named_in_every_form_and_never_by_a_mistake()
    {
        using (Settings())
        {
            Connect("a");
            var status = new Shell().Run(new GetPinterestAccount()).Given.Single();
            var row = new PSObject();
            row.Properties.Add(new PSNoteProperty("Account", "a"));
            foreach (var form in new[] { "a", new PSObject("a"), status, row, new Hashtable { { "account", "a" } } })
                Expect.Equal("a", ((AccountStatus)new Shell().Run(new GetPinterestAccount { Account = form }).Given.Single()).Account, "a form");
            foreach (var wrong in new object[] { null, "", 7, "a\0", new Hashtable(), new object[0], true })
            {
                foreach (var command in new EachAccountCommand[] { new GetPinterestAccessToken(), new UpdatePinterestAccount(), new RemovePinterestAccount() })
                {
                    command.Account = wrong;
                    Expect.Equal("-Account", Problem(new Shell().Run(command)).Field, command.GetType().Name + ": " + wrong);
                }
                Expect.Equal("-Account", Problem(new Shell().Run(new RenamePinterestAccount { Account = wrong, NewName = "x" })).Field, "rename");
                Expect.Equal("-Account", Problem(new Shell().Run(new ImportPinterestAccount { Account = wrong, Token = "{\"access_token\":\"x\"}" })).Field, "import");
            }
            Expect.Equal("-Account", Problem(new Shell().Run(new RemovePinterestAccount())).Field, "nothing is removed without a name");
            Expect.Equal("unknown_account", new Shell().Run(new GetPinterestAccessToken()).Error.FullyQualifiedErrorId, "the one called default");
        }
    }

    public static void An_account_that_fails_does_not_take_the_others_with_it()
    {
        using (Settings())
        {
            Connect("a");
            Connect("c");
            var run = new Shell().Pipe(new GetPinterestAccessToken(), "a", "b", null, "c");
            Expect.Equal(null, run.Ended, "the pipeline");
            Expect.Equal(2, run.Given.Count, "tokens");
            Expect.Equal(
                "unknown_account,invalid_argument", string.Join(",", run.Errors.Select(error => error.FullyQualifiedErrorId).ToArray()), "errors");
            Expect.Equal("b", run.Errors[0].TargetObject, "of which account");
            Expect.Equal(0, new Shell().Pipe(new GetPinterestAccessToken()).Errors.Count, "no account at all");
        }
    }

    public static void One_account_or_all_that_are_due_are_refreshed()
    {
        using (var world = Settings())
        {
            Connect("a");
            Connect("b");
            world.Pass(1);
            var one = (AccountStatus)new Shell().Run(new UpdatePinterestAccount { Account = "a", Force = On }).Given.Single();
            Expect.Equal(2L, one.Generation, "a");
            world.Pass(31);
            Emulator.Script(Documents.Of("status", 500));
            var run = new Shell().Run(new UpdatePinterestAccount { Due = On, ThrottleLimit = "1" });
            var report = (RefreshReport)run.Given.Single();
            Expect.Equal("2 2", report.Accounts + " " + report.Due, "due");
            Expect.Equal(report.Failed.Single().Account, run.Errors.Single().TargetObject, "an error of each that failed");
            Expect.Equal("server_error", run.Errors[0].FullyQualifiedErrorId, "which one");
            var wrong = new[]
            {
                new UpdatePinterestAccount { Due = On, Account = "a" }, new UpdatePinterestAccount { Due = On, Force = On },
                new UpdatePinterestAccount { Due = On, ThrottleLimit = "many" }, new UpdatePinterestAccount { Due = On, ThrottleLimit = 0 },
            };
            Expect.Equal(
                "-Account,-Force,-ThrottleLimit,-ThrottleLimit",
                string.Join(",", wrong.Select(command => Problem(new Shell().Run(command)).Field).ToArray()), "what does not go together");
        }
    }

    public static void A_refresh_whose_command_was_stopped_is_stored_all_the_same()
    {
        using (var world = Settings())
        {
            Connect("default");
            var first = world.Account().Export().AccessToken;
            world.Pass(1);
            Emulator.Script(Documents.Of("action", "pinterest", "delay_ms", 1000));
            var command = new UpdatePinterestAccount { Force = On };
            var shell = new Shell();
            var thread = new Thread(() => shell.Run(command));
            thread.Start();
            while (Emulator.Refreshes() == 0)
                Thread.Sleep(5);
            Shell.Stop(command);
            Expect.True(thread.Join(20000) && shell.Ended is PipelineStoppedException, "it was stopped");
            Expect.True(TokenManager.Finish(20), "the refresh has ended");
            Expect.True(world.Account().Export().AccessToken != first, "it is stored");
            Expect.Equal(1L, Emulator.Refreshes(), "refreshes");
            Expect.Equal(0, new Shell().Run(new ReceivePinterestToken()).Given.Count, "nothing is left to receive");
        }
    }

    public static void Tokens_are_imported_each_into_its_account_and_exported()
    {
        using (Settings())
        {
            var rows = new[] { "a", "b", "a" }.Select(name => (object)new Hashtable { { "Account", name }, { "access_token", "pina_" + name } }).ToArray();
            var run = new Shell().Pipe(new ImportPinterestAccount { PassThru = On }, rows);
            Expect.Equal("a b", string.Join(" ", run.Given.Select(one => ((AccountStatus)one).Account).ToArray()), "imported");
            Expect.Equal("-Account", ((OAuthException)run.Errors.Single().Exception).Field, "a second one for the same account");
            var token = (Token)new Shell().Run(new ExportPinterestAccount { Account = "a" }).Given.Single();
            Expect.Equal("pina_a 0", token.AccessToken + " " + token.Extra.Count, "exported");
            Expect.Equal(0, new Shell().Run(new ExportPinterestAccount { Account = "a", Unsaved = On }).Given.Count, "all is stored");
            var same = new Shell().Pipe(new ImportPinterestAccount { Account = "c" }, token, "{\"access_token\":\"x\"}", "no token");
            Expect.Equal("item 2,item 3", string.Join(",", same.Errors.Select(error => (string)error.TargetObject).ToArray()), "one account, three tokens");
            Expect.Equal("pina_a", ((Token)new Shell().Run(new ExportPinterestAccount { Account = "c" }).Given.Single()).AccessToken, "the first counts");
            var renamed = new Shell().Run(new RenamePinterestAccount { Account = "c", NewName = "d", PassThru = On });
            Expect.Equal("d", ((AccountStatus)renamed.Given.Single()).Account, "renamed");
            Expect.Equal("-NewName", Problem(new Shell().Run(new RenamePinterestAccount { Account = "d", NewName = "a" })).Field, "a name that is taken");
            Expect.Equal("-NewName", Problem(new Shell().Run(new RenamePinterestAccount { Account = "d" })).Field, "no name");
            Expect.Equal("a", ((RemovedAccount)new Shell().Run(new RemovePinterestAccount { Account = "a" }).Given.Single()).Account, "removed");
            Expect.Equal("b,d", string.Join(",", new Shell().Run(new GetPinterestAccount()).Given.Select(one => ((AccountStatus)one).Account).ToArray()), "left");
        }
    }

    public static void The_store_is_tested_as_a_report_or_in_a_word()
    {
        using (Settings(World.Disk))
        {
            Expect.Equal(true, new Shell().Run(new TestPinterestStore { Quiet = On }).Given.Single(), "an empty one");
            Connect("a");
            var report = (StoreReport)new Shell().Run(new TestPinterestStore()).Given.Single();
            Expect.Equal("timer", report.Findings.Single().What, "what is missing");
            Expect.Equal(false, new Shell().Run(new TestPinterestStore { Quiet = On }).Given.Single(), "in a word");
            new Shell().Run(new UpdatePinterestAccount { Due = On });
            Expect.Equal(true, new Shell().Run(new TestPinterestStore { Quiet = On, Repair = On }).Given.Single(), "after a run");
        }
    }

    public static void What_if_changes_no_account()
    {
        using (Settings())
        {
            Connect("a");
            var before = Emulator.Requests().Length;
            var commands = new PSCmdlet[]
            {
                new ConnectPinterestAccount { Account = "a", Code = "canary-code", RedirectUri = World.RedirectUri },
                new ImportPinterestAccount { Account = "a", Token = Canaries.Json }, new UpdatePinterestAccount { Account = "a", Force = On },
                new UpdatePinterestAccount { Due = On }, new RemovePinterestAccount { Account = "a" },
                new RenamePinterestAccount { Account = "a", NewName = "b" },
            };
            foreach (var command in commands)
            {
                var run = new Shell { WhatIf = true }.Run(command);
                Expect.Equal(null, run.Ended, command.GetType().Name);
                Expect.Lacks(run.Asked.Single(), "canary");
                Expect.Equal(0, run.Given.Count, command.GetType().Name);
            }
            Expect.Equal(1, new Shell { WhatIf = true }.Run(new TestPinterestStore { Repair = On }).Asked.Count, "a repair");
            Expect.Equal(before, Emulator.Requests().Length, "requests");
            Expect.Equal("a 1", string.Join(",", new Shell().Run(new GetPinterestAccount()).Given.Cast<AccountStatus>()
                .Select(one => one.Account + " " + one.Generation).ToArray()), "the account");
        }
    }

    private static string Tested(string folder)
    {
        Expect.Equal(null, new Shell().Run(new TestPinterestStore()).Ended, "a store");
        return folder;
    }

    public static void A_path_of_the_store_counts_from_where_PowerShell_is()
    {
        using (var world = Settings())
        {
            var location = typeof(PSCmdlet).GetField("Location", BindingFlags.NonPublic | BindingFlags.Static);
            var before = location.GetValue(null);
            location.SetValue(null, System.IO.Path.GetDirectoryName(world.Store));
            try
            {
                new Shell().Run(new SetConfiguration { Store = "here" });
                Expect.Equal(true, System.IO.Directory.Exists(Tested(world.Store.Replace("tokens", "here"))), "a setting");
                new Shell().Run(new SetConfiguration { Store = null, TrustEnv = true });
                Environment.SetEnvironmentVariable("PINTEREST_OAUTH_STORE", "there");
                Expect.Equal(true, System.IO.Directory.Exists(Tested(world.Store.Replace("tokens", "there"))), "a variable");
                new Shell().Run(new SetConfiguration { Store = ":memory:" });
                new Shell().Run(new ImportPinterestAccount { Token = "{\"access_token\":\"pina_x\"}" });
                Expect.Equal("pina_x", new Shell().Run(new GetPinterestAccessToken { AsPlainText = On }).Given.Single(), "in memory");
            }
            finally
            {
                location.SetValue(null, before);
                Environment.SetEnvironmentVariable("PINTEREST_OAUTH_STORE", null);
                new Shell().Run(new SetConfiguration { TrustEnv = false });
            }
        }
    }

    private static object Answered(InvokePinterestRestMethod command)
    {
        var run = new Shell().Run(command);
        Expect.Equal(null, run.Ended == null ? null : run.Error.Exception + "" + run.Error.ErrorDetails.Message, "the end");
        return ((PSObject)run.Given.Single()).BaseObject;
    }

    public static void A_call_whose_access_token_is_refused_is_made_once_more()
    {
        using (var world = Settings())
        {
            Connect("shop-42", "user_accounts:read");
            var calls = new List<Hashtable>();
            using (new Web(calls))
            {
                var command = new InvokePinterestRestMethod
                {
                    Uri = Emulator.Url("base_url") + "/user_account", Account = "shop-42", Headers = new Hashtable { { "x-mine", "1" } },
                };
                Expect.Equal("200", Answered(command), "a call");
                Expect.Equal(1, calls.Count, "requests");
                world.Pass(1);
                Emulator.Advance(31 * 86400); // Pinterest's clock alone: the token is dead before its time
                Expect.Equal("200", Answered(command), "a call with a dead token");
                Expect.Equal(3, calls.Count, "requests");
                Expect.Equal("1", calls[2]["x-mine"], "a header of one's own");
                Expect.Equal(1L, Emulator.Refreshes(), "refreshes");
                Emulator.Advance(31 * 86400);
                var refused = new Shell().Run(command);
                Expect.Equal("invalid_token", refused.Error.FullyQualifiedErrorId, "a new token that is refused as well");
                Expect.Equal(4, calls.Count, "requests");
            }
        }
    }

    public static void Other_errors_of_a_call_are_given_as_they_are_and_without_the_access_token()
    {
        using (var world = Settings())
        {
            Connect("default");
            var calls = new List<Hashtable>();
            using (new Web(calls))
            {
                Emulator.Script(
                    Documents.Of("status", 401, "body_json", Documents.Of("code", 3, "message", "no scope")),
                    Documents.Of("status", 401, "body", "<html>"), "authentication_failed");
                foreach (var body in new object[] { null, "x", new PSObject(new System.IO.MemoryStream()) })
                {
                    var run = new Shell().Run(new InvokePinterestRestMethod { Uri = new Uri(Emulator.Url("base_url") + "/user_account"), Body = body });
                    Expect.Equal("WebCmdletWebResponseException", run.Error.FullyQualifiedErrorId, "the error of Invoke-RestMethod");
                    Expect.Equal(0, ((Request)run.Error.TargetObject).Headers.Count, "headers of the request");
                    Expect.Equal(0, ((Refused)run.Error.Exception).Response.RequestMessage.Headers.Count, "headers of the request");
                }
                Expect.Equal(3, calls.Count, "requests");
                foreach (var wrong in new object[] { null, "user_account", "http://api.pinterest.com/v5/", 5 })
                    Expect.Equal("-Uri", Problem(new Shell().Run(new InvokePinterestRestMethod { Uri = wrong })).Field, "an address");
                Expect.Equal("-Headers", Problem(new Shell().Run(new InvokePinterestRestMethod { Uri = "https://x", Headers = "x" })).Field, "headers");
                Expect.Equal(3, calls.Count, "requests");
            }
        }
    }

    /// <summary>Stands for Invoke-RestMethod, as it is called and as it fails.</summary>
    private sealed class Web : IDisposable
    {
        private readonly FieldInfo runner = typeof(CommandInvocationIntrinsics).GetField("Runner", BindingFlags.NonPublic | BindingFlags.Static);
        private readonly List<Hashtable> calls;

        internal Web(List<Hashtable> calls)
        {
            this.calls = calls;
            runner.SetValue(null, (Func<string, object[], IEnumerable<object>>)Run);
        }

        private IEnumerable<object> Run(string script, object[] arguments)
        {
            Expect.True(script.Contains(@"Utility\Invoke-RestMethod @with"), script);
            var with = (Hashtable)arguments.Single();
            var headers = new Hashtable((Hashtable)with["Headers"]);
            calls.Add(headers);
            var address = (Uri)with["uri"];
            using (var connection = new TcpClient(address.Host, address.Port))
            {
                var head = "GET " + address.PathAndQuery + " HTTP/1.1\r\nHost: " + address.Authority + "\r\nConnection: close\r\nAuthorization: "
                    + headers["Authorization"] + "\r\n\r\n";
                connection.GetStream().Write(Encoding.ASCII.GetBytes(head), 0, head.Length);
                var answer = new System.IO.StreamReader(connection.GetStream()).ReadToEnd();
                var status = answer.Substring(9, 3);
                if (status == "200")
                    return new object[] { status };
                var request = new Request { Headers = new Dictionary<string, string> { { "Authorization", (string)headers["Authorization"] } } };
                var problem = new Refused { Response = new Response { StatusCode = (System.Net.HttpStatusCode)int.Parse(status), RequestMessage = request } };
                var details = new ErrorDetails(answer.Substring(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4));
                throw new RuntimeException("", problem, new ErrorRecord(problem, "WebCmdletWebResponseException", ErrorCategory.InvalidOperation, request)
                {
                    ErrorDetails = details,
                });
            }
        }

        public void Dispose() { runner.SetValue(null, null); }
    }

    private sealed class Request
    {
        public Dictionary<string, string> Headers { get; set; }
    }

    private sealed class Response
    {
        public System.Net.HttpStatusCode StatusCode { get; set; }

        public Request RequestMessage { get; set; }
    }

    private sealed class Refused : Exception
    {
        public Response Response { get; set; }
    }
}
