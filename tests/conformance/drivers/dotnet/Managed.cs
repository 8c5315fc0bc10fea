// What is done with a token manager, and how its answers are documents.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Pinterest.OAuth;

internal static class Managed
{
    private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The answer of an operation of a manager, of an account, or of the app, as JSON.</summary>
    internal static string Answer(string operation, IDictionary<string, object> config, IDictionary<string, object> request)
    {
        var parts = operation.Split('.');
        using (var manager = new TokenManager((IDictionary)config))
        {
            if (parts[0] == "manager")
                return Json.Write(Plain(OfManager(manager, parts[1], request)));
            if (parts[0] == "app")
                return AccessToken(manager.App((string)Value(request, "scopes")).AccessToken());
            var account = manager.Account(request.ContainsKey("account") ? (string)request["account"] : "default");
            request.Remove("account");
            return OfAccount(account, parts[1], request);
        }
    }

    private static object OfManager(TokenManager manager, string operation, IDictionary<string, object> request)
    {
        switch (operation)
        {
            case "accounts": return new Hashtable { { "accounts", manager.Accounts() } };
            case "refresh_due": return manager.RefreshDue((int)((long?)Value(request, "parallel") ?? 0));
            case "doctor": return manager.Doctor(true.Equals(Value(request, "repair")));
            default: throw new InvalidOperationException(operation);
        }
    }

    private static string OfAccount(Account account, string operation, IDictionary<string, object> request)
    {
        switch (operation)
        {
            case "access_token": return AccessToken(account.AccessToken((string)Value(request, "scopes")));
            case "access_token_now": return AccessToken(account.AccessTokenNow());
            case "token": return account.Token().ToJson();
            case "export": return account.Export().ToJson();
            case "rejected":
                return AccessToken(account.Rejected((string)Value(request, "access_token"), (long?)Value(request, "code") ?? 2));
            case "login": return account.Login((IDictionary)request).ToJson();
            case "import":
                var token = Value(request, "token");
                account.Import(Token.FromJson(token as string ?? Json.Write(token)));
                return "{}";
            case "refresh": return account.Refresh(true.Equals(Value(request, "force"))).ToJson();
            case "status": return Json.Write(Plain(account.Status()));
            case "remove": return Json.Write(Plain(account.Remove()));
            case "rename":
                account.Rename((string)Value(request, "new_name"));
                return "{}";
            case "unsaved":
                var unsaved = account.Unsaved();
                return "{\"token\":" + (unsaved == null ? "null" : unsaved.ToJson()) + "}";
            default: throw new InvalidOperationException(operation);
        }
    }

    private static object Value(IDictionary<string, object> request, string key)
    {
        object value;
        return request.TryGetValue(key, out value) ? value : null;
    }

    private static string AccessToken(string text)
    {
        return Json.Write(new Hashtable { { "access_token", text } });
    }

    // Properties under the names of the documents, times as Unix seconds.
    private static object Plain(object value)
    {
        if (value is DateTime)
            return (long)(((DateTime)value).ToUniversalTime() - Epoch).TotalSeconds;
        if (value is OAuthException)
            return Json.Read(((OAuthException)value).ToJson());
        if (value is IDictionary)
            return ((IDictionary)value).Keys.Cast<string>().ToDictionary(key => key, key => Plain(((IDictionary)value)[key]));
        if (value is IEnumerable && !(value is string))
            return ((IEnumerable)value).Cast<object>().Select(Plain).ToArray();
        if (value == null || value.GetType().Assembly != typeof(TokenManager).Assembly)
            return value;
        return value.GetType().GetProperties().ToDictionary(
            property => Regex.Replace(property.Name, "(?<=.)[A-Z]", "_$0").ToLowerInvariant(),
            property => Plain(property.GetValue(value, null)));
    }
}
