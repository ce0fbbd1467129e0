using System.Net;
using System.Net.Sockets;

namespace Beseda.Browser.Tests.Console;

/// <summary>
/// Carries bytes between a browser and the server until it is cut: from then on nothing passes and nobody is told, as when a
/// laptop leaves the network. No connection is closed.
/// </summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Uri server;
    private readonly Task accepting;
    private volatile TaskCompletionSource whole = Done();

    public Cable(Uri server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public void Cut() => whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held back passes, and everything after it.</summary>
    public void Mend() => whole.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
                carried.Add(CarryAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var here = browser;
        using var there = new TcpClient();
        try
        {
            await there.ConnectAsync(server.Host, server.Port, stop.Token);
            await Task.WhenAny(PassAsync(here.GetStream(), there.GetStream()), PassAsync(there.GetStream(), here.GetStream()));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await from.ReadAsync(buffer, stop.Token) is var read and > 0)
            {
                await whole.Task.WaitAsync(stop.Token);
                await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            }

            await whole.Task.WaitAsync(stop.Token);
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has hung up.
        }
    }
}
