using System.Globalization;

namespace Beseda.Server.Tests.Durability;

/// <summary>Reads a feed as the protocol says, and after every interruption goes on from the last id it had.</summary>
internal sealed class Follower(Uri address, string path, string? token, string? cookie)
{
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long position = -1;

    public Task Connected => connected.Task;

    /// <summary>The last id, of an event or a heartbeat.</summary>
    public long Position => Interlocked.Read(ref position);

    /// <summary>Where the feed began.</summary>
    public long Start { get; private set; } = -1;

    /// <summary>The seqs of the events, as they came.</summary>
    public List<long> Seen { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(http, stop);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task ReadAsync(HttpClient http, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Add("Authorization", $"Bearer {token}");
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (Position >= 0)
            request.Headers.Add("Last-Event-ID", Position.ToString(CultureInfo.InvariantCulture));
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));

        long? id = null;
        var name = "";
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.Length == 0)
                (id, name) = Take(id, name);
        }
    }

    /// <summary>A frame counts when its empty line has come: what is cut in the middle is asked for again.</summary>
    private (long?, string) Take(long? id, string name)
    {
        Assert.NotEqual("reset", name);
        if (id is not { } seq)
            return (null, "");
        if (Start < 0)
            Start = seq;
        if (name.Length > 0)
            Seen.Add(seq);
        Interlocked.Exchange(ref position, seq);
        connected.TrySetResult();
        return (null, "");
    }
}
