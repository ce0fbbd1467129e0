namespace Beseda.Server.Tests.Durability;

/// <summary>The server is killed again and again while many people write.</summary>
public sealed class Killing_tests
{
    private const int Kills = 8;
    private const int Visitors = 20;
    private const int MessagesBetweenKills = 150;

    [Fact]
    public async Task What_was_acknowledged_is_there_once_and_in_order_however_often_the_server_is_killed()
    {
        await using var server = await RunningServer.StartAsync("--limits", "off");
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(10) };
        using var office = await Office.SignInAsync(server.Address);
        using var stop = new CancellationTokenSource();

        var writers = new List<Writer>();
        for (var i = 0; i < Visitors; i++)
            writers.Add(await Writer.StartAsync(http, i));
        var readers = writers.ConvertAll(writer => new Follower(server.Address, "/api/visitor/feed", writer.Token, null));
        var everything = new Follower(server.Address, "/api/operator/feed", null, office.Cookie);
        var following = readers.Append(everything).Select(reader => reader.RunAsync(stop.Token)).ToList();
        await Task.WhenAll(readers.Append(everything).Select(reader => reader.Connected));
        var writing = writers.ConvertAll(writer => writer.RunAsync(stop.Token));

        for (var kill = 0; kill < Kills; kill++)
        {
            var goal = writers.Sum(writer => writer.Acknowledged.Count) + MessagesBetweenKills;
            await Until.TrueAsync(() => writers.Sum(writer => writer.Acknowledged.Count) >= goal);
            await server.KillAsync();
            await server.RestartAsync();
        }

        writers.ForEach(writer => writer.Finish());
        await Task.WhenAll(writing);
        var journal = await office.JournalAsync();
        var head = journal[^1].Seq;
        await Until.TrueAsync(() => everything.Position >= head && readers.TrueForAll(reader => reader.Position >= head));
        await stop.CancelAsync();
        await Task.WhenAll(following);

        Assert.Equal(Enumerable.Range(1, journal.Count).Select(i => (long)i), journal.Select(e => e.Seq));
        var posted = journal.Where(e => e.Kind == "message.posted").ToLookup(e => e.ClientId!);
        foreach (var writer in writers)
        {
            // Everything this visitor sent was acknowledged in the end, each once and with the number it has.
            Assert.NotEmpty(writer.Acknowledged);
            foreach (var (clientId, seq) in writer.Acknowledged)
                Assert.Equal(seq, Assert.Single(posted[clientId]).Seq);
            Assert.Equal(writer.Acknowledged, writer.Acknowledged.OrderBy(one => one.Seq));
        }

        Assert.Equal(writers.Sum(writer => writer.Acknowledged.Count), posted.Count);
        foreach (var (writer, reader) in writers.Zip(readers))
            Assert.Equal(journal.Where(e => e.Visitor == writer.Visitor).Select(e => e.Seq), reader.Seen);
        Assert.Equal(journal.Where(e => e.Seq > everything.Start).Select(e => e.Seq), everything.Seen);
    }
}
