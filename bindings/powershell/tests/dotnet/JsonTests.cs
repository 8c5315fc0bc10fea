using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using Pinterest.OAuth;

internal static class JsonTests
{
    private static object Value(string json) { return Json.Read("{\"v\":" + json + "}")["v"]; }

    public static void Numbers_keep_every_digit_that_a_type_of_NET_has_room_for()
    {
        Expect.Equal(9007199254740993L, Value("9007199254740993"), "beyond 2^53");
        Expect.Equal(-1L, Value("-1"), "negative");
        Expect.Equal(1.10m, Value("1.10"), "decimal");
        Expect.Equal("1.10", Convert.ToString(Value("1.10"), System.Globalization.CultureInfo.InvariantCulture), "its zero");
        Expect.Equal(12345678901234567890m, Value("12345678901234567890"), "beyond 2^63");
        Expect.Equal(1.5e300, Value("1.5e300"), "with exponent");
        Expect.Equal(double.PositiveInfinity, Value("1e400"), "too large");
        Expect.Equal(double.NegativeInfinity, Value("-1e400"), "too small");
    }

    public static void Keys_are_told_apart_by_case_and_the_last_of_two_counts()
    {
        var read = Json.Read("{\"k\":1,\"K\":2,\"\":3,\"k\":4,\"__type\":\"x\"}");
        Expect.Equal(4L, read["k"], "k");
        Expect.Equal(2L, read["K"], "K");
        Expect.Equal(3L, read[""], "empty");
        Expect.Equal("x", read["__type"], "__type");
    }

    public static void Escapes_and_words_are_read()
    {
        Expect.Equal("\"\\/\b\f\n\r\té\U0001F600\0", Value("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\\u0000\""), "text");
        var list = (object[])Value(" [ true , false , null , [ ] , { } ] ");
        Expect.Equal(true, list[0], "true");
        Expect.Equal(false, list[1], "false");
        Expect.Equal(null, list[2], "null");
        Expect.Equal(5, list.Length, "items");
    }

    public static void What_is_not_JSON_is_refused_without_being_quoted()
    {
        var wrong = new[]
        {
            "", " ", "[]", "1", "null", "\"canary\"", "{", "{\"canary\"}", "{\"canary\":}", "{\"canary\":1,}", "{canary:1}",
            "{\"a\":1}canary", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":NaN}",
            "{\"a\":tru}", "{\"a\":\"canary}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u 123\"}", "{\"a\":\"\n\"}",
            "{\"a\":[1,]}", "{\"a\":[1 2]}", "{'a':1}", "{\"a\":1}\0", "{\"a\":" + new string('[', 300) + new string(']', 300) + "}",
        };
        foreach (var text in wrong)
            Expect.Lacks(Expect.Throws<FormatException>(() => Json.Read(text), text).Message, "canary");
        Expect.Throws<FormatException>(() => Json.Read(null), "null");
    }

    public static void What_is_written_reads_back()
    {
        var every = new string(Enumerable.Range(0, 0xD800).Select(code => (char)code).ToArray()) + "\U0010FFFF";
        var secret = new SecureString();
        foreach (var sign in "a\0ü\"")
            secret.AppendChar(sign);
        var written = Json.Write(new Hashtable
        {
            { "text", every }, { "secret", secret }, { "char", 'x' }, { "list", new object[] { 1, 2L, (byte)3, null } },
            { "float", 0.1 }, { "decimal", 1.10m }, { "no", false }, { "inner", Documents.Of("é", new List<string> { "a" }) },
        });
        var read = Json.Read(written);
        Expect.Equal(every, read["text"], "text");
        Expect.Equal("a\0ü\"", read["secret"], "SecureString");
        Expect.Equal("x", read["char"], "char");
        Expect.Equal("1,2,3,", string.Join(",", (object[])read["list"]), "list");
        Expect.Equal(0.1m, read["float"], "float");
        Expect.Equal(1.10m, read["decimal"], "decimal");
        Expect.Equal(false, read["no"], "no");
        Expect.Equal("a", ((object[])((IDictionary<string, object>)read["inner"])["é"])[0], "inner");
    }

    public static void Numbers_are_written_alike_in_every_country()
    {
        var before = System.Threading.Thread.CurrentThread.CurrentCulture;
        var comma = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        System.Threading.Thread.CurrentThread.CurrentCulture = comma;
        try
        {
            Expect.Equal("{\"a\":[1.5,1.5,-2]}", Json.Write(Documents.Of("a", new object[] { 1.5, 1.5m, -2 })), "written");
            Expect.Equal(-1.5m, Json.Read("{\"a\":-1.5}")["a"], "read");
        }
        finally
        {
            System.Threading.Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
