// A store of its own, on a disk or in the system's memory, and a clock that moves the emulator and every token manager of it, in other processes too.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Pinterest.OAuth;

internal sealed class World : IDisposable
{
    internal const string RedirectUri = "http://localhost:8085/";
    private const string Variable = "WORLD";
    private const long Day = 86400;
    private readonly string folder;

    /// <summary>Where a store is quickly made, and where the doctor has nothing against it.</summary>
    internal static readonly string Memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    internal static readonly string Disk = Path.GetTempPath();

    internal World() : this(Memory) { }

    internal World(string place)
    {
        folder = Path.Combine(place, "pinterest-dotnet-" + Guid.NewGuid());
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(Clock, "0");
    }

    private World(string folder, bool isThere) { this.folder = folder; }

    internal string Store { get { return Path.Combine(folder, "tokens"); } }

    /// <summary>A file of one token, beside the store.</summary>
    internal string File { get { return Path.Combine(folder, "token.json"); } }

    internal string Clock { get { return Path.Combine(folder, "clock"); } }

    internal Dictionary<string, object> Settings(params object[] more)
    {
        var settings = Emulator.Settings("store", Store, "clock_offset_file", Clock);
        foreach (var entry in Documents.Of(more))
            settings[entry.Key] = entry.Value;
        return settings;
    }

    internal TokenManager Manager(params object[] more) { return new TokenManager(Settings(more)); }

    internal Account Account(string name = "default") { return Manager().Account(name); }

    /// <summary>An account that is logged in.</summary>
    internal Account Login(string name = "default")
    {
        var account = Account(name);
        account.Login(Documents.Of("code", Emulator.Code(RedirectUri), "redirect_uri", RedirectUri));
        return account;
    }

    internal void Pass(double days)
    {
        var seconds = (long)(days * Day);
        Emulator.Advance(seconds);
        var now = long.Parse(System.IO.File.ReadAllText(Clock), CultureInfo.InvariantCulture) + seconds;
        System.IO.File.WriteAllText(Clock, now.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What this program prints as another process, in this world.</summary>
    internal string InAnotherProcess(string what)
    {
        // Mono's program is the runtime itself, as .NET Core's is.
        var start = new ProcessStartInfo(Process.GetCurrentProcess().MainModule.FileName)
        {
            Arguments = "\"" + typeof(World).Assembly.Location + "\" " + what, UseShellExecute = false, RedirectStandardOutput = true,
        };
        start.EnvironmentVariables[Variable] = folder;
        using (var process = Process.Start(start))
        {
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Expect.Equal(0, process.ExitCode, what + " in another process, which said " + said);
            return said.Trim();
        }
    }

    private static World Inherited() { return new World(Environment.GetEnvironmentVariable(Variable), true); }

    internal static int PrintAccessToken()
    {
        Console.WriteLine(Inherited().Account().AccessToken());
        return 0;
    }

    // The process ends while another thread of it waits for Pinterest.
    internal static int LeaveWhileItRefreshes()
    {
        return Leave(Inherited().Account().RefreshAsync(true));
    }

    internal static int LeaveWhileItRefreshesAFile()
    {
        return Leave(Emulator.Client().RefreshFileAsync(Inherited().File));
    }

    private static int Leave(System.Threading.Tasks.Task refresh)
    {
        while (Emulator.Refreshes() == 0 && !refresh.IsCompleted)
            System.Threading.Thread.Sleep(5);
        return refresh.IsCompleted ? 1 : 0;
    }

    public void Dispose()
    {
        Directory.Delete(folder, true);
    }
}
