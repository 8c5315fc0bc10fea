// Runs every public method of the test classes, each a sentence; says what failed, and counts.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

internal sealed class Failed : Exception
{
    internal Failed(string why) : base(why) { }
}

internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments.FirstOrDefault())
        {
            case "expiry": return Expiry();
            case "speed": return Speed.Print();
            case "canaries": return Canaries.Print();
            case "check": return Check();
            case "leak": return Leak.Run();
            case "login": return LoginCommandTests.AtTheConsole();
            case "access-token": return World.PrintAccessToken();
            case "leave": return World.LeaveWhileItRefreshes();
            case "leave-file": return World.LeaveWhileItRefreshesAFile();
            case "table": return Run(() => { }, typeof(TableTests));
            default: return Run(Emulator.Reset, Classes.Where(one => arguments.Length == 0 || arguments.Contains(one.Name)).ToArray());
        }
    }

    private static readonly Type[] Classes =
    {
        typeof(CallTests), typeof(ErrorTests), typeof(JsonTests), typeof(TokenTests), typeof(InputTests),
        typeof(SettingTests), typeof(TableTests), typeof(AssemblyTests),
        typeof(CommandTests), typeof(FormTests), typeof(WorkerTests), typeof(ManagerTests), typeof(AccountCommandTests),
        typeof(LoginTests), typeof(LoginCommandTests), typeof(WebLoginTests), typeof(LogTests), typeof(FileTests),
    };

    private static int Run(Action before, params Type[] classes)
    {
        var failed = 0;
        var passed = 0;
        foreach (var test in classes.SelectMany(one => one.GetMethods(BindingFlags.Static | BindingFlags.Public)))
        {
            try
            {
                before();
                test.Invoke(null, null);
                passed++;
                Console.WriteLine("ok      " + test.Name.Replace('_', ' '));
            }
            catch (TargetInvocationException problem)
            {
                failed++;
                Console.WriteLine("FAILED  " + test.Name.Replace('_', ' ') + ": " + problem.InnerException);
            }
        }
        Console.WriteLine("{0} passed, {1} failed", passed, failed);
        return failed == 0 ? 0 : 1;
    }

    // In the time zone of the environment, whose distance it says.
    private static int Expiry()
    {
        TokenTests.The_expiry_is_a_local_time_as_Get_Date_gives_it();
        TokenTests.A_token_says_whether_it_expires();
        Console.WriteLine(DateTimeOffset.Now.ToString("zzz", System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    }

    private static int Check()
    {
        try
        {
            new Pinterest.OAuth.Client(new Hashtable());
            return 0;
        }
        catch (Exception problem)
        {
            Console.WriteLine(problem.GetType().Name + ": " + problem.Message);
            return 1;
        }
    }
}

internal static class Expect
{
    internal static void True(bool holds, string what)
    {
        if (!holds)
            throw new Failed(what);
    }

    internal static void Equal(object wanted, object got, string what)
    {
        if (!Equals(wanted, got))
            throw new Failed(what + ": expected " + (wanted ?? "null") + ", got " + (got ?? "null"));
    }

    internal static void Lacks(string text, params string[] secrets)
    {
        foreach (var secret in secrets)
            True(text == null || text.IndexOf(secret, StringComparison.Ordinal) < 0, "a secret shows");
    }

    internal static T Throws<T>(Action call, string what) where T : Exception
    {
        try
        {
            call();
        }
        catch (Exception problem)
        {
            if (problem.GetType() == typeof(T))
                return (T)problem;
            throw new Failed(what + ": expected " + typeof(T).Name + ", got " + problem);
        }
        throw new Failed(what + ": nothing was thrown");
    }
}

internal static class Documents
{
    /// <summary>name, value, name, value … as a dictionary.</summary>
    internal static Dictionary<string, object> Of(params object[] entries)
    {
        var made = new Dictionary<string, object>();
        for (var at = 0; at < entries.Length; at += 2)
            made[(string)entries[at]] = entries[at + 1];
        return made;
    }
}
