using System.Text.Json.Nodes;
using AuthorKind = Beseda.Protocol.AuthorKind;

namespace Beseda.Server.Tests.Channels;

/// <summary>VK numbers the messages of a chat, and brings them as it likes.</summary>
public sealed class Order_tests
{
    [Fact]
    public async Task What_waits_behind_a_gap_is_taken_in_order_when_the_gap_is_given_up()
    {
        await using var stage = await Stage.SetAsync(Cast.Vk);
        var (visitor, conversation) = await stage.TalkAsync();

        await BringAsync(stage, ahead: 4, "четвёртое");
        await BringAsync(stage, ahead: 2, "второе");
        await BringAsync(stage, ahead: 3, "третье");

        var heard = await Stage.UntilAsync(async () => (await HeardAsync(stage, conversation)) is { Count: 3 } all ? all : null);
        Assert.Equal(["второе", "третье", "четвёртое"], heard);
        await BringAsync(stage, ahead: 1, "первое");
        Assert.Equal("первое", (await Stage.UntilAsync(async () => (await HeardAsync(stage, conversation)) is { Count: 4 } all ? all : null))[^1]);
    }

    [Fact]
    public async Task An_answer_that_overtakes_what_the_visitor_wrote_does_not_stand_for_it()
    {
        await using var stage = await Stage.SetAsync(Cast.Vk);
        var (visitor, conversation) = await stage.TalkAsync();

        // It takes a number that says nothing of the two before it, which are still on their way.
        stage.Faults.Disorder = TimeSpan.FromMinutes(5);
        visitor.Write("первое");
        visitor.Write("второе");
        stage.Faults.Disorder = TimeSpan.Zero;
        await stage.Clerk.WriteAsync(conversation, "Слушаю вас");
        await visitor.SeesAsync("Слушаю вас");
        await BringAsync(stage, ahead: -1, "второе");
        Assert.Empty(await HeardAsync(stage, conversation));
        await BringAsync(stage, ahead: -2, "первое");

        Assert.Equal(["первое", "второе"], await Stage.UntilAsync(async () => (await HeardAsync(stage, conversation)) is { Count: 2 } all ? all : null));
    }

    /// <summary>As the platform would.</summary>
    /// <param name="ahead">Of the newest number that the chat has.</param>
    private static async Task BringAsync(Stage stage, int ahead, string text)
    {
        var update = JsonNode.Parse(stage.Account.Deliveries.Last(one => one.Kind == "message_new").Body)!;
        var message = update["object"]!["message"]!;
        var newest = stage.Account.Customers.Single().Chat.Bubbles.Count;
        message["conversation_message_id"] = newest + ahead;
        message["id"] = 90_000 + newest + ahead;
        message["text"] = text;
        update["event_id"] = Names.New();
        var answer = await new Caller(stage.Server.Address).RawAsync(HttpMethod.Post, new Uri(stage.Channel.Door!).AbsolutePath, update.ToJsonString());
        Assert.Equal(200, answer.Status);
    }

    /// <summary>Since the greeting.</summary>
    private static async Task<IReadOnlyList<string>> HeardAsync(Stage stage, long conversation) =>
        [.. (await stage.MessagesAsync(conversation)).Where(one => one.Author.Kind == AuthorKind.Visitor).Select(one => one.Text!).Skip(1)];
}
