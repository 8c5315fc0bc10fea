// What the package names, beside the table of the core, include/documents.json.

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using Pinterest.OAuth;
using Pinterest.OAuth.Commands;

internal static class TableTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static;

    // System.Management.Automation.ErrorCategory
    private const string Categories =
        " NotSpecified OpenError CloseError DeviceError DeadlockDetected InvalidArgument InvalidData InvalidOperation"
        + " InvalidResult InvalidType MetadataError NotImplemented NotInstalled ObjectNotFound OperationStopped"
        + " OperationTimeout SyntaxError ParserError PermissionDenied ResourceBusy ResourceExists ResourceUnavailable"
        + " ReadError WriteError FromStdErr SecurityError ProtocolError ConnectionError AuthenticationError LimitsExceeded"
        + " QuotaExceeded NotEnabled ";

    private static readonly string Header = Environment.GetEnvironmentVariable("HEADER");
    private static readonly IDictionary<string, object> Table =
        Json.Read(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Header), "documents.json")));

    private static IEnumerable<IDictionary<string, object>> Rows(string key)
    {
        return ((object[])Table[key]).Cast<IDictionary<string, object>>();
    }

    private static IEnumerable<string> Named(IEnumerable<IDictionary<string, object>> rows)
    {
        return rows.Select(row => (string)row["name"]);
    }

    private static IDictionary<string, object>[] Fields(string document)
    {
        var found = Rows("documents").Single(row => (string)row["name"] == document);
        return ((object[])found["fields"]).Cast<IDictionary<string, object>>().ToArray();
    }

    private static string Source(string file)
    {
        return File.ReadAllText(Path.Combine(Path.GetDirectoryName(Header), "..", "bindings", "powershell", file));
    }

    // As C# names it: revoke_request is RevokeRequest.
    private static string Camel(string name)
    {
        return string.Concat(name.Split('_').Select(part => part.Substring(0, 1).ToUpperInvariant() + part.Substring(1)).ToArray());
    }

    private static string Snake(string name)
    {
        return Regex.Replace(name, "(?<=.)[A-Z]", "_$0").ToLowerInvariant();
    }

    // As the core names a field to a user of PowerShell: its parameter.
    private static string Parameter(string field)
    {
        var wrong = Documents.Of("trust_env", false, "language", "powershell", field, new ArrayList { new ArrayList() });
        try
        {
            new TokenManager(wrong);
        }
        catch (OAuthException error)
        {
            return error.Field.TrimStart('-');
        }
        throw new Failed("the core accepts a list as " + field);
    }

    // The command of a call, as the core's messages name it.
    private static string CommandName(string call)
    {
        var named = Regex.Match(Source("../../core/src/text/language.rs"), @"\(""" + call + @""", ""(\w+-\w+)""\)").Groups[1].Value;
        Expect.True(named.Length > 0, "core/src/text/language.rs has no command of PowerShell for " + call);
        return named;
    }

    // Revoke-PinterestToken is the class RevokePinterestToken.
    private static Type Command(string call)
    {
        var named = CommandName(call);
        var command = typeof(Client).Assembly.GetType("Pinterest.OAuth.Commands." + named.Replace("-", ""));
        Expect.True(command != null, "bindings/powershell/src/cmdlets/" + named.Replace("-", "") + ".cs, the command " + named + " of " + call + ", is missing");
        return command;
    }

    private static void Same(IEnumerable<string> wanted, IEnumerable<string> found, string file, string what)
    {
        file = "bindings/powershell/" + file;
        var missing = wanted.Except(found).Select(name => file + " lacks " + string.Format(what, name));
        var surplus = found.Except(wanted).Select(name => file + " has " + string.Format(what, name) + ", which documents.json has not");
        var problems = missing.Concat(surplus).ToArray();
        Expect.True(problems.Length == 0, string.Join("; ", problems));
    }

    private static void Properties(Type type, string document, string file, params string[] own)
    {
        var there = type.GetProperties(Own).Select(property => property.Name).Except(own).Select(Snake);
        Same(Named(Fields(document)), there, file, "the property {0} of " + document);
    }

    private static void Parameters(IEnumerable<IDictionary<string, object>> table, Type command, params string[] own)
    {
        var file = "src/cmdlets/" + (command.Name == "SetConfiguration" ? "Configurations" : command.Name) + ".cs";
        var there = command.GetProperties()
            .Where(one => one.GetCustomAttributes(typeof(ParameterAttribute), true).Any(found => !((ParameterAttribute)found).DontShow))
            .Select(one => one.Name).Except(own);
        var fields = table.Where(row => (string)row["name"] != "language").ToDictionary(row => (string)row["name"], row => (string)row["type"]);
        Same(fields.Keys.Select(Parameter), there, file, "the parameter {0}");
        foreach (var field in fields.Keys)
        {
            var value = field == "token" ? (object)"{}" : "1";
            var request = Pinterest.OAuth.Request.From(Documents.Of(Parameter(field), value));
            Expect.True(request.Contains(field), "bindings/powershell/src/Names.cs names " + field + " in another way than core/src/text/language.rs");
            var isText = Json.Write(request).EndsWith(":\"1\"}");
            Expect.True(
                !isText || fields[field] != "boolean" && fields[field] != "number" && fields[field] != "list",
                "bindings/powershell/src/Values.cs lacks " + field + ", a " + fields[field]);
        }
    }

    public static void The_commands_have_the_parameters_of_the_table()
    {
        Parameters(Fields("config").Concat(Fields("manager")), typeof(SetConfiguration), "Credential", "PassThru");
        var both = Fields("login_request").Concat(Fields("login_options").Where(field => (string)field["name"] != "account")).GroupBy(field => (string)field["name"]);
        Parameters(both.Select(one => one.First()), typeof(ConnectPinterestAccount), "Account");
        foreach (var call in Rows("calls").Concat(Rows("without_a_call")))
            Parameters(Fields((string)call["request"]), Command((string)call["name"]), "Credential", "PassThru", "InputObject");
    }

    public static void The_classes_have_the_properties_of_the_table()
    {
        var settings = typeof(Pinterest.OAuth.Configuration).GetProperties(Own).Select(property => property.Name);
        Same(Named(Fields("config").Concat(Fields("manager"))).Except(new[] { "language" }).Select(Parameter), settings, "src/Configuration.cs", "the setting {0}");
        Properties(
            typeof(Token), "token", "src/Token.cs", typeof(Token).GetProperties(Own).Select(property => property.Name)
                .Where(name => char.IsLower(name[0])).Concat(new[] { "RequestId", "RateLimit", "SecureAccessToken", "SecureDocument", "Document" }).ToArray());
        Properties(typeof(Answer), "answer", "src/Answer.cs");
        Properties(typeof(AuthorizeUrl), "authorize_url", "src/Client.cs");
        Properties(typeof(AccountStatus), "status", "src/Reports.cs");
        Properties(typeof(RefreshReport), "refresh_due", "src/Reports.cs");
        Properties(typeof(StoreReport), "doctor", "src/Reports.cs");
        Properties(typeof(RemovedAccount), "removed", "src/Reports.cs");
        Properties(typeof(LogLine), "log_line", "src/Reports.cs");
        Properties(typeof(LoginStarted), "login_started", "src/LoginReports.cs");
        Properties(typeof(LoginEvent), "login_event", "src/LoginReports.cs");
        Properties(typeof(LoginEnd), "login_end", "src/LoginReports.cs");
        Properties(typeof(LoginBegin), "login_begin", "src/LoginReports.cs");
        foreach (var part in new[]
        {
            new { Type = typeof(AccountTrouble), Document = "status", Field = "trouble" },
            new { Type = typeof(AccountFailure), Document = "refresh_due", Field = "failed" },
            new { Type = typeof(StoreFinding), Document = "doctor", Field = "findings" },
            new { Type = typeof(LoginUser), Document = "login_end", Field = "user" },
        })
        {
            var about = (string)Fields(part.Document).Single(row => (string)row["name"] == part.Field)["about"];
            foreach (var property in part.Type.GetProperties(Own))
                Expect.True(
                    Regex.IsMatch(about, @"\b" + Snake(property.Name) + @"\b"), "the table does not know " + Snake(property.Name) + " of " + part.Field);
        }
        var error = typeof(OAuthException).GetProperties(Own).Select(property => property.Name)
            .Except(new[] { "Response", "Details", "Category", "StatusCode" }).Concat(new[] { "Message" })
            .Concat(typeof(OAuthResponse).GetProperties(Own).Select(property => property.Name).Except(new[] { "StatusCode" }));
        Same(Named(Fields("error")), error.Select(Snake), "src/Errors.cs", "the property {0} of error");
    }

    public static void A_token_has_Pinterests_names_and_hides_what_is_secret()
    {
        // Where only the case differs, PowerShell finds the property itself; two of them would be an error there.
        var wanted = Named(Fields("token")).Where(name => name.Contains('_'));
        var there = typeof(Token).GetProperties(Own).Select(property => property.Name).Where(name => char.IsLower(name[0]));
        Same(wanted, there, "src/Token.cs", "the property {0}");
        var names = typeof(Token).GetProperties(Own).Select(property => property.Name).ToArray();
        Expect.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count(), "names");
        foreach (var told in new[] { typeof(LoginStarted), typeof(LoginEvent), typeof(LoginEnd), typeof(LoginBegin) })
            foreach (var field in Fields(Snake(told.Name)))
                Expect.Equal(
                    (bool)field["secret"], told.GetProperty(Camel((string)field["name"])).IsDefined(typeof(HiddenAttribute), false),
                    told.Name + ": whether " + field["name"] + " is hidden");
        var secret = Fields("token").Where(field => (bool)field["secret"]).Select(field => (string)field["name"])
            .SelectMany(name => new[] { name, Camel(name) }).Concat(new[] { "Document" });
        foreach (var property in typeof(Token).GetProperties(Own))
            if (secret.Contains(property.Name))
                Expect.True(property.IsDefined(typeof(HiddenAttribute), false), property.Name + " is hidden");
            else if (property.PropertyType == typeof(string) && !property.IsDefined(typeof(HiddenAttribute), false))
                Expect.Lacks((string)property.GetValue(Token.FromJson(Canaries.Json), null), "canary");
    }

    public static void The_client_has_a_method_for_each_call()
    {
        var calls = Named(Rows("calls")).Select(Camel).SelectMany(name => new[] { name, name + "Async" });
        var methods = typeof(Client).GetMethods(Own).Select(method => method.Name).Except(new[] { "Dispose" });
        Same(calls.Concat(Named(Rows("without_a_call")).Select(Camel)).Concat(new[] { "Check", "RefreshFile", "RefreshFileAsync" }), methods, "src/Client.cs", "the method {0}");
    }

    public static void The_documentation_says_where_the_fields_are_explained()
    {
        var requests = Rows("calls").Concat(Rows("without_a_call"))
            .ToDictionary(call => Camel((string)call["name"]), call => "Commands." + Command((string)call["name"]).Name);
        requests["Client"] = "Configuration";
        requests["Login"] = "Commands." + Command("login").Name;
        requests["TokenManager"] = "Configuration";
        var sources = Source("src/Client.cs") + Source("src/Account.cs") + Source("src/TokenManager.cs");
        foreach (var entry in requests)
        {
            var text = Regex.Match(
                sources,
                @"<param name=.\w+.>((?:(?!<param).)*?)</param>(?:(?!</param>|;).)*? " + entry.Key + @"\(IDictionary ", RegexOptions.Singleline);
            Same(
                new[] { entry.Value }, Regex.Matches(text.Groups[1].Value, @"cref=""([\w.]+)""").Cast<Match>().Select(found => found.Groups[1].Value)
                    .Intersect(new[] { entry.Value }),
                "src", "the class {0} in the text of " + entry.Key);
        }
        foreach (var entry in new Dictionary<string, string> { { "BeginLogin", "login_begin_request" }, { "FinishLogin", "login_visit" } })
        {
            var text = Regex.Match(
                Source("src/TokenManager.cs"), @"<param name=.\w+.>((?:(?!<param).)*?)</param>(?:(?!</param>|;\n).)*? " + entry.Key + @"\(IDictionary ", RegexOptions.Singleline);
            var words = Regex.Matches(text.Groups[1].Value, @"\w+").Cast<Match>().Select(found => found.Value);
            Same(Named(Fields(entry.Value)), Named(Fields(entry.Value)).Intersect(words), "src/TokenManager.cs", "the field {0} in the text of " + entry.Key);
        }
        foreach (var choice in new Dictionary<string, string> { { "Event", "login_event" }, { "Outcome", "login_end" } })
        {
            var text = Regex.Match(Source("src/LoginReports.cs"), @"<summary>((?:(?!<summary>).)*)</summary>\s+public string " + choice.Key + " ", RegexOptions.Singleline);
            foreach (string word in (object[])Fields(choice.Value).Single(row => (string)row["name"] == choice.Key.ToLowerInvariant())["values"])
                Expect.True(Regex.IsMatch(text.Groups[1].Value, @"\b" + word + @"\b"), "bindings/powershell/src/LoginReports.cs lacks in the text of " + choice.Key + " " + word);
        }
        var outcome = Regex.Match(Source("src/Errors.cs"), "<summary>(.*)</summary>\n.* string Outcome ").Groups[1].Value;
        foreach (string name in (object[])Table["outcomes"])
            Expect.True(outcome.Contains(name), "bindings/powershell/src/Errors.cs lacks in the text of Outcome " + name);
    }

    public static void Every_kind_has_a_class_of_its_own_and_a_category()
    {
        var from = typeof(OAuthException).GetMethod("From", Hidden);
        var all = (IEnumerable<string>)typeof(Client).Assembly.GetType("Pinterest.OAuth.Kinds").GetProperty("All", Hidden).GetValue(null, null);
        var kinds = Named(Rows("kinds")).ToArray();
        Same(kinds, all, "src/Kinds.cs", "the kind {0}, and bindings/powershell/README.md its class");
        var errors = kinds.Select(kind => (OAuthException)from.Invoke(null, new object[] { "{\"kind\":\"" + kind + "\"}", null })).ToArray();
        Expect.Equal(kinds.Length, errors.Select(error => error.GetType()).Distinct().Count(), "classes");
        var classes = typeof(OAuthException).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(OAuthException)));
        Same(errors.Select(error => error.GetType().Name), classes.Select(type => type.Name), "src/Kinds.cs", "the class {0}");
        Same(classes.Select(type => type.Name), Regex.Matches(Source("README.md"), @"`(\w+Exception)`").Cast<Match>()
            .Select(found => found.Groups[1].Value).Distinct(), "README.md", "the class {0}");
        foreach (var error in errors)
            Expect.True(Categories.Contains(" " + error.Category + " "), "PowerShell has no category " + error.Category);
    }

    public static void An_error_of_this_side_has_every_key()
    {
        var own = Expect.Throws<InvalidArgumentException>(() => Json.Write(Documents.Of("a", new object())), "an object");
        Same(Named(Fields("error")), Json.Read(own.ToJson()).Keys, "src/Errors.cs", "the key {0} in its own errors");
        Expect.Equal(own.Message + ". " + own.WhatNow, own.Text, "text");
    }

    public static void Every_variable_that_the_core_reads_is_handed_on()
    {
        var handedOn = (string[])typeof(Client).Assembly.GetType("Pinterest.OAuth.Variables").GetField("Names", Hidden).GetValue(null);
        var read = Fields("config").Concat(Fields("manager")).Where(field => field.ContainsKey("variables"))
            .SelectMany(field => ((object[])field["variables"]).Cast<string>()).ToArray();
        var both = read.Where(name => name.EndsWith("_PROXY")).Select(name => name.ToLowerInvariant());
        // Not of a setting: whether this is CGI, where the system's certificates are, and where the user's folders are.
        var besides = new[] { "REQUEST_METHOD", "SSL_CERT_DIR", "STATE_DIRECTORY", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "HOME", "TMPDIR" };
        // And whether a browser can be opened here.
        var place = Regex.Matches(Source("../../core/src/login/place.rs"), @"\b(?:has|get)\(""(\w+)""\)").Cast<Match>().Select(found => found.Groups[1].Value).Distinct();
        Same(read.Concat(both).Concat(besides).Concat(place), handedOn, "src/Variables.cs", "the variable {0}");
    }

    public static void Every_command_is_exported_and_explained()
    {
        var calls = Named(Rows("calls").Concat(Rows("without_a_call"))).ToDictionary(call => call, CommandName);
        var files = new[] { "module/Pinterest.OAuth.psd1", "module/en-US/about_Pinterest.OAuth.help.txt", "README.md" };
        var missing = files.SelectMany(file => calls.Values.Where(command => !Source(file).Contains(command))
            .Select(command => "bindings/powershell/" + file + " lacks the command " + command)).ToArray();
        Expect.True(missing.Length == 0, string.Join("; ", missing));
        var driver = Source("../../tests/conformance/drivers/powershell/powershell.ps1");
        foreach (var call in calls)
            Expect.True(
                driver.Contains(call.Key + " = '" + call.Value + "'"),
                "tests/conformance/drivers/powershell/powershell.ps1 does not say that " + call.Key + " is " + call.Value);
    }

    public static void Every_call_has_its_function()
    {
        var functions = Named(Rows("calls")).Select(call => "pinterest_oauth_client_" + Regex.Replace(call, "^oauth_", ""));
        var declared = Regex.Matches(Source("src/Native.cs"), @"\bpinterest_oauth_\w+").Cast<Match>().Select(found => found.Value);
        Same(functions, declared.Intersect(functions), "src/Native.cs", "the function {0}");
    }

    public static void Every_function_of_the_token_manager_is_called()
    {
        var there = Regex.Matches(File.ReadAllText(Header), @"\b(pinterest_oauth_(?:manager|account|login)_\w+|pinterest_oauth_finish)\(").Cast<Match>()
            .Select(found => found.Groups[1].Value).Distinct().ToArray();
        Expect.True(there.Length >= 29, "functions were found");
        var sources = string.Concat(new[] { "Account", "Login", "TokenManager" }.Select(name => Source("src/" + name + ".cs")).ToArray());
        Same(there, there.Where(name => Regex.IsMatch(sources, @"Functions\." + name + @"\b")), "src", "the function {0}");
    }

    public static void Only_functions_of_the_header_are_called()
    {
        var there = Regex.Matches(File.ReadAllText(Header), @"\b(pinterest_oauth_\w+)\(").Cast<Match>().Select(found => found.Groups[1].Value);
        var called = typeof(Client).Assembly.GetType("Pinterest.OAuth.Functions").GetFields(BindingFlags.NonPublic | BindingFlags.Instance)
            .Select(field => field.Name).ToArray();
        Expect.True(called.Length >= 8, "functions were found");
        Same(called.Intersect(there), called, "src/Native.cs", "the function {0}");
    }
}
