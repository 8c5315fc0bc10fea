using System;
using System.Collections;
using System.Linq;
using Pinterest.OAuth;

internal static class TokenTests
{
    private const string Full =
        "{\"access_token\":\"pina_canary\",\"token_type\":\"bearer\",\"expires_in\":2592000,\"expires_at\":1700000000,"
        + "\"refresh_token\":\"pinr.canary\",\"refresh_token_expires_in\":5184000,\"refresh_token_expires_at\":1800000000,"
        + "\"refresh_token_rotated\":true,\"scope\":\"a b\",\"scopes\":[\"a\",\"b\"],\"response_type\":\"x\","
        + "\"obtained_at\":1697408000,\"new\":1.10,\"k\":1,\"K\":12345678901234567890123456789012345}";

    public static void Every_known_key_has_a_property()
    {
        var token = Token.FromJson(Full);
        Expect.Equal("pina_canary", token.AccessToken, "access token");
        Expect.Equal("bearer", token.TokenType, "type");
        Expect.Equal(2592000L, token.ExpiresIn, "expires in");
        Expect.Equal("2023-11-14T22:13:20Z", token.ExpiresAt.Value.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ"), "expires at");
        Expect.Equal("pinr.canary", token.RefreshToken, "refresh token");
        Expect.Equal(5184000L, token.RefreshTokenExpiresIn, "refresh token expires in");
        Expect.Equal(2027, token.RefreshTokenExpiresAt.Value.Year, "refresh token expires at");
        Expect.Equal(true, token.RefreshTokenRotated, "rotated");
        Expect.Equal("a b", token.Scope, "scope");
        Expect.Equal("a|b", string.Join("|", token.Scopes), "scopes");
        Expect.Equal("x", token.ResponseType, "response type");
        Expect.Equal(2023, token.ObtainedAt.Value.Year, "obtained at");
        Expect.Equal(1700000000L, token.Value("expires_at"), "value of a key");
        Expect.Equal("new,k,K", string.Join(",", token.Extra.Keys.ToArray()), "unknown keys");
        Expect.Equal(1.10m, token.Extra["new"], "unknown key");
    }

    public static void The_JSON_of_a_token_loses_nothing()
    {
        var stored = Token.FromJson(Full).ToJson();
        Expect.Equal(stored, Token.FromJson(stored).ToJson(), "text");
        Expect.True(stored.Contains("\"k\":1,\"K\":12345678901234567890123456789012345"), "unknown keys");
        Emulator.Script(Documents.Of("status", 200, "body", Full));
        using (var client = Emulator.Client())
        {
            var token = client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", "a"));
            Expect.True(token.ToJson().Contains("\"K\":12345678901234567890123456789012345"), "a long number");
            Expect.True(token.ToJson().Contains("\"new\":1.10"), "a last zero");
        }
    }

    public static void What_is_not_in_a_token_is_null()
    {
        var token = Token.FromJson("{\"access_token\":\"x\",\"expires_at\":99999999999999,\"obtained_at\":-1}");
        Expect.Equal(null, token.RefreshToken, "refresh token");
        Expect.Equal(null, token.ExpiresAt, "a time that no calendar has");
        Expect.Equal(null, token.ObtainedAt, "a time before 1970");
        Expect.Equal(null, token.ExpiresIn, "seconds");
        Expect.Equal(false, token.RefreshTokenRotated, "rotated");
        Expect.Equal(0, token.Scopes.Length, "scopes");
        Expect.Equal(null, token.Value("nothing"), "an unknown key");
    }

    public static void A_token_shows_nothing_of_itself_as_text()
    {
        var token = Token.FromJson(Full);
        foreach (var shown in new[] { token.ToString(), "" + token, string.Format("{0}", token) })
        {
            Expect.Lacks(shown, "canary");
            Expect.True(shown.Contains("[redacted]") && shown.Contains("store what ToJson() gives"), "what to do");
        }
    }

    public static void Null_is_no_token()
    {
        var error = Expect.Throws<InvalidArgumentException>(() => Token.FromJson(null), "null");
        Expect.Equal("token", error.Field, "field");
    }

    public static void A_token_tells_how_its_call_went_and_does_not_store_it()
    {
        var limits = new object[]
        {
            new object[] { "x-pinterest-rid", "1234567890123456" }, new object[] { "x-ratelimit-remaining", "9" },
        };
        Emulator.Script(Documents.Of("status", 200, "headers", limits, "body", Full));
        using (var client = Emulator.Client())
        {
            var token = client.OauthToken(Documents.Of("grant_type", "client_credentials", "scope", "a"));
            Expect.Equal("POST", token.Answer.Method, "method");
            Expect.Equal("/v5/oauth/token", token.Answer.Path, "path");
            Expect.Equal(200, token.Answer.Status, "status");
            Expect.Equal("1234567890123456", token.Answer.RequestId, "request id");
            Expect.Equal(9L, token.Answer.RateLimit["remaining"], "rate limit");
            Expect.Equal(1L, token.Answer.Attempts, "attempts");
            Expect.True(token.Answer.Milliseconds >= 0, "milliseconds");
            Expect.Equal(null, Token.FromJson(token.ToJson()).Answer, "stored");
            Expect.True(!Json.Read(token.ToJson()).ContainsKey("answer"), "stored");
        }
    }

    public static void A_token_says_whether_it_expires()
    {
        var now = (long)(DateTime.UtcNow - new DateTime(1970, 1, 1)).TotalSeconds;
        var token = Token.FromJson("{\"access_token\":\"x\",\"expires_at\":" + (now + 3600) + "}");
        Expect.Equal(false, token.IsExpired(), "now");
        Expect.Equal(false, token.ExpiresWithin(1800), "in half an hour");
        Expect.Equal(true, token.ExpiresWithin(3600), "in an hour");
        Expect.Equal(true, token.ExpiresWithin(TimeSpan.FromDays(1)), "in a day");
        Expect.Equal(true, Token.FromJson("{\"access_token\":\"x\",\"expires_at\":" + now + "}").IsExpired(), "at its time");
        Expect.Equal(false, Token.FromJson("{\"access_token\":\"x\",\"expires_at\":99999999999999}").IsExpired(), "a time that no calendar has");
        Expect.Equal(true, Token.FromJson("{\"access_token\":\"x\",\"expires_at\":-1}").IsExpired(), "a time before 1970");
        Expect.Equal(null, Token.FromJson("{\"access_token\":\"x\"}").IsExpired(), "it is not known");
        Expect.Equal(null, Token.FromJson("{\"access_token\":\"x\"}").ExpiresWithin(TimeSpan.MaxValue), "it is not known");
        Expect.Throws<InvalidArgumentException>(() => token.ExpiresWithin(double.NaN), "what is no number");
    }

    public static void The_expiry_is_a_local_time_as_Get_Date_gives_it()
    {
        // PowerShell compares a DateTime with a DateTime by its digits, whatever its kind is.
        var now = (long)(DateTime.UtcNow - new DateTime(1970, 1, 1)).TotalSeconds;
        var soon = Token.FromJson("{\"access_token\":\"x\",\"expires_at\":" + (now + 60) + "}").ExpiresAt.Value;
        var late = Token.FromJson("{\"access_token\":\"x\",\"expires_at\":" + (now - 60) + "}").ExpiresAt.Value;
        Expect.Equal(DateTimeKind.Local, soon.Kind, "kind");
        Expect.True(DateTime.Now < soon && soon - DateTime.Now < TimeSpan.FromMinutes(2), "it has time");
        Expect.True(DateTime.Now >= late && DateTime.Now - late < TimeSpan.FromMinutes(5), "it has expired");
    }

    public static void The_access_token_and_the_whole_token_are_there_as_SecureString()
    {
        var token = Token.FromJson(Full);
        Expect.Equal("pina_canary", new System.Net.NetworkCredential("", token.SecureAccessToken).Password, "the access token");
        Expect.Equal(token.ToJson(), new System.Net.NetworkCredential("", token.SecureDocument).Password, "the whole token");
    }
}
