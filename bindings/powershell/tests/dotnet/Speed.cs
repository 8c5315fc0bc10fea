// How long a call takes, directly and as a task that is waited for. The two take turns.

using System;
using System.Diagnostics;
using Pinterest.OAuth;

internal static class Speed
{
    private const int Calls = 3000;
    private const int WarmUp = 500;

    internal static int Print()
    {
        var request = Documents.Of("grant_type", "client_credentials", "scope", "pins:read");
        var direct = new long[Calls];
        var asynchronous = new long[Calls];
        using (var client = Emulator.Client())
            for (var turn = -WarmUp; turn < Calls; turn++)
            {
                var first = Ticks(() => client.OauthToken(request));
                var second = Ticks(() => client.OauthTokenAsync(request).Wait());
                if (turn < 0)
                    continue;
                direct[turn] = first;
                asynchronous[turn] = second;
                if (turn % 1000 == 0)
                    Emulator.Reset();
            }
        Array.Sort(direct);
        Array.Sort(asynchronous);
        var microseconds = 1e6 / Stopwatch.Frequency;
        Console.WriteLine(
            "direct {0:0} us, asynchronous {1:0} us (p50): {2:0.00} times", direct[Calls / 2] * microseconds,
            asynchronous[Calls / 2] * microseconds, (double)asynchronous[Calls / 2] / direct[Calls / 2]);
        Console.WriteLine("cached access token {0:0.000} us", Cached());
        return 0;
    }

    // Of an account at hand, in time of the processor.
    private static double Cached()
    {
        const int Many = 1000000;
        using (var world = new World())
        {
            world.Login();
            // Without the file that moves its clock, which is read at every look.
            var account = world.Manager("clock_offset_file", null).Account();
            for (var turn = 0; turn < WarmUp; turn++)
                account.AccessToken();
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (var turn = 0; turn < Many; turn++)
                account.AccessToken();
            return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds * 1000 / Many;
        }
    }

    private static long Ticks(Action call)
    {
        var before = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetTimestamp() - before;
    }
}
