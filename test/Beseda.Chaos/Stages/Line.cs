using System.Net;
using System.Net.Sockets;

namespace Beseda.Chaos.Stages;

/// <summary>One connection through a relay.</summary>
internal sealed class Line(Socket from) : IDisposable
{
    private readonly Socket to = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <exception cref="SocketException">Nobody listens there, or one side broke off.</exception>
    public async Task RunAsync(int target, Weather weather)
    {
        from.NoDelay = true;
        await to.ConnectAsync(IPAddress.Loopback, target);
        await Task.WhenAll(CarryAsync(from, to, weather), CarryAsync(to, from, weather));
    }

    /// <summary>By a reset, which closing with nothing to linger for sends; or as if both sides had hung up.</summary>
    public void Cut(bool reset)
    {
        foreach (var side in new[] { from, to })
            if (reset)
                side.Close(0);
            else if (side.Connected)
                side.Shutdown(SocketShutdown.Both);
    }

    public void Dispose()
    {
        from.Dispose();
        to.Dispose();
    }

    /// <summary>When one side breaks off, the other hears it at once, even if it only listens.</summary>
    private async Task CarryAsync(Socket source, Socket sink, Weather weather)
    {
        try
        {
            await PumpAsync(source, sink, weather);
        }
        catch (SocketException)
        {
            Cut(reset: true);
            throw;
        }
    }

    private static async Task PumpAsync(Socket source, Socket sink, Weather weather)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await source.ReceiveAsync(buffer);
            await weather.PassAsync();
            if (read == 0)
            {
                sink.Shutdown(SocketShutdown.Send);
                return;
            }

            for (var sent = 0; sent < read;)
                sent += await sink.SendAsync(buffer.AsMemory(sent, read - sent));
        }
    }
}

/// <summary>What befalls every piece that passes a relay.</summary>
internal sealed class Weather
{
    private volatile TaskCompletionSource? closed;
    private long delay;

    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref delay));
        set => Interlocked.Exchange(ref delay, value.Ticks);
    }

    public void Close() => closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        var gate = closed;
        closed = null;
        gate?.SetResult();
    }

    public async ValueTask PassAsync()
    {
        if (Delay is { Ticks: > 0 } some)
            await Task.Delay(some);
        while (closed is { } gate)
            await gate.Task;
    }
}
