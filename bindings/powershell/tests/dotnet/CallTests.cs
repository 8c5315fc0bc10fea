using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal static class CallTests
{
    private const string RedirectUri = "http://localhost:8085/";

    public static void A_code_becomes_a_token_and_the_token_is_refreshed()
    {
        using (var client = Emulator.Client())
        {
            var token = client.OauthToken(Documents.Of(
                "grant_type", "authorization_code", "code", Emulator.Code(RedirectUri), "redirect_uri", RedirectUri));
            var refreshed = client.OauthToken(Documents.Of("grant_type", "refresh_token", "token", token));
            var forms = Emulator.Requests().Select(Emulator.Form).ToArray();
            Expect.Equal(token.RefreshToken, forms[1]["refresh_token"], "what was sent");
            Expect.True(refreshed.AccessToken.StartsWith("pina_"), "an access token");
            Expect.Equal("bearer", refreshed.TokenType, "the type");
        }
    }

    public static void A_login_begins_with_an_address_and_ends_with_a_code()
    {
        using (var client = Emulator.Client())
        {
            var page = client.AuthorizeUrl(Documents.Of("redirect_uri", RedirectUri, "scope", new[] { "pins:read" }));
            Expect.True(page.Url.StartsWith(Emulator.Url("oauth_url") + "/oauth/?"), "the address");
            Expect.True(page.Url.Contains(page.State), "the state is in the address");
            Expect.Equal(page.Url, page.ToString(), "as text");
            var back = RedirectUri + "?code=a-made-up-code&state=" + page.State;
            Expect.Equal("a-made-up-code", Client.Redirect(Documents.Of("url", back, "state", page.State)), "the code");
            Expect.Throws<StateMismatchException>(
                () => Client.Redirect(Documents.Of("url", back, "state", "another")), "another state");
        }
    }

    public static void A_token_for_conversions_is_made_and_a_token_is_revoked()
    {
        using (var client = Emulator.Client())
        {
            var token = client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", "ads:write"));
            var request = Documents.Of("access_token", token.AccessToken);
            Expect.True(client.ConversionToken(request).AccessToken != null, "a token");
            Expect.True(client.ConversionTokenAsync(request).Result.AccessToken != null, "a token");
            var answer = client.Revoke(Documents.Of("token", token.AccessToken, "token_type_hint", "access_token"));
            Expect.Equal(200, answer.Status, "how it went");
            answer = client.RevokeAsync(Documents.Of("token", token.AccessToken)).Result;
            Expect.Equal("/v5/oauth/token/revoke", answer.Path, "how it went");
            Expect.Equal("/v5/oauth/token/revoke", Emulator.Requests().Last()["path"], "where it went");
        }
    }

    public static void Text_beyond_ASCII_goes_both_ways()
    {
        const string Text = "üser € 日本 \U0001F600";
        Emulator.Script(Documents.Of("status", 200, "body_json", Documents.Of("access_token", "pina_canary", "name", Text)));
        using (var client = Emulator.Client("app_secret", Text))
        {
            var token = client.OauthToken(Documents.Of(
                "grant_type", "client_credentials", "scope", "pins:read", "extra", Documents.Of("note", Text)));
            Expect.Equal(Text, token.Extra["name"], "what came");
            Expect.Equal(Text, Emulator.Form(Emulator.Requests()[0])["note"], "what went");
        }
    }

    public static void Tasks_on_one_client_wait_side_by_side()
    {
        using (var barrier = new Barrier(100))
        using (var client = Emulator.Client("base_url", barrier.Url))
        {
            var request = Documents.Of("grant_type", "client_credentials", "scope", "pins:read");
            var calls = Enumerable.Range(0, 100).Select(_ => client.OauthTokenAsync(request)).ToArray();
            barrier.AllArrived();
            barrier.Open();
            Task.WaitAll(calls);
            Expect.True(calls.All(call => call.Result.AccessToken == "pina_canary"), "every answer");
        }
    }

    public static void Threads_on_one_client_get_each_their_own_answer()
    {
        using (var client = Emulator.Client())
        {
            var scopes = new[] { "ads:read", "ads:write", "boards:read", "boards:write", "pins:read", "pins:write" };
            var wrong = 0;
            var threads = scopes.Select(scope => new Thread(() =>
            {
                for (var turn = 0; turn < 50; turn++)
                {
                    var token = client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", scope));
                    if (token.Scope != scope)
                        Interlocked.Increment(ref wrong);
                }
            })).ToArray();
            foreach (var thread in threads)
                thread.Start();
            foreach (var thread in threads)
                thread.Join();
            Expect.Equal(0, wrong, "wrong answers");
            Expect.Equal(300, Emulator.Requests().Length, "requests");
        }
    }

    public static void A_client_disposed_of_during_a_call_lives_until_the_call_ends()
    {
        using (var barrier = new Barrier(1))
        {
            var client = Emulator.Client("base_url", barrier.Url);
            var request = Documents.Of("grant_type", "client_credentials", "scope", "pins:read");
            var call = client.OauthTokenAsync(request);
            barrier.AllArrived();
            client.Dispose();
            Expect.Throws<ObjectDisposedException>(() => client.OauthToken(request), "a call afterwards");
            barrier.Open();
            Expect.Equal("pina_canary", call.Result.AccessToken, "the answer");
            client.Dispose();
        }
    }

    public static void A_deadline_ends_a_call_that_is_never_answered()
    {
        Emulator.Script(Documents.Of("action", "hang"));
        using (var client = Emulator.Client())
        {
            var error = Expect.Throws<DeadlineException>(
                () => client.OauthToken(Documents.Of(
                    "grant_type", "client_credentials", "scope", "pins:read", "timeout", 0.2)),
                "the call");
            Expect.Equal("unknown", error.Outcome, "outcome");
            Expect.True(System.Text.RegularExpressions.Regex.IsMatch(error.Message, @"before the deadline \(after 0\.\d+ seconds\)$"), error.Message);
        }
    }

    public static void The_bare_call_takes_everything_else_from_the_environment()
    {
        Environment.SetEnvironmentVariable("PINTEREST_API_URI", Emulator.Url("base_url"));
        try
        {
            var token = Client.OauthToken("client_credentials", Emulator.Url("app_id"), Emulator.Url("app_secret"));
            Expect.True(token.AccessToken.StartsWith("pinc_"), "a token");
            var error = Expect.Throws<InvalidArgumentException>(
                () => Client.OauthToken("authorization_code", "1", "made-up-secret"), "another grant");
            Expect.Equal("code", error.Field, "field");
            Expect.Throws<InvalidArgumentException>(() => Client.OauthToken(null, "1", "made-up-secret"), "no grant");
        }
        finally
        {
            Environment.SetEnvironmentVariable("PINTEREST_API_URI", null);
        }
    }
}
