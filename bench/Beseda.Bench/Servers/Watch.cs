using System.Diagnostics;

namespace Beseda.Bench.Servers;

/// <summary>Looks at a server's resident memory ten times a second.</summary>
internal sealed class Watch : IDisposable
{
    private const double Mebibyte = 1024 * 1024;

    private readonly List<(long At, double Resident)> _looks = [];
    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;

    public Watch(RunningServer server)
    {
        _thread = new Thread(() =>
        {
            do
                _looks.Add((Stopwatch.GetTimestamp(), server.Resident() / Mebibyte));
            while (!_ended.Wait(100));
        });
        _thread.Start();
    }

    /// <summary>MiB at the most between two times of the stopwatch. Only after it was disposed.</summary>
    public double Peak(long from, long to) => _looks.Where(l => l.At >= from && l.At <= to).Max(l => l.Resident);

    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
    }
}
