// The login of a web app's visitor, from .NET.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal static class WebLoginTests
{
    private static LoginBegin Begun(TokenManager manager, Browser browser, params object[] more)
    {
        var request = Documents.Of("redirect_uri", World.RedirectUri, "scope", "pins:read", "cookies", browser.Cookies, "host", "localhost:8085");
        foreach (var entry in Documents.Of(more))
            request[entry.Key] = entry.Value;
        var begin = manager.BeginLogin(request);
        foreach (var cookie in begin.SetCookies)
            browser.Keep(cookie);
        return begin;
    }

    private static LoginEnd Finished(TokenManager manager, Browser browser, string back, params object[] more)
    {
        var visit = Documents.Of("method", "GET", "query", back.Substring(back.IndexOf('?')), "cookies", browser.Cookies);
        foreach (var entry in Documents.Of(more))
            visit[entry.Key] = entry.Value;
        return manager.FinishLogin(visit);
    }

    public static void A_visitor_is_logged_in_by_another_worker_and_the_same_redirect_gives_the_same_token()
    {
        using (var world = new World())
        {
            var browser = new Browser();
            var begin = Begun(world.Manager(), browser, "account", "shop-42", "next", "/settings?tab=2");
            var back = Browser.Consent(begin.Url);
            var cookies = browser.Cookies;
            var end = Finished(world.Manager(), browser, back);
            Expect.Equal("done 303 shop-42 /settings?tab=2", string.Join(" ", end.Outcome, end.Status, end.Account, end.Next), end.Message);
            Expect.Equal("pins:read", end.Scopes.Single(), "scopes");
            var token = world.Account("shop-42").Export().AccessToken;
            foreach (var again in Enumerable.Range(0, 4).Select(_ => world.Manager().FinishLoginAsync(Documents.Of("query", back, "cookies", cookies))).ToArray())
                Expect.Equal("done", again.Result.Outcome, "the same redirect");
            Expect.Equal(token, world.Account("shop-42").Export().AccessToken, "the same token");
            Expect.Equal(1, Browser.Exchanges(), "codes that were sent");
            foreach (var cookie in end.SetCookies)
                browser.Keep(cookie);
            Expect.Equal("", browser.Cookies, "the cookie is deleted");
        }
    }

    public static void What_a_visitor_does_wrong_is_an_outcome_and_sends_nothing()
    {
        using (var world = new World())
        {
            var manager = world.Manager();
            var browser = new Browser();
            var back = Browser.Consent(Begun(manager, browser, "owner", "7").Url);
            Expect.Equal("mismatch 400", Outcome(Finished(manager, new Browser(), back)), "another browser");
            Expect.Equal("mismatch 400", Outcome(Finished(manager, browser, back.Replace("state=", "state=x"), "owner", "7")), "another state");
            Expect.Equal("mismatch 400", Outcome(Finished(manager, browser, back, "owner", "8")), "another person");
            Expect.Equal("not_a_visit 204", Outcome(Finished(manager, browser, back, "method", "HEAD", "owner", "7")), "HEAD");
            Expect.Equal("not_a_visit 204", Outcome(Finished(manager, browser, back, "purpose", "prefetch;prerender", "owner", "7")), "fetched ahead");
            Expect.Equal(0, Browser.Exchanges(), "codes that were sent");
            Expect.Equal("done 303", Outcome(Finished(manager, browser, back, "owner", "7")), "the right one");
            browser = new Browser();
            back = Browser.Consent(Begun(manager, browser).Url, "deny");
            var denied = Finished(manager, browser, back);
            Expect.Equal("denied 403", Outcome(denied), denied.ToString());
            Expect.Equal(1, denied.SetCookies.Length, "the cookie is deleted");
            Expect.Equal(1, Browser.Exchanges(), "codes that were sent");
        }
    }

    private static string Outcome(LoginEnd end) { return end.Outcome + " " + end.Status; }

    public static void What_a_program_gets_wrong_is_said_at_the_begin()
    {
        using (var world = new World())
        {
            var manager = world.Manager();
            foreach (var wrong in new[]
            {
                "redirect_uri=http://example.com/", "next=//example.com", "host=www.example.com", "account=", "scopes=x", "cookies=",
            })
            {
                var pair = wrong.Split('=');
                var value = pair[0] == "cookies" ? (object)7 : pair[1];
                var problem = Expect.Throws<InvalidArgumentException>(() => Begun(manager, new Browser(), pair[0], value), wrong);
                Expect.Equal(pair[0], problem.Field, wrong);
            }
            Expect.Equal("redirect_uri", Expect.Throws<InvalidArgumentException>(() => manager.BeginLogin(null), "nothing").Field, "nothing");
            Expect.Equal("mismatch 400", Outcome(manager.FinishLogin(null)), "nothing came");
            using (var poor = new TokenManager(world.Settings("app_secret", null)))
                Expect.Throws<InvalidConfigException>(() => Begun(poor, new Browser()), "no secret");
            Expect.Equal(0, Emulator.Requests().Length, "requests");
        }
    }

    public static void What_a_login_begins_with_is_hidden()
    {
        using (var world = new World())
        {
            var begin = Begun(world.Manager(), new Browser(), "owner", "canary-owner");
            Expect.Equal("Pinterest.OAuth.LoginBegin", begin.ToString(), "as text");
            foreach (var property in begin.GetType().GetProperties())
                Expect.True(property.IsDefined(typeof(System.Management.Automation.HiddenAttribute), false), property.Name + " is hidden");
            Expect.True(begin.SetCookies.Single().Contains("HttpOnly; SameSite=Lax") && !begin.SetCookies.Single().Contains("canary"), "the cookie");
        }
    }
}
