using System.Globalization;
using System.Text.Json;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Clients;

/// <summary>What one client did and saw, in order; also as a file of JSON lines.</summary>
internal sealed class Diary : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter file;
    private readonly List<SentMessage> messages = [];
    private readonly Dictionary<string, int> counts = [];
    private readonly List<TimeSpan> acknowledged = [];

    public Diary(string folder, string name)
    {
        Name = name;
        file = new StreamWriter(Path.Combine(folder, $"{name}.jsonl"));
    }

    public string Name { get; }

    public IReadOnlyList<SentMessage> Messages
    {
        get
        {
            lock (gate)
                return [.. messages];
        }
    }

    /// <summary>When, on this process's clock.</summary>
    public IReadOnlyList<TimeSpan> AcknowledgedAt
    {
        get
        {
            lock (gate)
                return [.. acknowledged];
        }
    }

    /// <summary>How often something happened: <c>retry</c>, <c>reconnect</c>, <c>reset</c>, <c>refused CODE</c>.</summary>
    public IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (gate)
                return new Dictionary<string, int>(counts);
        }
    }

    public SentMessage Sends(string text)
    {
        lock (gate)
        {
            var message = new SentMessage(Name, messages.Count + 1, $"{Guid.NewGuid()}", text);
            messages.Add(message);
            Write("sent", new { message.Number, message.ClientId, message.Text });
            return message;
        }
    }

    public void Acknowledged(SentMessage message, long seq)
    {
        lock (gate)
        {
            messages[message.Number - 1] = message with { Seq = seq };
            acknowledged.Add(TimeSpan.FromMilliseconds(Environment.TickCount64));
            Write("acknowledged", new { message.ClientId, seq });
        }
    }

    public void Notes(string what, object? more = null)
    {
        lock (gate)
        {
            counts[what] = counts.GetValueOrDefault(what) + 1;
            Write(what, more);
        }
    }

    public void Saw(long seq, string kind)
    {
        lock (gate)
            Write("saw", new { seq, kind });
    }

    public void Dispose() => file.Dispose();

    private void Write(string what, object? more) => file.WriteLine(JsonSerializer.Serialize(
        new { at = DateTimeOffset.UtcNow.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), what, more }));
}
