using System.Diagnostics;
using System.Globalization;
using Beseda.Bench.Loads;
using Npgsql;

namespace Beseda.Bench.Limits;

/// <summary>
/// From one PostgreSQL connection to another where there is no product: an event is committed, a notification follows, and
/// whoever hears it reads the event.
/// </summary>
internal sealed class BareHop : IDisposable
{
    private readonly BarePostgres _writer;
    private readonly NpgsqlConnection _notifier;
    private readonly NpgsqlConnection _listener;
    private long _heard;

    public BareHop(string connection)
    {
        _writer = new BarePostgres(connection);
        (_notifier, _listener) = (new NpgsqlConnection(connection), new NpgsqlConnection(connection));
        _notifier.Open();
        _listener.Open();
        _listener.Notification += (_, told) => _heard = long.Parse(told.Payload, CultureInfo.InvariantCulture);
        Run(_listener, "listen hop");
    }

    /// <summary>One after the other, at most so many a second.</summary>
    public Delays Measure(int perSecond, TimeSpan time)
    {
        var delays = new Delays();
        var apart = Stopwatch.Frequency / perSecond;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
        {
            var began = Stopwatch.GetTimestamp();
            Hop();
            delays.Add(Stopwatch.GetTimestamp() - began);
            if (began + apart - Stopwatch.GetTimestamp() is var left and > 0)
                Thread.Sleep(TimeSpan.FromSeconds(left / (double)Stopwatch.Frequency));
        }
        return delays;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _notifier.Dispose();
        _listener.Dispose();
    }

    private void Hop()
    {
        var seq = _writer.Commit(1);
        Run(_notifier, $"notify hop, '{seq}'");
        while (_heard < seq)
            _listener.Wait();
        Run(_listener, $"select body, words from events where account = 1 and seq >= {seq}");
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
