using System.Diagnostics;
using Beseda.Cluster;

namespace Beseda.Journal.Tests;

/// <summary>The database goes away and comes back: callers are told in time, readers stay, and it goes on by itself.</summary>
public sealed class Away_tests : IDisposable
{
    private readonly PostgresCluster cluster = PostgresCluster.Start();

    [Theory]
    [InlineData("immediate")]
    [InlineData("frozen")]
    public async Task A_database_that_is_away_is_told_of_in_time_and_loses_nothing(string how)
    {
        await using var nodes = await Nodes.OpenAsync(2, cluster.UrlOf(cluster.AddDatabase()));
        var account = await nodes[0].AddAccountAsync();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(node => SayAsync(nodes[node], account, $"before {node}")));
        using var feed = await nodes[1].OpenFeedAsync(account, [TallyFrame.Key(1)], null);

        Leave(how);
        var asked = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => nodes[n % 2].SubmitAsync(account, Say($"{n}"))));
        Assert.All(answers, answer => Assert.IsType<Answer.Unavailable>(answer));
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        while (await nodes[1].ReadFeedAsync(account, feed, []) is var step && step != FeedStep.UpToDate)
            Assert.Equal(FeedStep.Read, step);

        ComeBack(how);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => SayAsync(nodes[n % 2], account, $"{n}")));
        var events = await nodes[1].ReadAsync(account, 0, 1_000);
        Assert.Equal(Enumerable.Range(1, 42).Select(seq => (long)seq), events.Select(entry => entry.Seq));
    }

    [Fact]
    public async Task A_database_that_restarts_again_and_again_doubles_nothing()
    {
        await using var nodes = await Nodes.OpenAsync(2, cluster.UrlOf(cluster.AddDatabase()));
        var account = await nodes[0].AddAccountAsync();
        using var done = new CancellationTokenSource();
        var writing = Enumerable.Range(0, 10).Select(writer => Task.Run(async () =>
        {
            var said = 0;
            for (; !done.IsCancellationRequested; said++)
                await SayAsync(nodes[writer % 2], account, $"{writer}.{said}");
            return said;
        })).ToList();

        for (var i = 0; i < 4; i++)
        {
            await Task.Delay(700, TestContext.Current.CancellationToken);
            cluster.Stop("immediate");
            cluster.Resume();
        }

        await Task.Delay(700, TestContext.Current.CancellationToken);
        await done.CancelAsync();
        var said = (await Task.WhenAll(writing)).Sum();

        var events = await nodes[0].ReadAsync(account, 0, int.MaxValue);
        Assert.Equal(said, events.Count);
        Assert.Equal(Enumerable.Range(1, said).Select(seq => (long)seq), events.Select(entry => entry.Seq));
        await SayAsync(nodes[1], account, "last");
        Assert.Equal(said + 1, (await nodes[1].StateAsync(account)).Of(1).Sum);
    }

    /// <summary>A machine that vanished says nothing, not even that it is gone.</summary>
    [Fact]
    public async Task Connections_break_when_what_was_sent_is_not_confirmed_for_ten_seconds()
    {
        await using var nodes = await Nodes.OpenAsync(1, cluster.UrlOf(cluster.AddDatabase()));
        await SayAsync(nodes[0], await nodes[0].AddAccountAsync(), "one");

        // One may be opening just now.
        var limits = Limits();
        for (var tries = 0; limits.Contains(0) && tries < 100; tries++, limits = Limits())
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.NotEmpty(limits);
        Assert.All(limits, limit => Assert.Equal(10_000, limit));
    }

    public void Dispose() => cluster.Dispose();

    private List<int> Limits() =>
        [.. Directory.GetFiles("/proc/self/fd").Select(path => LimitOf(int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture))).OfType<int>()];

    /// <summary>TCP_USER_TIMEOUT of a connection to this cluster; null: it is none.</summary>
    private int? LimitOf(int number)
    {
        try
        {
            using var socket = new System.Net.Sockets.Socket(new System.Net.Sockets.SafeSocketHandle(number, ownsHandle: false));
            return socket.RemoteEndPoint is System.Net.IPEndPoint remote && remote.Port == cluster.Port
                ? Option(socket)
                : null;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return null;
        }
    }

    private static int Option(System.Net.Sockets.Socket socket)
    {
        var value = new byte[4];
        socket.GetRawSocketOption(6, 18, value);
        return BitConverter.ToInt32(value);
    }

    private static Count Say(string clientId) => new(1, Sender: 7, ClientId: clientId);

    private static async Task SayAsync(TallyJournal journal, AccountId account, string clientId)
    {
        while (await journal.SubmitAsync(account, Say(clientId)) is not Answer.Committed)
            await Task.Delay(50);
    }

    private void Leave(string how)
    {
        if (how == "frozen")
            cluster.Freeze();
        else
            cluster.Stop(how);
    }

    private void ComeBack(string how)
    {
        if (how == "frozen")
            cluster.Thaw();
        else
            cluster.Resume();
    }
}
