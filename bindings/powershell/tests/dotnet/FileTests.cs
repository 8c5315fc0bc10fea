// A token is refreshed in the file where it is stored: which file a command means, what becomes of it, and what errors say.

using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using Pinterest.OAuth;
using Pinterest.OAuth.Commands;

internal static class FileTests
{
    private static readonly FieldInfo Location = typeof(PSCmdlet).GetField("Location", BindingFlags.Static | BindingFlags.NonPublic);

    // A folder in which PowerShell is, and the process is not.
    private sealed class Folder : IDisposable
    {
        internal readonly string Place = Path.Combine(Path.GetTempPath(), "pinterest-dotnet-" + Guid.NewGuid());

        internal Folder()
        {
            CommandTests.Settings();
            Directory.CreateDirectory(Place);
            Location.SetValue(null, Place);
        }

        internal string Of(string name) { return Path.Combine(Place, name); }

        /// <summary>A file with a token of a login.</summary>
        internal string Filled(string name)
        {
            File.WriteAllText(Of(name), CommandTests.Login().ToJson());
            return Of(name);
        }

        internal string[] Names()
        {
            return Directory.GetFileSystemEntries(Place).Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        }

        public void Dispose()
        {
            Location.SetValue(null, "/");
            Directory.Delete(Place, true);
        }
    }

    private static OAuthException Problem(Shell run) { return (OAuthException)run.Error.Exception; }

    private static void Has(Token token, string file)
    {
        Expect.Equal(token.ToJson() + "\n", File.ReadAllText(file), "what " + file + " holds");
    }

    public static void The_file_has_the_token_that_the_client_gives()
    {
        using (var folder = new Folder())
        using (var client = Emulator.Client())
        {
            Emulator.Switch("rotation", "strict");
            var file = folder.Filled("token.json");
            var first = Token.FromJson(File.ReadAllText(file));
            var second = client.RefreshFile(file);
            Has(second, file);
            var third = client.RefreshFileAsync(file).Result;
            Has(third, file);
            Expect.Equal(3, new[] { first, second, third }.Select(one => one.RefreshToken).Distinct().Count(), "refresh tokens");
            Expect.Equal(200, third.Answer.Status, "how the call went");
            Expect.Equal("token.json", string.Join(",", folder.Names()), "files");
            foreach (var wrong in new[] { null, "", folder.Of("none.json"), folder.Place, "a\0b" })
                Expect.Equal("path", Expect.Throws<InvalidArgumentException>(() => client.RefreshFile(wrong), "no file").Field, "field");
        }
    }

    public static void A_path_counts_from_where_PowerShell_is_and_its_file_is_refreshed()
    {
        using (var folder = new Folder())
        {
            var file = folder.Filled("token.json");
            var forms = new UpdatePinterestToken[]
            {
                new UpdatePinterestToken { Path = "token.json" }, new UpdatePinterestToken { Path = new PSObject("./token.json") },
                new UpdatePinterestToken { Path = new FileInfo(file) }, new UpdatePinterestToken { Path = new object[] { file } },
                new UpdatePinterestToken { LiteralPath = "token.json" }, new UpdatePinterestToken { LiteralPath = new FileInfo(file) },
                new UpdatePinterestToken { LiteralPath = @"Microsoft.PowerShell.Core\FileSystem::" + file },
            };
            foreach (var form in forms)
            {
                var run = new Shell().Run(form);
                Expect.Equal(null, run.Ended, "the command");
                Expect.Equal("Refresh a token: " + file, run.Asked.Single(), "what -WhatIf would say");
                Has((Token)run.Given.Single(), file);
            }
            Expect.Equal((long)forms.Length, Emulator.Refreshes(), "refreshes");
        }
    }

    public static void What_if_leaves_the_file_as_it_is()
    {
        using (var folder = new Folder())
        {
            var file = folder.Filled("token.json");
            var before = File.ReadAllText(file);
            var run = new Shell { WhatIf = true }.Run(new UpdatePinterestToken { Path = "token.json" });
            Expect.Equal("Refresh a token: " + file, run.Asked.Single(), "the file is named");
            Expect.Equal(0, run.Given.Count, "tokens");
            Expect.Equal(before, File.ReadAllText(file), "the file");
            Expect.Equal(0L, Emulator.Refreshes(), "refreshes");
        }
    }

