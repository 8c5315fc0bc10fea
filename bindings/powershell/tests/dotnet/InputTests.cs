using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using Pinterest.OAuth;

internal static class InputTests
{
    private static object Wrapped(object value)
    {
        return new PSObject(value);
    }

    public static void What_cannot_be_sent_is_refused_by_name_and_nothing_is_sent()
    {
        var deep = new ArrayList();
        deep.Add(deep);
        var wrong = new Dictionary<string, object>
        {
            { "code", new object() }, { "redirect_uri", "http://localhost:8085/\uD800" }, { "timeout", double.NaN },
            { "scope", deep }, { "extra.x", Documents.Of("x", typeof(string)) }, { "extra", new Hashtable { { 1, "x" } } },
            { "token", 5 },
        };
        using (var client = Emulator.Client())
        {
            foreach (var entry in wrong)
            {
                var request = Documents.Of(
                    "grant_type", "authorization_code", "code", "made-up", "redirect_uri", "http://localhost:8085/");
                request[entry.Key.Split('.')[0]] = entry.Value;
                var error = Expect.Throws<InvalidArgumentException>(() => client.OauthToken(request), entry.Key);
                Expect.Equal(entry.Key, error.Field, "field");
                Expect.True(error.Message.Contains(entry.Key), "the message names " + entry.Key + ": " + error.Message);
                Expect.Equal("Fix `" + entry.Key + "`.", error.WhatNow, "what now");
                Expect.Equal("not_sent", error.Outcome, "outcome");
            }
            Expect.Throws<InvalidArgumentException>(() => client.OauthToken(null), "nothing at all");
            Expect.Equal(0, Emulator.Requests().Length, "requests");
        }
    }

    public static void A_token_in_the_place_of_a_text_is_refused_and_not_sent()
    {
        var token = Token.FromJson("{\"access_token\":\"canary\"}");
        using (var client = Emulator.Client())
        {
            var error = Expect.Throws<InvalidArgumentException>(
                () => client.OauthToken(Documents.Of("grant_type", "refresh_token", "refresh_token", token)), "a token");
            Expect.Equal("refresh_token", error.Field, "field");
            Expect.Equal(0, Emulator.Requests().Length, "requests");
        }
    }

    public static void What_PowerShell_wraps_is_unwrapped_at_any_depth()
    {
        var secret = new SecureString();
        foreach (var sign in "pinr.made-up")
            secret.AppendChar(sign);
        using (var client = Emulator.Client())
        {
            Expect.Throws<InvalidGrantException>(
                () => client.OauthToken(Documents.Of(
                    "grant_type", Wrapped("refresh_token"), "refresh_token", Wrapped(secret),
                    "scope", new[] { Wrapped("pins:read"), "boards:read" }, "extra", Wrapped(Documents.Of("a", Wrapped(1))))),
                "a made-up token");
            var form = Emulator.Form(Emulator.Requests()[0]);
            Expect.Equal("pinr.made-up", form["refresh_token"], "a SecureString");
            Expect.Equal("pins:read,boards:read", form["scope"], "a list");
            Expect.Equal("1", form["a"], "a dictionary");
        }
    }

    public static void A_parameter_of_PowerShell_that_cannot_be_used_is_named_as_PowerShell_does()
    {
        var wrong = new Dictionary<string, object>
        {
            { "-RedirectUri", new object() }, { "-TimeoutSec", double.PositiveInfinity }, { "-Extra.my_key", typeof(string) },
        };
        foreach (var entry in wrong)
        {
            var parts = entry.Key.Substring(1).Split('.');
            var value = parts.Length == 1 ? entry.Value : Documents.Of(parts[1], entry.Value);
            var error = Expect.Throws<InvalidArgumentException>(
                () => Pinterest.OAuth.Request.From(Documents.Of(parts[0], value)), entry.Key);
            Expect.Equal(entry.Key, error.Field, "field");
            Expect.True(error.Message.StartsWith(entry.Key + " "), "message: " + error.Message);
            Expect.Equal("Fix `" + entry.Key + "`.", error.WhatNow, "what now");
        }
    }

    public static void A_setting_that_cannot_be_written_down_is_named()
    {
        Expect.Equal("proxy", Expect.Throws<InvalidArgumentException>(
            () => Emulator.Client("proxy", new object()), "an object").Field, "field");
    }
}
