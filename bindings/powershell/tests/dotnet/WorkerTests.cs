// The threads that run calls.

using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal static class WorkerTests
{
    private static readonly Type Workers = typeof(Client).Assembly.GetType("Pinterest.OAuth.Workers");

    private static int Number(string name)
    {
        return (int)Workers.GetProperty(name, BindingFlags.Static | BindingFlags.NonPublic).GetValue(null, null);
    }

    public static void No_thread_is_made_for_a_call_that_follows_another()
    {
        using (var client = Emulator.Client())
        {
            var request = Documents.Of("grant_type", "client_credentials", "scope", "pins:read");
            var before = Number("Started");
            for (var call = 0; call < 300; call++)
                client.OauthTokenAsync(request).Wait();
            // Two at most: one may still say that it has ended when the next call begins.
            Expect.True(Number("Started") - before <= 2, "threads: " + (Number("Started") - before));
        }
    }

    public static void A_thousand_calls_at_once_wait_side_by_side_and_their_threads_end()
    {
        var opened = new ManualResetEvent(false);
        var arrived = new CountdownEvent(1000);
        var start = Workers.GetMethod("Start", BindingFlags.Static | BindingFlags.NonPublic).MakeGenericMethod(typeof(int));
        var calls = Enumerable.Range(0, 1000).Select(number => (Task<int>)start.Invoke(null, new object[]
        {
            (Func<int>)(() =>
            {
                arrived.Signal();
                opened.WaitOne();
                return number;
            }),
        })).ToArray();
        Expect.True(arrived.Wait(60000), "all of them run");
        Expect.True(Number("Running") >= 1000, "each on its thread");
        opened.Set();
        Task.WaitAll(calls);
        Expect.True(calls.Select(call => call.Result).SequenceEqual(Enumerable.Range(0, 1000)), "answers");
        for (var turn = 0; turn < 600 && Number("Running") > 0; turn++)
            Thread.Sleep(100);
        Expect.Equal(0, Number("Running"), "threads that are idle end");
    }

    public static void What_a_call_throws_is_in_its_task_and_the_thread_goes_on()
    {
        using (var client = Emulator.Client())
        {
            var failed = client.OauthTokenAsync(Documents.Of("grant_type", "x"));
            try
            {
                failed.Wait();
            }
            catch (AggregateException)
            {
                // looked at below
            }
            Expect.True(failed.Exception.InnerExceptions.Single() is InvalidArgumentException, "what was thrown");
            Expect.True(client.OauthTokenAsync(Documents.Of("grant_type", "client_credentials", "scope", "pins:read")).Result.AccessToken != null, "the next one");
        }
    }
}
