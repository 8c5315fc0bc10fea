// 100,000 calls, most kinds of failure among them: the memory of the process stays what it was after the first ones.

using System;
using System.IO;
using Pinterest.OAuth;

internal static class Leak
{
    private const int Calls = 100000;
    private const int WarmUp = 30000;
    private const int AllowedKib = 12 * 1024;

    internal static int Run()
    {
        var client = Emulator.Client();
        var good = Documents.Of("grant_type", "client_credentials", "scope", "pins:read");
        var refused = Documents.Of("grant_type", "refresh_token", "refresh_token", "pinr.made-up");
        var wrong = Documents.Of("grant_type", "x", "code", new string('x', 10000));
        var page = Documents.Of("redirect_uri", "http://localhost:8085/");
        long before = 0;
        for (var call = 1; call <= Calls; call++)
        {
            switch (call % 50 < 2 ? call % 50 : 2 + call % 8)
            {
                case 0:
                    using (var own = Emulator.Client())
                        own.AuthorizeUrl(page);
                    break;
                case 1:
                    Emulator.Client(); // left to the collector
                    break;
                case 2:
                    client.OauthToken(good);
                    break;
                case 3:
                    Fails<InvalidGrantException>(() => client.OauthToken(refused));
                    break;
                case 4:
                    Fails<InvalidArgumentException>(() => client.OauthToken(wrong));
                    break;
                case 5:
                    Fails<InvalidConfigException>(() => new Client(Documents.Of("base_url", "ftp://x", "trust_env", false)));
                    break;
                default:
                    client.AuthorizeUrl(page);
                    break;
            }
            if (call % 5000 == 0)
                Emulator.Reset();
            if (call == WarmUp)
                before = Resident();
        }
        var grown = Resident() - before;
        Console.WriteLine("{0} calls, {1} KiB more than after {2}", Calls, grown, WarmUp);
        return grown <= AllowedKib ? 0 : 1;
    }

    private static void Fails<T>(Action call) where T : Exception
    {
        Expect.Throws<T>(call, "the call");
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        foreach (var line in File.ReadAllLines("/proc/self/status"))
            if (line.StartsWith("VmRSS:"))
                return long.Parse(line.Substring(6).Replace("kB", "").Trim());
        throw new Failed("there is no VmRSS");
    }
}
