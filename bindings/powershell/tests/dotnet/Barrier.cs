// A server that answers nobody before a number of requests have arrived: it shows that calls overlap.

using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

internal sealed class Barrier : IDisposable
{
    private const string Answer = "{\"access_token\":\"pina_canary\",\"token_type\":\"bearer\"}";
    private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);
    private readonly CountdownEvent waiting;
    private readonly ManualResetEvent opened = new ManualResetEvent(false);

    internal Barrier(int requests)
    {
        waiting = new CountdownEvent(requests);
        listener.Start();
        for (var number = 0; number < requests; number++)
            new Thread(Serve) { IsBackground = true }.Start();
    }

    internal string Url { get { return "http://" + listener.LocalEndpoint + "/v5"; } }

    /// <summary>Waits until all requests are there.</summary>
    internal void AllArrived()
    {
        Expect.True(waiting.Wait(20000), "not all of the requests arrived");
    }

    /// <summary>Lets all of them be answered.</summary>
    internal void Open() { opened.Set(); }

    public void Dispose()
    {
        opened.Set();
        listener.Stop();
    }

    private TcpClient Accept()
    {
        try
        {
            return listener.AcceptTcpClient();
        }
        catch (SocketException) // the test is over
        {
            return null;
        }
    }

    private void Serve()
    {
        using (var connection = Accept())
        {
            if (connection == null)
                return;
            var stream = connection.GetStream();
            var read = new StringBuilder();
            var buffer = new byte[4096];
            while (read.ToString().IndexOf("grant_type=", StringComparison.Ordinal) < 0)
                read.Append(Encoding.ASCII.GetString(buffer, 0, stream.Read(buffer, 0, buffer.Length)));
            waiting.Signal();
            opened.WaitOne(30000);
            var answer = Encoding.ASCII.GetBytes(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                    + Answer.Length + "\r\n\r\n" + Answer);
            stream.Write(answer, 0, answer.Length);
        }
    }
}
