using System.Globalization;
using System.Runtime.CompilerServices;

namespace Beseda.Client;

/// <summary>
/// Everything after a position, in order, without gap or repeat, for as long as it is enumerated: a connection that is
/// lost or silent is replaced, and the feed goes on where it was. Ends with a <see cref="ResetFrame"/>, or throws
/// <see cref="BesedaException"/> when the server refuses for good (401: signed out).
/// </summary>
public sealed class Feed : IAsyncEnumerable<FeedFrame>
{
    private readonly Wire wire;
    private readonly string path;
    private readonly string journal;
    private long position;
    private bool isLeaving;

    internal Feed(Wire wire, string path, long since, string journal) =>
        (this.wire, this.path, position, this.journal) = (wire, path, since, journal);

    /// <summary>Everything up to here has been seen. Moves with the journal's head, also while nothing happens that concerns
    /// this reader. Keep it with the journal's id to go on after a restart.</summary>
    public long Position => Volatile.Read(ref position);

    /// <summary>A connection that says nothing for this long is dead: the server speaks at least every 20 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long to wait before the next connection, by the number of those that failed in a row. Starts by chance
    /// within five seconds, so that a server which restarts does not meet all its readers at once.</summary>
    public Func<int, TimeSpan> Pause { get; init; } = failures =>
        TimeSpan.FromSeconds((Random.Shared.NextDouble() * 5) + Math.Min(30, Math.Pow(2, Math.Min(failures, 5)) - 1));

    public async IAsyncEnumerator<FeedFrame> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        for (var failures = 0; ; failures++)
        {
            using var response = await Connect(cancellationToken);
            if (response is not null)
            {
                failures = 0;
                await foreach (var frame in Read(response, cancellationToken))
                {
                    yield return frame;
                    if (frame is ResetFrame) yield break;
                }
            }
            // A server that stops says so: another one answers already.
            await Task.Delay(isLeaving ? TimeSpan.FromSeconds(Random.Shared.NextDouble()) : Pause(failures), cancellationToken);
            isLeaving = false;
        }
    }

    private async Task<HttpResponseMessage?> Connect(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Silence);
        try
        {
            return await wire.Open($"{path}?since={Position}&journal={Uri.EscapeDataString(journal)}", limit.Token);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested && Retry.IsTransient(failure))
        {
            return null;
        }
    }

    private async IAsyncEnumerable<FeedFrame> Read(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken stop)
    {
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
        string id = "", kind = "", data = "";
        while (await Next(lines, stop) is { } line)
        {
            if (line.Length == 0)
            {
                // Only a whole frame moves the position. (That is why this does not use SseParser: its LastEventId has
                // already moved when a connection breaks between a frame's id and its data, and that frame would be lost.)
                var seen = Moves(id);
                var frame = seen && data.Length > 0 ? FeedFrame.Read(kind, data) : null;
                if (seen && id.Length > 0) Volatile.Write(ref position, long.Parse(id, CultureInfo.InvariantCulture));
                if (frame is not null) yield return frame;
                isLeaving |= kind == "going-away";
                (id, kind, data) = ("", "", "");
            }
            else if (Field(line, "id:") is { } number) id = number;
            else if (Field(line, "event:") is { } name) kind = name;
            else if (Field(line, "data:") is { } text) data = data.Length == 0 ? text : $"{data}\n{text}";
        }
    }

    /// <summary>A signal has no id; an event must lie beyond what has been seen.</summary>
    private bool Moves(string id) => id.Length == 0 || long.Parse(id, CultureInfo.InvariantCulture) > Position;

    /// <summary>The next line, or null when the connection ended, broke or fell silent.</summary>
    private async Task<string?> Next(StreamReader lines, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Silence);
        try
        {
            return await lines.ReadLineAsync(limit.Token);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested && Retry.IsTransient(failure))
        {
            return null;
        }
    }

    private static string? Field(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..].TrimStart(' ') : null;
}
