using Beseda.Platforms;
using Beseda.Platforms.Customers;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Channels;

/// <summary>Whose trouble it is, and who does not notice.</summary>
public sealed class Trouble_tests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static readonly TheoryData<Cast> All = [.. Casts.All];

    /// <summary>One hangs, which takes its time; the others answer with errors.</summary>
    public static readonly TheoryData<Cast, bool> InTrouble = [.. Casts.All.Select(cast => (cast, cast == Cast.Vk))];

    [Theory]
    [MemberData(nameof(InTrouble))]
    public async Task A_platform_in_trouble_delays_only_its_own_shows_it_and_drains_by_itself(Cast cast, bool hangs)
    {
        await using var stage = await Stage.SetAsync(cast);
        var ill = await TalkAsync(stage, stage.Account, cast.Name);
        var others = new List<(Customer Visitor, long Conversation, long Channel)>();
        foreach (var other in Casts.All.Where(other => other != cast))
        {
            var (account, channel) = await stage.ConnectAsync(other);
            var (visitor, conversation) = await TalkAsync(stage, account, other.Name);
            others.Add((visitor, conversation, channel.Id!.Value));
        }

        if (hangs)
            stage.Faults.HangFor(Long);
        else
            stage.Faults.FailFor(Long);
        string[] said = ["раз", "два", "три"];
        foreach (var text in said)
            await stage.Clerk.WriteAsync(ill.Conversation, text);
        foreach (var (visitor, conversation, _) in others)
        {
            await stage.Clerk.WriteAsync(conversation, "как всегда");
            await visitor.SeesAsync("как всегда");
            visitor.Write("вижу");
            await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "вижу"));
        }

        // What visitors say is told by webhook, which the trouble is none of.
        ill.Visitor.Write("а у меня тихо");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(ill.Conversation)).FirstOrDefault(one => one.Text == "а у меня тихо"));
        Assert.DoesNotContain(ill.Visitor.Chat.Received, one => said.Contains(one.Text));
        await Stage.UntilAsync(async () => (await stage.LookAsync()).Health is { State: ChannelState.Failing, Error: not null } health
            && health.Lag + health.WaitingConversations > 0 ? health : null, Patience);
        foreach (var (_, _, channel) in others)
            await Stage.UntilAsync(async () => (await stage.LookAsync(channel)).Health is { State: ChannelState.Ok, Lag: 0, WaitingConversations: 0 } health ? health : null);
        Assert.DoesNotContain(ill.Visitor.Chat.Received, one => said.Contains(one.Text));

        stage.Faults.Clear();
        await ill.Visitor.SeesAsync("три", Patience);
        Assert.Equal(said, ill.Visitor.Chat.Received.Select(one => one.Text!).Where(said.Contains));
        await Stage.UntilAsync(async () => (await stage.LookAsync()).Health is { State: ChannelState.Ok, Error: null, Lag: 0, WaitingConversations: 0 } health ? health : null, Patience);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_chat_that_nothing_can_be_sent_to_delays_no_other_of_its_channel(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var ill = await TalkAsync(stage, stage.Account, cast.Name);
        var well = await TalkAsync(stage, stage.Account, cast.Name);

        stage.Faults.FailFor(Long, about: ill.Visitor.Id);
        await stage.Clerk.WriteAsync(ill.Conversation, "подождёт");
        foreach (var text in (string[])["раз", "два", "три"])
        {
            await stage.Clerk.WriteAsync(well.Conversation, text);
            await well.Visitor.SeesAsync(text);
        }

        await Stage.UntilAsync(async () => (await stage.LookAsync()).Health is { WaitingConversations: 1 } health ? health : null);
        Assert.DoesNotContain(ill.Visitor.Chat.Received, one => one.Text == "подождёт");
        stage.Faults.Clear();
        await ill.Visitor.SeesAsync("подождёт", Patience);
        Assert.Single(ill.Visitor.Chat.Received, one => one.Text == "подождёт");
    }

    /// <summary>Somebody else, whom the operator talks to.</summary>
    private static async Task<(Customer Visitor, long Conversation)> TalkAsync(Stage stage, Account account, string channel)
    {
        var visitor = account.Meet($"Клиент {Names.New()}");
        visitor.Start();
        visitor.Write("Здравствуйте");
        var conversation = await Stage.UntilAsync(async () =>
            (await stage.Clerk.DeskAsync()).Conversations.SingleOrDefault(one => one.Channel == channel && one.Status == ConversationStatus.Queued));
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        await visitor.SeesAsync("Анна присоединяется к разговору.");
        return (visitor, conversation.Id);
    }
}
