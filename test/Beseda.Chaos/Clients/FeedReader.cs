using System.Globalization;
using System.Text.Json;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Clients;

/// <summary>Reads a feed as the protocol says: after every interruption on from the last id, after a reset from a new snapshot.</summary>
/// <param name="path">Of the feed.</param>
/// <param name="load">Fetches a snapshot.</param>
/// <param name="take">Hears each event and each signal.</param>
internal sealed class FeedReader(Door door, Diary diary, string path, Func<CancellationToken, Task<Snapshot>> load, Action<string, JsonElement> take)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly List<Leg> finished = [];
    private List<SeenFrame> frames = [];
    private Snapshot? start;
    private long position;

    /// <summary>The last id, of an event or a heartbeat.</summary>
    public long Position => Interlocked.Read(ref position);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                start ??= await BeginAsync(stop);
                await ReadAsync(start.Journal, stop);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
            {
                // The network, or the end of the run.
            }

            if (stop.IsCancellationRequested)
                return;
            diary.Notes("reconnect", new { Position });
            await Task.Delay(LongestPause * Random.Shared.NextDouble(), CancellationToken.None);
        }
    }

    /// <summary>To be asked when the reader has stopped.</summary>
    public Reader Written(bool isStaff) => new(diary.Name, isStaff, [.. finished, .. start is null ? Array.Empty<Leg>() : [Leg()]]);

    private async Task<Snapshot> BeginAsync(CancellationToken stop)
    {
        var snapshot = await load(stop);
        frames = [];
        Interlocked.Exchange(ref position, snapshot.Seq);
        return snapshot;
    }

    private Leg Leg() => new(start!.Seq, Position, frames) { Shown = start.Shown, ShownFrom = start.ShownFrom };

    private async Task ReadAsync(string journal, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Silence);
        using var answer = await door.OpenFeedAsync($"{path}?journal={journal}", Position, patience.Token);
        if (!answer.IsSuccessStatusCode)
            diary.Notes($"feed {(int)answer.StatusCode}");
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));

        var frame = new WireFrame(null, "", "{}");
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            patience.CancelAfter(Silence);
            if (line.Length > 0)
                frame = frame.With(line);
            else if (Take(frame))
                frame = new WireFrame(null, "", "{}");
            else
                return;
        }
    }

    /// <summary>A frame counts when its empty line has come: what is cut in the middle is asked for again.</summary>
    /// <returns>False when the feed has ended for good.</returns>
    private bool Take(WireFrame frame)
    {
        if (frame.Name == "reset")
        {
            diary.Notes("reset", new { Position });
            finished.Add(Leg());
            start = null;
            return false;
        }

        var data = JsonElement.Parse(frame.Data);
        if (frame.Id is { } id)
        {
            if (frame.Name.Length > 0)
            {
                frames.Add(new SeenFrame(id, frame.Name, frame.Name == "message.posted" ? data.GetProperty("clientId").GetString() : null));
                diary.Saw(id, frame.Name);
            }

            Interlocked.Exchange(ref position, id);
        }

        if (frame.Name.Length > 0)
            take(frame.Name, data);
        return true;
    }

    private sealed record WireFrame(long? Id, string Name, string Data)
    {
        public WireFrame With(string line) => line switch
        {
            _ when line.StartsWith("id: ", StringComparison.Ordinal) => this with { Id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture) },
            _ when line.StartsWith("event: ", StringComparison.Ordinal) => this with { Name = line[7..] },
            _ when line.StartsWith("data: ", StringComparison.Ordinal) => this with { Data = line[6..] },
            _ => this,
        };
    }
}

/// <summary>From where a feed is read.</summary>
/// <param name="Shown">Entries of its timeline; null when it has none.</param>
/// <param name="ShownFrom">The timeline is whole from here on.</param>
internal sealed record Snapshot(long Seq, string Journal, IReadOnlySet<long>? Shown = null, long ShownFrom = 0);
