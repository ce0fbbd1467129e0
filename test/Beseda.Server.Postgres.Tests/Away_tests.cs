using Beseda.Cluster;
using Beseda.Domain;
using Beseda.Domain.Conversations;
using Beseda.Journal;

namespace Beseda.Server.Tests.Channels;

/// <summary>The database goes away while channels are at work.</summary>
public sealed class Away_tests
{
    public static readonly TheoryData<Cast> Polled = [.. Casts.All.Where(cast => cast.IsPolled)];

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task A_database_that_is_away_for_a_while_stops_no_channel_and_doubles_nothing(Cast cast)
    {
        using var cluster = PostgresCluster.Start();
        await using var stage = await Stage.SetAsync(
            cast, settings: new() { ["mode"] = "poll" }, more: ["--database", cluster.UrlOf(cluster.AddDatabase())]);
        var (visitor, conversation) = await stage.TalkAsync();

        // It is at the platform's when the database goes, and is taken there before the database is back.
        var met = stage.Faults.Met;
        stage.Faults.HangFor(TimeSpan.FromSeconds(4), cast.SendMethod);
        await stage.Clerk.WriteAsync(conversation, "в это время");
        await Stage.UntilAsync(() => Task.FromResult(stage.Faults.Met > met ? "" : null));
        cluster.Stop("immediate");
        visitor.Write("слышно?");
        await visitor.SeesAsync("в это время");
        // Asked after it: by now the sender has been told as well that nothing can be written down.
        Assert.IsType<Answer.Unavailable>(await stage.Company.Journal.SubmitAsync(stage.Company.Id, new Spoken(Actor.System.Itself, new Tick())));
        cluster.Resume();

        await Stage.UntilAsync(async () => await WorksAsync(stage) ? "" : null, TimeSpan.FromSeconds(60));
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "слышно?"), TimeSpan.FromSeconds(60));
        await stage.Clerk.WriteAsync(conversation, "теперь");
        await visitor.SeesAsync("теперь", TimeSpan.FromSeconds(60));
        Assert.Single(visitor.Chat.Received, one => one.Text == "в это время");
        Assert.Single(await stage.MessagesAsync(conversation), one => one.Text == "слышно?");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "в это время" && one.Delivery is not null));
    }

    private static async Task<bool> WorksAsync(Stage stage) => (await stage.Clerk.GetAsync("/api/operator/desk")).Status == 200;
}
