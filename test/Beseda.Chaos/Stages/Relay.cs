using System.Net;
using System.Net.Sockets;

namespace Beseda.Chaos.Stages;

/// <summary>Stands between two programs and passes bytes on, unless it is told to be a bad network.</summary>
internal sealed class Relay : IDisposable
{
    private readonly int target;
    private readonly TcpListener listener;
    private readonly HashSet<Line> lines = [];
    private readonly Lock gate = new();
    private readonly Weather weather = new();

    private Relay(int target)
    {
        this.target = target;
        Port = Ports.Take();
        listener = new TcpListener(IPAddress.Loopback, Port);
    }

    public int Port { get; }

    /// <param name="target">A port of this machine.</param>
    public static Relay To(int target)
    {
        var relay = new Relay(target);
        relay.listener.Start(512);
        _ = relay.AcceptAsync();
        return relay;
    }

    /// <summary>Every connection ends now, by a reset or as if both sides had hung up.</summary>
    public int Cut(bool reset)
    {
        List<Line> all;
        lock (gate)
            all = [.. lines];
        all.ForEach(line => line.Cut(reset));
        return all.Count;
    }

    /// <summary>Each piece takes this long from now on.</summary>
    public void Delay(TimeSpan by) => weather.Delay = by;

    /// <summary>Nothing passes and nothing ends; what was sent is held until <see cref="Clear"/>.</summary>
    public void Swallow() => weather.Close();

    public void Clear()
    {
        weather.Delay = TimeSpan.Zero;
        weather.Open();
    }

    public void Dispose()
    {
        listener.Dispose();
        Clear();
        Cut(reset: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The end of the run.
        }
    }

    private async Task CarryAsync(Socket from)
    {
        using var line = new Line(from);
        lock (gate)
            lines.Add(line);
        try
        {
            await weather.PassAsync();
            await line.RunAsync(target, weather);
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            line.Cut(reset: true);
        }
        finally
        {
            lock (gate)
                lines.Remove(line);
        }
    }
}