    public static void Of_several_files_each_is_tried_and_one_that_fails_is_named()
    {
        using (var folder = new Folder())
        {
            var files = new[] { folder.Filled("a.json"), folder.Of("b.json"), folder.Filled("c.json") };
            File.WriteAllText(files[1], "{\"access_token\":\"canary\"}");
            foreach (var path in new object[] { "*.json", new object[] { "a.json", "b.json", "c.json" } })
            {
                var run = new Shell().Run(new UpdatePinterestToken { Path = path });
                Expect.Equal(null, run.Ended, "the command");
                Expect.Equal(2, run.Given.Count, "tokens");
                Has((Token)run.Given[0], files[0]);
                Has((Token)run.Given[1], files[2]);
                var error = run.Errors.Single();
                Expect.Equal(files[1], error.TargetObject, "which file");
                Expect.Equal("-Path has no refresh_token", error.Exception.Message, "message");
            }
        }
    }

    public static void A_wildcard_counts_where_it_is_one()
    {
        using (var folder = new Folder())
        {
            var file = folder.Filled("a[1].json");
            foreach (var form in new[]
            {
                new UpdatePinterestToken { LiteralPath = "a[1].json" }, new UpdatePinterestToken { Path = "a`[1`].json" },
                new UpdatePinterestToken { Path = new FileInfo(file) }, new UpdatePinterestToken { Path = "a*" },
            })
                Has((Token)new Shell().Run(form).Given.Single(), file);
            Expect.Equal("-Path matches no file", Problem(new Shell().Run(new UpdatePinterestToken { Path = "b*.json" })).Message, "none");
            Expect.Equal("-LiteralPath", Problem(new Shell().Run(new UpdatePinterestToken { LiteralPath = "a*" })).Field, "as it is written");
        }
    }

    public static void Objects_of_the_pipeline_that_name_a_file_are_files()
    {
        using (var folder = new Folder())
        {
            var file = folder.Filled("token.json");
            var row = new PSObject();
            row.Properties.Add(new PSNoteProperty("Path", "*.json"));
            var provided = new PSObject();
            provided.Properties.Add(new PSNoteProperty("PSPath", @"Microsoft.PowerShell.Core\FileSystem::" + file));
            foreach (var item in new object[] { new FileInfo(file), new PSObject(new FileInfo(file)), row, provided, new Resolved { Path = file } })
            {
                var run = new Shell().Pipe(new UpdatePinterestToken(), item);
                Expect.Equal(null, run.Errors.Select(error => error.Exception.Message).FirstOrDefault(), "error");
                Has((Token)run.Given.Single(), file);
            }
            var missing = new Shell().Pipe(new UpdatePinterestToken(), new FileInfo(file), new FileInfo(folder.Of("none.json")));
            Expect.Equal(1, missing.Given.Count, "tokens");
            Expect.Equal(folder.Of("none.json"), missing.Errors.Single().TargetObject, "which file");

            var before = File.ReadAllText(file);
            var entries = new Hashtable((IDictionary)Json.Read(before)) { { "path", file } };
            foreach (var item in new object[] { entries, new PSObject(before) })
                Expect.Equal(1, new Shell().Pipe(new UpdatePinterestToken(), item).Given.Count, "a token is one, wherever it lies");
            Expect.Equal(before, File.ReadAllText(file), "and its file stays");
        }
    }

    // As Resolve-Path gives.
    public sealed class Resolved
    {
        public string Path { get; set; }
    }

