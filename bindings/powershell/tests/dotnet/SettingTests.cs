using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Security;
using System.Text.RegularExpressions;
using Pinterest.OAuth;

internal static class SettingTests
{
    private static readonly Hashtable Request = new Hashtable
    {
        { "grant_type", "client_credentials" }, { "scope", "pins:read" },
    };

    private static Configuration Configured()
    {
        return new Configuration
        {
            Username = Emulator.Url("app_id"), Password = Emulator.Url("app_secret"), BaseUrl = Emulator.Url("base_url"),
        };
    }

    public static void A_configuration_makes_one_client_until_a_setting_changes()
    {
        var configuration = Configured();
        var client = configuration.Client();
        Expect.True(client.OauthToken(Request).AccessToken != null, "a token");
        Expect.True(ReferenceEquals(client, configuration.Client()), "the same client");
        configuration.TimeoutSec = 12.5;
        Expect.True(!ReferenceEquals(client, configuration.Client()), "another client");
        Expect.Equal(12.5, configuration.TimeoutSec, "seconds");
        Expect.True(client.OauthToken(Request).AccessToken != null, "the old client still works");
    }

    public static void A_client_without_credentials_says_so_before_anything_is_sent()
    {
        Configured().Client().Check();
        foreach (var name in new[] { "Username", "Password" })
        {
            var configuration = Configured();
            configuration.TrustEnv = false;
            typeof(Configuration).GetProperty(name).SetValue(configuration, null, null);
            var problem = Expect.Throws<InvalidConfigException>(() => configuration.Client().Check(), name);
            Expect.Equal("-" + name, problem.Field, "the setting");
            Expect.Equal("not_sent", problem.Outcome, "nothing is sent");
        }
        Expect.Equal(0, Emulator.Requests().Length, "requests");
    }

    public static void A_password_is_never_shown_again()
    {
        var configuration = Configured();
        Expect.True(configuration.Password is SecureString, "it is a SecureString");
        Expect.Lacks(configuration.ToString() + configuration.Password, Emulator.Url("app_secret"));
        var secret = new SecureString();
        foreach (var sign in Emulator.Url("app_secret"))
            secret.AppendChar(sign);
        configuration.Password = secret;
        secret.Dispose();
        Expect.True(configuration.Client().OauthToken(Request).AccessToken != null, "a copy was kept");
        configuration.Proxy = "http://user:made-up@127.0.0.1:1";
        Expect.True(configuration.Proxy is SecureString, "nor is a proxy, which may hold one");
        configuration.Password = null;
        Expect.Equal(null, configuration.Password, "taken away");
    }

    public static void Every_setting_reaches_the_core()
    {
        var configuration = Configured();
        configuration.Environment = "sandbox";
        configuration.OauthUrl = "https://login.example";
        configuration.NoProxy = "a.example";
        configuration.AllowHttp = true;
        configuration.TrustEnv = false;
        configuration.ConnectTimeoutSec = 1;
        var page = configuration.Client().AuthorizeUrl(Documents.Of("redirect_uri", "http://localhost:8085/"));
        Expect.True(page.Url.StartsWith("https://login.example/oauth/"), "the page");
        foreach (var change in new System.Collections.Generic.Dictionary<string, Action<Configuration>>
        {
            { "-Username", one => one.Username = true }, { "-Password", one => one.Password = 5 },
            { "-Environment", one => one.Environment = "x" }, { "-BaseUrl", one => one.BaseUrl = "x y" },
            { "-OauthUrl", one => one.OauthUrl = "ftp://x" }, { "-Proxy", one => one.Proxy = "http://" },
            { "-NoProxy", one => one.NoProxy = 5 }, {
                "-CaFile", one =>
                {
                    one.BaseUrl = "https://localhost/v5";
                    one.CaFile = "/does/not/exist.pem";
                }
            },
            { "-TimeoutSec", one => one.TimeoutSec = -1 }, { "-ConnectTimeoutSec", one => one.ConnectTimeoutSec = 1e300 },
        })
        {
            var changed = Configured();
            change.Value(changed);
            try
            {
                changed.Client();
                throw new Failed(change.Key + " was accepted");
            }
            catch (OAuthException error)
            {
                Expect.Equal(change.Key, error.Field, "field");
                Expect.True(error.Message.StartsWith(change.Key + " "), "message: " + error.Message);
            }
        }
    }

    public static void Other_credentials_count_for_one_client()
    {
        var configuration = Configured();
        var secret = new SecureString();
        foreach (var sign in "another-made-up-secret")
            secret.AppendChar(sign);
        using (var client = configuration.ClientFor("7654321", secret))
            Expect.Throws<InvalidClientException>(() => client.OauthToken(Request), "a wrong secret");
        Expect.True(configuration.Client().OauthToken(Request).AccessToken != null, "the settings are as they were");
    }

    public static void Names_of_parameters_become_Pinterests()
    {
        var request = Pinterest.OAuth.Request.From(new Hashtable
        {
            { "GrantType", "x" }, { "RedirectUri", "y" }, { "ContinuousRefresh", true }, { "TimeoutSec", 1.5 }, { "Url", "z" },
        });
        var document = Json.Read(Json.Write(request));
        Expect.Equal("x", document["grant_type"], "grant_type");
        Expect.Equal("y", document["redirect_uri"], "redirect_uri");
        Expect.Equal(true, document["continuous_refresh"], "continuous_refresh");
        Expect.Equal(1.5m, document["timeout"], "timeout");
        Expect.Equal("z", document["url"], "url");
        Expect.Equal(5, document.Count, "entries");
    }

    public static void What_a_program_sets_in_its_environment_the_library_sees()
    {
        Environment.SetEnvironmentVariable("PINTEREST_APP_ID", Emulator.Url("app_id"));
        Environment.SetEnvironmentVariable("PINTEREST_APP_SECRET", Emulator.Url("app_secret"));
        Environment.SetEnvironmentVariable("PINTEREST_API_URI", Emulator.Url("base_url"));
        try
        {
            using (var client = new Client())
                Expect.True(client.OauthToken(Request).AccessToken != null, "a token");
            Environment.SetEnvironmentVariable("PINTEREST_APP_SECRET", "made-up-and-wrong-ü");
            using (var client = new Client())
                Expect.Throws<InvalidClientException>(() => client.OauthToken(Request), "changed");
            Environment.SetEnvironmentVariable("PINTEREST_APP_SECRET", null);
            using (var client = new Client())
                Expect.Equal("app_secret", Expect.Throws<InvalidConfigException>(
                    () => client.OauthToken(Request), "removed").Field, "field");
        }
        finally
        {
            foreach (var name in new[] { "PINTEREST_APP_ID", "PINTEREST_APP_SECRET", "PINTEREST_API_URI" })
                Environment.SetEnvironmentVariable(name, null);
        }
    }

    public static void The_library_says_its_version_and_the_headers_ABI()
    {
        var header = File.ReadAllText(Environment.GetEnvironmentVariable("HEADER"));
        var abi = Regex.Match(header, "#define PINTEREST_OAUTH_ABI_VERSION ([0-9]+)").Groups[1].Value;
        Expect.Equal(long.Parse(abi), Library.AbiVersion(), "ABI");
        Expect.True(Regex.IsMatch(Library.Version(), "^[0-9]+\\.[0-9]+\\.[0-9]+"), "version");
        Library.Check();
    }
}
