using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Pinterest.OAuth;

internal static class ErrorTests
{
    private static OAuthException Of(string json, string kind)
    {
        var from = typeof(OAuthException).GetMethod("From", BindingFlags.Static | BindingFlags.NonPublic);
        return (OAuthException)from.Invoke(null, new object[] { json, kind });
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
            Expect.Equal((System.Net.HttpStatusCode)429, error.Response.StatusCode, "status of the response");
            Expect.Equal(error.Response.StatusCode, error.StatusCode, "status of the response");
            Expect.Equal(8L, error.Code, "code");
            Expect.Equal(7L, error.RetryAfter, "seconds to wait");
            Expect.Equal("Slow down", error.PinterestMessage, "Pinterest's message");
            Expect.Equal("1234567890123456", error.RequestId, "request id");
            Expect.Equal("1234567890123456", error.Response.Headers["X-Pinterest-RID"][0], "a header in any case");
            Expect.Equal(2, error.Response.Headers["x-many"].Length, "a header sent twice");
            Expect.Equal("kept", ((IDictionary<string, object>)error.Body)["more"], "body");
            Expect.Equal("Slow down", Json.Read(error.Details)["message"], "the details");
            Expect.Equal("kept", Json.Read(error.Details)["more"], "the details");
            Expect.Equal("kept", error.Extra["more"], "besides code and message");
            Expect.Equal(429, error.Answer.Status, "how the call went");
            Expect.Equal("/v5/oauth/token", error.Answer.Path, "how the call went");
            Expect.Equal(1L, error.Answer.Attempts, "how the call went");
            Expect.True(error.ToString().Contains("request id 1234567890123456") && error.ToString().Contains(error.WhatNow), "as text");
            Expect.True(error.WhatNow.Length > 0 && Json.Read(error.ToJson()).ContainsKey("what_now"), "what now");
        }
    }

    public static void Without_an_answer_the_details_are_of_Pinterests_shape_and_there_are_no_headers()
    {
        using (var client = Emulator.Client())
        {
            var error = Expect.Throws<InvalidArgumentException>(
                () => client.OauthToken(Documents.Of("grant_type", "authorization_code")), "too little");
            var details = Json.Read(error.Details);
            Expect.Equal("code,message", string.Join(",", details.Keys.ToArray()), "keys");
            Expect.Equal(null, details["code"], "code");
            Expect.True(((string)details["message"]).Contains("redirect_uri"), "the message names what is missing");
            Expect.Equal(null, error.Answer, "how a call went");
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
            Expect.Equal(error.Message, Json.Read(error.Details)["message"], "the details");
            Expect.Equal("text/html", error.Response.Headers["content-type"][0], "headers");
        }
    }

    public static void A_number_in_an_answer_that_no_type_of_NET_holds_hides_no_error()
    {
        Emulator.Script(Documents.Of("status", 400, "body", "{\"code\":1,\"message\":\"m\",\"x\":1e400}"));
        using (var client = Emulator.Client())
        {
            var error = Expect.Throws<ApiException>(
                () => client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", "pins:read")), "400");
            Expect.Equal(400, error.HttpStatus, "status");
        }
    }

    public static void A_rate_limit_always_has_seconds_to_wait()
    {
        Emulator.Script(Documents.Of("status", 429));
        using (var client = Emulator.Client())
            Expect.Equal(60L, Expect.Throws<RateLimitedException>(
                () => client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", "pins:read")), "429").RetryAfter, "seconds");
    }

    public static void An_exception_is_made_for_a_mock()
    {
        var error = OAuthException.FromJson("{\"kind\":\"invalid_grant\",\"message\":\"mine\",\"http_status\":401,\"headers\":[[\"a\",\"1\"]]}");
        Expect.Equal(typeof(InvalidGrantException), error.GetType(), "class");
        Expect.Equal("mine 401 1", error.Message + " " + error.HttpStatus + " " + error.Response.Headers["A"][0], "what was given");
        Expect.Equal("AuthenticationError", error.Category, "category");
        var again = OAuthException.FromJson(error.ToJson());
        Expect.Equal(error.ToJson(), again.ToJson(), "what an error wrote");
        Expect.Equal(typeof(InternalException), OAuthException.FromJson("{}").GetType(), "nothing given");
    }

    public static void An_error_nested_as_deep_as_the_core_reads_is_an_error_of_Pinterest()
    {
        using (var client = Emulator.Client())
            for (var depth = 100; depth < 140; depth++)
            {
                var nested = new string('[', depth) + new string(']', depth);
                Emulator.Script(Documents.Of("status", 401, "body", "{\"code\":283,\"message\":\"m\",\"x\":" + nested + "}"));
                try
                {
                    client.OauthToken(Documents.Of("grant_type", "refresh_token", "refresh_token", "pinr.x"));
                    throw new Failed("it was accepted");
                }
                catch (OAuthException error)
                {
                    Expect.Equal(401, error.HttpStatus, "status, " + depth + " deep");
                }
            }
    }
}