    public static void What_is_wrong_with_a_file_is_said_of_the_parameter_and_nothing_is_sent()
    {
        using (var folder = new Folder())
        {
            File.WriteAllText(folder.Of("empty.json"), "");
            File.WriteAllText(folder.Of("text.json"), "canary");
            var wrong = new object[]
            {
                null, "", new object[0], 5, "empty.json", "text.json", "none.json", "none/token.json", ".", "env:PINTEREST", "nowhere:token.json", "a\0b",
            };
            foreach (var value in wrong)
            {
                var runs = new[]
                {
                    new Shell().Run(new UpdatePinterestToken { Path = value }), new Shell().Run(new UpdatePinterestToken { LiteralPath = value }),
                };
                foreach (var run in runs)
                {
                    var name = run == runs[0] ? "-Path" : "-LiteralPath";
                    var problem = Problem(run);
                    Expect.Equal(name + " invalid_argument not_sent", problem.Field + " " + problem.Kind + " " + problem.Outcome, "of " + value);
                    Expect.True(problem.Message.StartsWith(name + " "), problem.Message);
                    Expect.True(problem.Text.Contains("`" + name + "`"), problem.Text);
                    Expect.Lacks(problem.ToJson(), "canary");
                }
            }
            Expect.Equal(0, Emulator.Requests().Length, "requests");
            Expect.Equal("empty.json,text.json", string.Join(",", folder.Names()), "files");
        }
    }

    public static void A_refresh_that_fails_leaves_the_file_as_it_is()
    {
        using (var folder = new Folder())
        {
            var file = folder.Filled("token.json");
            var before = File.ReadAllText(file);
            Emulator.Switch("rotation", "strict");
            var newer = new Shell().Run(new UpdatePinterestToken { Token = before });
            Expect.Equal(1, newer.Given.Count, "spent");
            Expect.Equal("invalid_grant", new Shell().Run(new UpdatePinterestToken { Path = "token.json" }).Error.FullyQualifiedErrorId, "refused");
            var pair = new PSCredential(Emulator.Url("app_id"), Secure("another"));
            Expect.Equal("invalid_client", new Shell().Run(new UpdatePinterestToken { Path = file, Credential = pair }).Error.FullyQualifiedErrorId, "-Credential");
            Emulator.Script(Documents.Of("action", "hang"));
            Expect.Equal("timeout", new Shell().Run(new UpdatePinterestToken { Path = file, TimeoutSec = 0.2 }).Error.FullyQualifiedErrorId, "-TimeoutSec");
            Expect.Equal("-TimeoutSec", Problem(new Shell().Run(new UpdatePinterestToken { Path = file, TimeoutSec = 601 })).Field, "too long");
            Expect.Equal(before, File.ReadAllText(file), "the file");
            Expect.Equal("token.json", string.Join(",", folder.Names()), "files");
        }
    }

    private static System.Security.SecureString Secure(string text)
    {
        var secret = new System.Security.SecureString();
        foreach (var sign in text)
            secret.AppendChar(sign);
        return secret;
    }

    public static void A_refresh_that_was_stopped_goes_on_and_the_file_and_the_next_command_get_its_token()
    {
        using (var folder = new Folder())
        using (var barrier = new Barrier(1))
        {
            var file = folder.Of("token.json");
            File.WriteAllText(file, "{\"access_token\":\"x\",\"refresh_token\":\"pinr.old\"}");
            new Shell().Run(new SetConfiguration { BaseUrl = barrier.Url });
            var command = new UpdatePinterestToken { Path = "token.json" };
            var shell = new Shell();
            var thread = new Thread(() => shell.Run(command));
            thread.Start();
            barrier.AllArrived();
            Shell.Stop(command);
            Expect.True(thread.Join(20000) && shell.Ended is PipelineStoppedException, "the command ended before the call");
            Expect.True(shell.OnScreen.Single().Contains("Receive-PinterestToken"), "a warning");
            Expect.True(File.ReadAllText(file).Contains("pinr.old"), "the file as it was");
            barrier.Open();
            var received = new Shell().Run(new ReceivePinterestToken { Wait = new SwitchParameter(true) });
            Has((Token)received.Given.Single(), file);
            Expect.Equal("pina_canary pinr.old", received.Given.Cast<Token>().Select(one => one.AccessToken + " " + one.RefreshToken).Single(), "the token");
        }
    }

    public static void The_end_of_the_process_waits_until_the_file_has_its_token()
    {
        using (var world = new World())
        {
            CommandTests.Settings();
            var before = CommandTests.Login();
            File.WriteAllText(world.File, before.ToJson());
            Emulator.Script(Documents.Of("action", "pinterest", "delay_ms", 1000));
            world.InAnotherProcess("leave-file");
            Expect.True(Token.FromJson(File.ReadAllText(world.File)).RefreshToken != before.RefreshToken, "it was stored");
        }
    }
}
