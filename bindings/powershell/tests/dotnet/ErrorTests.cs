using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Pinterest.OAuth;

internal static class ErrorTests
{
    private static OAuthException Of(string json, string kind)
    {
        var from = typeof(OAuthException).GetMethod("From", BindingFlags.Static | BindingFlags.NonPublic);
        return (OAuthException)from.Invoke(null, new object[] { json, kind });
    }

    public static void Every_status_of_the_header_has_a_class_of_its_own()
    {
        var header = File.ReadAllText(Environment.GetEnvironmentVariable("HEADER"));
        var kinds = Regex.Matches(header, "PINTEREST_OAUTH_STATUS_([A-Z_]+) = ").Cast<Match>()
            .Select(found => found.Groups[1].Value.ToLowerInvariant()).Where(kind => kind != "ok").ToArray();
        var classes = kinds.Select(kind => Of("{\"kind\":\"" + kind + "\"}", null).GetType()).ToArray();
        Expect.True(kinds.Length >= 19, "kinds were found");
        Expect.Equal(kinds.Length, classes.Distinct().Count(), "classes");
        Expect.True(!classes.Contains(typeof(OAuthException)), "every kind has a class");
        var all = typeof(OAuthException).Assembly.GetExportedTypes().Count(type => type.IsSubclassOf(typeof(OAuthException)));
        Expect.Equal(kinds.Length, all, "no class without a kind");
    }

    public static void A_kind_of_a_newer_library_is_an_error_all_the_same()
    {
        Expect.Equal("brand_new", Of("{\"kind\":\"brand_new\",\"message\":\"m\"}", null).Kind, "with a document");
        Expect.Equal(typeof(OAuthException), Of("{\"kind\":\"brand_new\"}", null).GetType(), "its class");
        var bare = Of(null, "unknown");
        Expect.Equal("unknown", bare.Outcome, "without a document");
        Expect.True(bare.Response.Headers.Count == 0 && bare.Message.Contains("unknown"), "without a document");
    }

    public static void An_error_says_all_that_Pinterest_said()
    {
        var headers = new object[]
        {
            new object[] { "x-pinterest-rid", "1234567890123456" }, new object[] { "retry-after", "7" },
            new object[] { "x-many", "1" }, new object[] { "x-many", "2" },
        };
        var body = Documents.Of("code", 8, "message", "Slow down", "more", "kept");
        Emulator.Script(Documents.Of("status", 429, "headers", headers, "body_json", body));
        using (var client = Emulator.Client())
        {
            var error = Expect.Throws<RateLimitedException>(
                () => client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", "pins:read")), "429");
            Expect.Equal("rate_limited", error.Kind, "kind");
            Expect.Equal(429, error.HttpStatus, "status");
            Expect.Equal(429, error.Response.StatusCode, "status of the response");
            Expect.Equal(8L, error.Code, "code");
            Expect.Equal(7L, error.RetryAfter, "seconds to wait");
            Expect.Equal("Slow down", error.PinterestMessage, "Pinterest's message");
            Expect.Equal("1234567890123456", error.RequestId, "request id");
            Expect.Equal("1234567890123456", error.Response.Headers["X-Pinterest-RID"][0], "a header in any case");
            Expect.Equal(2, error.Response.Headers["x-many"].Length, "a header sent twice");
            Expect.Equal("kept", ((IDictionary<string, object>)error.Body)["more"], "body");
            Expect.Equal("Slow down", Json.Read(error.Answer)["message"], "the answer");
            Expect.Equal("kept", Json.Read(error.Answer)["more"], "the answer");
            Expect.True(error.WhatNow.Length > 0 && Json.Read(error.ToJson()).ContainsKey("what_now"), "what now");
        }
    }

    public static void Without_an_answer_the_answer_is_of_Pinterests_shape_and_there_are_no_headers()
    {
        using (var client = Emulator.Client())
        {
            var error = Expect.Throws<InvalidArgumentException>(
                () => client.OauthToken(Documents.Of("grant_type", "authorization_code")), "too little");
            var answer = Json.Read(error.Answer);
            Expect.Equal("code,message", string.Join(",", answer.Keys.ToArray()), "keys");
            Expect.Equal(null, answer["code"], "code");
            Expect.True(((string)answer["message"]).Contains("redirect_uri"), "the message names what is missing");
            Expect.Equal(0, error.Response.Headers.Count, "headers");
            Expect.Equal(null, error.Response.StatusCode, "status");
            Expect.Equal("not_sent", error.Outcome, "outcome");
            Expect.Equal(0, Emulator.Requests().Length, "requests");
        }
    }

    public static void A_page_of_HTML_is_an_error_of_Pinterests_shape_too()
    {
        var html = new object[] { new object[] { "content-type", "text/html" } };
        Emulator.Script(Documents.Of("status", 502, "headers", html, "body", "<html>Bad gateway</html>"));
        using (var client = Emulator.Client())
        {
            var error = Expect.Throws<ServerException>(
                () => client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", "pins:read")), "502");
            Expect.Equal(null, error.Body, "body");
            Expect.Equal(error.Message, Json.Read(error.Answer)["message"], "the answer");
            Expect.Equal("text/html", error.Response.Headers["content-type"][0], "headers");
        }
    }
}
