// The forms in which PowerShell hands values on: tokens, settings and parameters.

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Pinterest.OAuth;
using Pinterest.OAuth.Commands;

internal static class FormTests
{
    private const string Stored =
        "{\"access_token\":\"pina_x\",\"token_type\":\"bearer\",\"expires_in\":2592000,\"expires_at\":1900000000,\"refresh_token\":\"pinr.x\","
        + "\"refresh_token_expires_at\":2000000000,\"refresh_token_rotated\":true,\"scope\":\"pins:read,boards:read\","
        + "\"obtained_at\":1897408000,\"when\":\"2026-11-22T10:00:00Z\",\"long\":12345678901234567890123}";

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var sign in text)
            secret.AppendChar(sign);
        return secret;
    }

    private static PSObject Made(IEnumerable<KeyValuePair<string, object>> properties)
    {
        var made = new PSObject();
        foreach (var property in properties)
            made.Properties.Add(new PSNoteProperty(property.Key, property.Value));
        return made;
    }

    // The properties that PowerShell copies: those that are not hidden.
    private static Dictionary<string, object> Shown(Token token, bool hiddenToo)
    {
        return typeof(Token).GetProperties().Where(one => hiddenToo || !one.IsDefined(typeof(HiddenAttribute), false))
            .ToDictionary(one => one.Name, one => one.GetValue(token, null));
    }

    // As ConvertTo-Json does, which sees all properties, writes a SecureString by its length, and times as ISO 8601.
    private static string ConvertedToJson(Token token)
    {
        return Json.Write(Shown(token, true).ToDictionary(
            entry => entry.Key,
            entry => entry.Value is SecureString ? Documents.Of("Length", ((SecureString)entry.Value).Length)
                : entry.Value is IDictionary && entry.Key == "Extra" ? "System.Collections.Generic.Dictionary`2" : entry.Value));
    }

    public static void A_token_is_taken_in_every_form_and_nothing_is_lost()
    {
        var token = Token.FromJson(Stored);
        var whole = token.ToJson();
        var pretty = whole.Replace(",\"", ",\n  \"").Replace("{", "{\n  ");
        var forms = new Dictionary<string, object>
        {
            { "a token", token }, { "wrapped", new PSObject(token) }, { "text", whole }, { "with a mark of order", "\uFEFF" + whole + "\r\n" },
            { "lines", new object[] { "{", whole.Substring(1) } }, { "pretty lines", pretty.Split('\n') }, { "SecureString", Secret(whole) },
            { "a job or Import-Clixml", Made(Shown(token, false).Concat(Documents.Of("PSComputerName", "localhost", "RunspaceId", Guid.NewGuid()))) },
            { "Select-Object *", Made(Shown(token, false)) }, { "-AsHashtable", new Hashtable(Json.Read(whole) as IDictionary) },
            { "ConvertTo-Json", ConvertedToJson(token) }, { "ConvertTo-Json and back", Made(Json.Read(ConvertedToJson(token))) },
            { "SecureDocument", token.SecureDocument },
        };
        foreach (var form in forms)
        {
            var run = new Shell().Run(new ConvertFromPinterestToken { Token = form.Value });
            Expect.Equal(null, run.Ended == null ? null : form.Key + ": " + run.Error.Exception.Message, "error");
            Expect.Equal(whole, run.Given.Single(), form.Key);
        }
    }

    public static void A_row_of_a_table_is_a_token()
    {
        var row = Made(Documents.Of(
            "account", "a", "access_token", "pina_x", "refresh_token", "pinr.x", "expires_at", "1900000000", "expires_in", "60",
            "refresh_token_rotated", "True", "scope", "", "RefreshTokenExpiresAt", "2033-05-18T03:33:20Z"));
        var token = (Token)new Shell().Pipe(new ConvertToPinterestToken(), row).Given.Single();
        Expect.Equal(1900000000L, token.expires_at, "Unix seconds as text");
        Expect.Equal(60L, token.ExpiresIn, "seconds as text");
        Expect.Equal(2000000000L, token.refresh_token_expires_at, "a time as text");
        Expect.Equal(true, token.RefreshTokenRotated, "a truth value as text");
        Expect.Equal(null, token.Scope, "an empty cell");
        Expect.Equal("a", token.Extra["account"], "a column of the user's");
    }

    public static void Values_that_ConvertFrom_Json_makes_go_back_as_they_came()
    {
        var big = Type.GetType("System.Numerics.BigInteger, System.Numerics, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089");
        var long30 = big.GetMethod("Parse", new[] { typeof(string) }).Invoke(null, new object[] { "12345678901234567890123" });
        var properties = Json.Read(Stored);
        properties["when"] = new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc);
        properties["long"] = long30;
        var json = (string)new Shell().Run(new ConvertFromPinterestToken { Token = Made(properties) }).Given.Single();
        Expect.Equal(Token.FromJson(Stored).ToJson(), json, "the token");
        Expect.Equal(
            "{\"a\":\"https://a.example/ü%20x\",\"b\":\"00000000-0000-0000-0000-000000000001\",\"c\":\"Friday\",\"d\":null}",
            Json.Write(new System.Collections.Specialized.OrderedDictionary
            {
                { "a", new Uri("https://a.example/ü%20x") }, { "b", new Guid("00000000-0000-0000-0000-000000000001") },
                { "c", DayOfWeek.Friday }, { "d", DBNull.Value },
            }), "other types");
    }

    public static void Lines_of_a_file_are_one_token_and_an_empty_file_is_an_error()
    {
        var pretty = Stored.Replace(",\"", ",\n\"").Replace("{", "{\n").Split('\n');
        var run = new Shell().Pipe(new ConvertToPinterestToken(), pretty.Concat(new[] { "", Stored }).Concat(pretty).Cast<object>().ToArray());
        Expect.Equal(3, run.Given.Count, "tokens");
        Expect.Equal(0, run.Errors.Count, "errors");
        run = new Shell().Pipe(new ConvertToPinterestToken(), "{\"access_token\":", Stored, "x", Stored);
        Expect.Equal("2 2", run.Given.Count + " " + run.Errors.Count, "what has no end does not take the next");
        foreach (var nothing in new[] { new object[0], new object[] { "" }, new object[] { null } })
            Expect.Equal("invalid_argument", new Shell().Pipe(new UpdatePinterestToken(), nothing).Errors.Single().FullyQualifiedErrorId, "nothing");
    }

    public static void An_empty_pipeline_sends_nothing()
    {
        CommandTests.Settings();
        var run = new Shell().Pipe(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read" });
        Expect.Equal("-InputObject", ((OAuthException)run.Errors.Single().Exception).Field, "error");
        Expect.Equal(0, Emulator.Requests().Length, "requests");
    }

    public static void What_is_no_token_is_said_with_the_types_that_are_taken()
    {
        foreach (var wrong in new object[] { 5, DateTime.Now, "pina_canary", new Hashtable { { "a", 1 } }, new object[] { 1, 2 }, typeof(string) })
        {
            var problem = new Shell().Run(new UpdatePinterestToken { Token = wrong }).Error.Exception;
            Expect.True(problem is InvalidArgumentException && problem.Message.Contains("object with access_token"), problem.Message);
            Expect.Lacks(problem.Message, "canary");
        }
        var broken = new Shell().Run(new ConvertToPinterestToken { Token = "{\"access_token\":" }).Error.Exception;
        Expect.Equal("-Token is not a JSON object", broken.Message, "the caller's name");
    }

    public static void What_is_not_given_is_left_out()
    {
        CommandTests.Settings();
        var empty = new PSCredential(null, new SecureString());
        Expect.Equal("-State", ((OAuthException)new Shell().Run(new GetPinterestAuthorizeUrl
        {
            RedirectUri = "http://localhost:8085/", State = "",
        }).Error.Exception).Field, "but an empty state is a mistake: it protects the login");
        foreach (var nothing in new object[] { null, "", new object[0], DBNull.Value, new PSObject("") })
        {
            var run = new Shell().Run(new InvokeOauthToken
            {
                GrantType = "client_credentials", Scope = "ads:read", Code = nothing, RedirectUri = nothing, RefreshToken = nothing,
                Token = nothing, Extra = nothing, TimeoutSec = nothing, Credential = nothing, InputObject = nothing,
            });
            Expect.Equal(1, run.Given.Count, "a token");
            new Shell().Run(new SetConfiguration { TimeoutSec = 5 });
            var settings = (Configuration)new Shell().Run(new SetConfiguration { TimeoutSec = nothing, CaFile = nothing, PassThru = new SwitchParameter(true) }).Given.Single();
            Expect.Equal(null, settings.TimeoutSec, "taken back");
            Expect.Equal(null, settings.CaFile, "not the current folder");
        }
        Expect.Equal(1, new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read", Credential = empty }).Given.Count, "an empty credential");
        Expect.Equal("-Credential", ((OAuthException)new Shell().Run(new InvokeOauthToken { Credential = "canary" }).Error.Exception).Field, "no credential");
    }

    public static void An_address_is_sent_as_it_was_written()
    {
        CommandTests.Settings();
        const string Address = "http://localhost:8085?x=%41";
        new Shell().Run(new InvokeOauthToken { GrantType = "authorization_code", Code = "made-up", RedirectUri = new Uri(Address) });
        Expect.Equal(Address, Emulator.Form(Emulator.Requests()[0])["redirect_uri"], "redirect_uri");
        new Shell().Run(new SetConfiguration { BaseUrl = new Uri(Emulator.Url("base_url")), Proxy = new Uri("http://127.0.0.1:9") });
        var settings = (Configuration)new Shell().Run(new GetConfiguration()).Given.Single();
        Expect.True(settings.Proxy is SecureString, "a proxy is hidden");
    }

    public static void Scopes_are_trimmed_and_numbers_are_app_ids()
    {
        CommandTests.Settings();
        new Shell().Run(new SetConfiguration { Username = long.Parse(Emulator.Url("app_id")) });
        var run = new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = new object[] { "ads:read", " pins:read", "", null } });
        Expect.Equal(1, run.Given.Count, "a token");
        Expect.Equal("ads:read,pins:read", Emulator.Form(Emulator.Requests()[0])["scope"], "scope");
    }

    public static void An_object_of_the_pipeline_gives_all_its_fields_and_parameters_count_before_them()
    {
        CommandTests.Settings();
        var row = Made(Documents.Of(
            "grant_type", "refresh_token", "refresh_token", "pinr.x", "scope", "pins:read", "continuous_refresh", "true", "redirect_uri", "", "note", "mine"));
        new Shell().Pipe(new InvokeOauthToken(), row);
        new Shell().Pipe(new InvokeOauthToken { Scope = "boards:read" }, row);
        var forms = Emulator.Requests().Select(Emulator.Form).ToArray();
        Expect.Equal("refresh_token pinr.x pins:read true", string.Join(" ", new[] { "grant_type", "refresh_token", "scope", "continuous_refresh" }.Select(key => forms[0][key]).ToArray()), "the row");
        Expect.Equal("boards:read", forms[1]["scope"], "the parameter");
    }

    public static void A_token_in_the_pipeline_of_Invoke_is_refreshed_as_Update_does()
    {
        CommandTests.Settings();
        var old = Token.FromJson("{\"access_token\":\"x\",\"refresh_token\":\"pinr.old\",\"scope\":\"pins:read\",\"refresh_token_expires_at\":1900000000}");
        Emulator.Script(Documents.Of("status", 200, "body", "{\"access_token\":\"y\"}"));
        var renewed = (Token)new Shell().Pipe(new InvokeOauthToken { GrantType = "refresh_token" }, old).Given.Single();
        Expect.Equal("pinr.old pins:read 1900000000", renewed.RefreshToken + " " + renewed.Scope + " " + renewed.refresh_token_expires_at, "what the answer left out");
    }

    public static void A_whole_token_gives_the_one_that_a_command_needs()
    {
        CommandTests.Settings();
        var token = CommandTests.Login();
        foreach (var form in new object[] { token, token.ToJson(), token.SecureDocument, token.AccessToken, token.SecureAccessToken })
            Expect.Equal(null, new Shell().Pipe(new RevokePinterestToken(), form).Ended, "revoked");
        new Shell().Pipe(new RevokePinterestToken { TokenTypeHint = "refresh_token" }, token);
        var sent = Emulator.Requests().Skip(1).Select(request => Emulator.Form(request)["token"]).ToArray();
        Expect.Equal(6, sent.Length, "requests");
        Expect.True(sent.Take(5).All(one => one == token.AccessToken) && sent[5] == token.RefreshToken, "which one");
        Expect.Equal("-Token", ((OAuthException)new Shell().Run(new RevokePinterestToken { Token = 5 }).Error.Exception).Field, "a number is none");
    }

    public static void Plain_http_is_permitted_by_a_truth_value_alone()
    {
        foreach (var word in new object[] { "false", "0", "no", "False", false, 0, null, "", "nonsense" })
        {
            var configuration = new Configuration { Username = "1", Password = "x", BaseUrl = "http://pinterest.example", AllowHttp = word, TrustEnv = "no" };
            try
            {
                configuration.Client();
                throw new Failed("plain http was permitted by " + word);
            }
            catch (OAuthException error)
            {
                Expect.Equal("nonsense".Equals(word) ? "-AllowHttp" : "-BaseUrl", error.Field, "field");
            }
        }
        foreach (var word in new object[] { "true", "1", "yes", true, new PSObject(true) })
            new Configuration { Username = "1", Password = "x", BaseUrl = "http://pinterest.example", AllowHttp = word, TrustEnv = "0" }.Client().Dispose();
    }

    public static void A_changed_environment_counts_from_the_next_call_on()
    {
        CommandTests.Settings();
        new Shell().Run(new SetConfiguration { Username = null, Password = null, TrustEnv = null });
        var call = new Func<Shell>(() => new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read" }));
        try
        {
            Expect.Equal("-Username", ((OAuthException)call().Error.Exception).Field, "before");
            Environment.SetEnvironmentVariable("PINTEREST_APP_ID", Emulator.Url("app_id"));
            Environment.SetEnvironmentVariable("PINTEREST_APP_SECRET", Emulator.Url("app_secret"));
            Expect.Equal(1, call().Given.Count, "set");
            Environment.SetEnvironmentVariable("PINTEREST_APP_SECRET", "another");
            Expect.Equal("invalid_client", call().Error.FullyQualifiedErrorId, "changed");
        }
        finally
        {
            Environment.SetEnvironmentVariable("PINTEREST_APP_ID", null);
            Environment.SetEnvironmentVariable("PINTEREST_APP_SECRET", null);
        }
    }

    public static void Paths_count_from_where_PowerShell_is()
    {
        var file = Emulator.Url("ca_file");
        var location = typeof(PSCmdlet).GetField("Location", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic);
        var home = Environment.GetEnvironmentVariable("HOME");
        var call = new Func<Shell>(() => new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read" }));
        try
        {
            foreach (var form in new object[] { Path.GetFileName(file), new FileInfo(file), "~/" + Path.GetFileName(file) })
            {
                CommandTests.Settings();
                Environment.SetEnvironmentVariable("HOME", Path.GetDirectoryName(file));
                location.SetValue(null, Path.GetDirectoryName(file));
                new Shell().Run(new SetConfiguration { BaseUrl = Emulator.Url("https_base_url"), CaFile = form });
                location.SetValue(null, "/");
                Expect.Equal(1, call().Given.Count, "-CaFile " + form);
                location.SetValue(null, Path.GetDirectoryName(file));
                new Shell().Run(new SetConfiguration { CaFile = null, TrustEnv = null });
                Environment.SetEnvironmentVariable("SSL_CERT_FILE", form.ToString());
                Expect.Equal(1, call().Given.Count, "SSL_CERT_FILE " + form);
                Environment.SetEnvironmentVariable("SSL_CERT_FILE", null);
                ((Configuration)new Shell().Run(new GetConfiguration()).Given.Single()).CaFile = form;
                Expect.Equal(1, call().Given.Count, "the setting " + form);
            }
        }
        finally
        {
            location.SetValue(null, "/");
            Environment.SetEnvironmentVariable("HOME", home);
            Environment.SetEnvironmentVariable("SSL_CERT_FILE", null);
        }
    }

    public static void A_deadline_is_said_in_one_unit_and_taken_in_several_forms()
    {
        CommandTests.Settings();
        var error = new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read", TimeoutSec = 601 }).Error.Exception;
        Expect.Equal("-TimeoutSec must be from 0.001 to 600 seconds", error.Message, "message");
        foreach (var form in new object[] { 5, "5", 5.5, TimeSpan.FromSeconds(5), new PSObject("5") })
            Expect.Equal(1, new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read", TimeoutSec = form }).Given.Count, "a deadline");
        Expect.Equal("-TimeoutSec", ((OAuthException)new Shell().Run(new InvokeOauthToken { GrantType = "client_credentials", Scope = "ads:read", TimeoutSec = "soon" }).Error.Exception).Field, "a word");
    }

    public static void Text_that_C_would_cut_or_change_is_refused()
    {
        foreach (var wrong in new[] { "{\"access_token\":\"x\0y\"}", "{\"access_token\":\"x\"}\0", "{\"access_token\":\"\uD800\"}" })
            Expect.Equal("token", Expect.Throws<InvalidArgumentException>(() => Token.FromJson(wrong), "a token").Field, "field");
        foreach (var wrong in new[] { "secret\0cut", "half \uD800" })
            Expect.Throws<InvalidConfigException>(() => { try { Client.OauthToken("client_credentials", "1", wrong); } catch (InvalidArgumentException error) { throw Config(error); } }, "the call with four arguments");
    }

    // Which side refuses it differs: half a character cannot even be written down for the core.
    private static Exception Config(OAuthException error)
    {
        Expect.Equal("app_secret", error.Field, "field");
        return OAuthException.FromJson("{\"kind\":\"invalid_config\"}");
    }
}
