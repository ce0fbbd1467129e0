using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;

namespace Beseda.Server.Tests;

/// <summary>A frame of a feed, as it stands on the wire.</summary>
public sealed record Told(long? Id, string Event, string Data)
{
    public JsonElement Json() => JsonDocument.Parse(Data).RootElement;

    /// <summary>An event of the journal: it has a place, and something to say.</summary>
    public bool IsEntry => Id is not null && Event.Length > 0;
}

/// <summary>Reads a feed to its end, byte for byte as the protocol says.</summary>
public sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<Told> frames = Channel.CreateUnbounded<Told>();
    private readonly HttpResponseMessage answer;
    private readonly Task reading;

    private Listener(HttpResponseMessage answer)
    {
        this.answer = answer;
        Reply = new Reply(answer, "");
        reading = ReadAsync();
    }

    /// <summary>Status and headers.</summary>
    public Reply Reply { get; }

    /// <summary>What has come so far and was asked for.</summary>
    public List<Told> Heard { get; } = [];

    /// <summary>Opens a feed and waits for its first sign of life, so that nothing that happens from here on is missed.</summary>
    public static async Task<Listener> OpenAsync(Caller caller, string path)
    {
        var answer = await caller.OpenAsync(path, TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode)
            Assert.Fail($"{path}: {new Reply(answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))}");
        var listener = new Listener(answer);
        await listener.NextAsync(_ => true);
        return listener;
    }

    /// <summary>The next frame of which this holds.</summary>
    public async Task<Told> NextAsync(Func<Told, bool> wanted, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience ?? Patience);
        try
        {
            while (true)
            {
                var frame = await frames.Reader.ReadAsync(limit.Token);
                Heard.Add(frame);
                if (wanted(frame))
                    return frame;
            }
        }
        catch (Exception none) when (none is OperationCanceledException or ChannelClosedException)
        {
            throw new TimeoutException($"What was waited for did not come ({none.GetType().Name}); what came: {string.Join(" | ", Heard.TakeLast(20))}");
        }
    }

    public Task<Told> NextAsync(string kind) => NextAsync(frame => frame.Event == kind);

    /// <summary>Everything up to a place, of which at least a heartbeat must tell.</summary>
    public async Task<List<Told>> EntriesUntilAsync(long seq)
    {
        if (Heard.TrueForAll(frame => !(frame.Id >= seq)))
            await NextAsync(frame => frame.Id >= seq);
        return [.. Heard.Where(frame => frame.IsEntry && frame.Id <= seq)];
    }

    /// <summary>Everything until the server ends it.</summary>
    public async Task<List<Told>> ToEndAsync()
    {
        await reading.WaitAsync(Patience, TestContext.Current.CancellationToken);
        while (frames.Reader.TryRead(out var frame))
            Heard.Add(frame);
        return Heard;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        answer.Dispose();
        await reading;
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(stop.Token));
            var (id, kind, data) = ((long?)null, "", "");
            while (await lines.ReadLineAsync(stop.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = long.Parse(line[4..], CultureInfo.InvariantCulture);
                else if (line.StartsWith("event: ", StringComparison.Ordinal))
                    kind = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    data = line[6..];
                else if (line.Length == 0)
                {
                    frames.Writer.TryWrite(new Told(id, kind, data));
                    (id, kind, data) = (null, "", "");
                }
            }
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection was cut, here or there: what came, came.
        }
        finally
        {
            frames.Writer.Complete();
        }
    }
}
