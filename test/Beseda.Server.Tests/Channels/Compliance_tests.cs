using System.Net.Http.Headers;
using Beseda.Platforms.Customers;
using Beseda.Protocol;
using AuthorKind = Beseda.Protocol.AuthorKind;

namespace Beseda.Server.Tests.Channels;

/// <summary>What every channel does alike, whatever its platform.</summary>
public sealed class Compliance_tests
{
    public static readonly TheoryData<Cast> All = [.. Casts.All];

    public static readonly TheoryData<Cast> Polled = [.. Casts.All.Where(cast => cast.IsPolled)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_long_text_comes_in_pieces_that_end_where_sentences_do(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();
        var sentences = string.Join(' ', Enumerable.Range(1, 240).Select(i => $"Предложение номер {i} кончается точкой."));

        await stage.Clerk.WriteAsync(conversation, sentences);

        await visitor.SeesAsync(said => said.Text!.EndsWith("номер 240 кончается точкой.", StringComparison.Ordinal));
        var pieces = visitor.Chat.Received.Select(said => said.Text!).Where(text => text.StartsWith("Предложение", StringComparison.Ordinal)).ToList();
        Assert.InRange(pieces.Count, sentences.Length > (await stage.CapabilitiesAsync()).TextLength ? 2 : 1, 10);
        Assert.Equal(sentences, string.Join(' ', pieces));
        Assert.All(pieces, piece => Assert.EndsWith(".", piece, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_a_platform_did_not_take_goes_out_later_once_and_in_order(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();

        stage.Faults.Fail(calls: 2);
        stage.Faults.Limit(calls: 1, retryAfter: 1);
        string[] said = ["первое", "второе", "третье"];
        foreach (var text in said)
            await stage.Clerk.WriteAsync(conversation, text);

        await visitor.SeesAsync("третье", TimeSpan.FromSeconds(30));
        Assert.Equal(said, visitor.Chat.Received.Select(one => one.Text!).Where(said.Contains));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_answer_that_is_lost_doubles_the_message_only_where_the_platform_cannot_tell(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();

        stage.Faults.LoseAnswers(method: cast.SendMethod);
        await stage.Clerk.WriteAsync(conversation, "один раз");
        await stage.Clerk.WriteAsync(conversation, "потом");

        await visitor.SeesAsync("потом", TimeSpan.FromSeconds(40));
        Assert.Equal(cast.SendsOnce ? 1 : 2, visitor.Chat.Received.Count(one => one.Text == "один раз"));
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).All(one => one.Text is not ("один раз" or "потом") || one.Delivery is not null) ? "" : null);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Who_stops_the_channel_is_seen_to_have_and_a_message_that_failed_can_be_sent_again(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();

        visitor.Block();
        var sent = await stage.Clerk.WriteAsync(conversation, "слышно?");

        var failed = await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Seq == sent.Seq && one.Delivery == Delivery.Failed));
        Assert.Equal("blocked", failed.Failure);
        Assert.Contains((await stage.Clerk.TimelineAsync(conversation, "?limit=200")).Events, one => one is VisitorStopped { Stopped: true });

        visitor.Unblock();
        if (cast.OpensSilently)
            visitor.Write("я вернулась");
        (await stage.Clerk.PostAsync($"/api/operator/conversations/{conversation}/messages/{sent.Seq}/resend")).Must(204);
        await visitor.SeesAsync("слышно?");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Seq == sent.Seq && one.Delivery is Delivery.Sent or Delivery.Delivered));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_is_edited_or_taken_back_changes_on_both_sides_as_far_as_the_channel_can(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();
        var can = await stage.CapabilitiesAsync();

        var sent = await stage.Clerk.WriteAsync(conversation, "черновик");
        var seen = await visitor.SeesAsync("черновик");
        (await stage.Clerk.PutAsync($"/api/operator/conversations/{conversation}/messages/{sent.Seq}", new EditedMessage("набело"))).Must(204);
        if (can.Edit)
            await visitor.SeesChatAsync(chat => chat.Received.Any(one => one.Id == seen.Id && one.Text == "набело"));
        (await stage.Clerk.Caller.SendAsync(HttpMethod.Delete, $"/api/operator/conversations/{conversation}/messages/{sent.Seq}", null)).Must(204);
        if (can.Delete)
            await visitor.SeesChatAsync(chat => chat.Bubbles.Any(one => one.Id == seen.Id && one.Deleted));
        Assert.Null((await stage.MessagesAsync(conversation)).Single(one => one.Seq == sent.Seq).Text);

        if (!cast.TellsEdits)
            return;
        stage.Faults.Disorder = TimeSpan.FromSeconds(1);
        var id = visitor.Write("до правки");
        visitor.Edit(id, "после правки");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "после правки" && one.EditedAt is not null));
        Assert.DoesNotContain(await stage.MessagesAsync(conversation), one => one.Text == "до правки");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_token_that_is_refused_shows_and_a_new_one_sends_what_waited(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();

        stage.Account.Revoked = true;
        await stage.Clerk.WriteAsync(conversation, "подождёт");
        await Stage.UntilAsync(async () => await stage.LookAsync() is { Health: { State: ChannelState.TokenRefused, WaitingConversations: 1 } } ill ? ill : null);

        stage.Account.Revoked = false;
        var again = cast.Settings(stage.Account) with { Name = stage.Channel.Name };
        var healed = (await stage.Company.Admin.PutAsync($"/api/admin/channels/{stage.Channel.Id}", again)).Read<ChannelSettings>();
        Assert.Equal(ChannelState.Ok, healed.Health!.State);
        await visitor.SeesAsync("подождёт", TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_platform_that_no_longer_tells_anything_is_made_to_again(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();

        stage.Account.DropWebhook();
        (await stage.Company.Admin.PostAsync($"/api/admin/channels/{stage.Channel.Id}/check")).Must(200);

        visitor.Write("слышите?");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "слышите?"));
        Assert.Equal(ChannelState.Ok, (await stage.LookAsync()).Health!.State);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Nobody_but_the_platform_gets_through_the_door(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var door = new Caller(stage.Server.Address);
        var path = new Uri(stage.Channel.Door!).AbsolutePath;

        foreach (var body in (string[])["", "{}", "[]", "null", "{\"update_id\":1,\"message\":{}}", "не JSON"])
            Assert.InRange((await door.RawAsync(HttpMethod.Post, path, body)).Status, 400, 403);
        Assert.Equal(404, (await door.RawAsync(HttpMethod.Post, $"{path[..^1]}{(path[^1] == 'A' ? 'B' : 'A')}x", "{}")).Status);
        Assert.Equal(404, (await door.RawAsync(HttpMethod.Post, "/channels/nonsense", "{}")).Status);
        Assert.Empty((await stage.Clerk.DeskAsync()).Conversations);
    }

    [Theory]
    [MemberData(nameof(Polled))]
    public async Task A_server_that_nobody_can_reach_asks(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast, settings: new() { ["mode"] = "poll" });
        var (visitor, conversation) = await stage.TalkAsync();

        visitor.Write("и так слышно?");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "и так слышно?"));
        Assert.Empty(stage.Account.Deliveries);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Files_of_every_sort_arrive_whole(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();
        var document = new byte[200_000];
        Random.Shared.NextBytes(document);

        visitor.Send(Media.Document(document, "договор.bin"));
        var came = await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation))
            .SelectMany(one => one.Files).FirstOrDefault(file => file.Url is not null));
        using var http = new HttpClient();
        Assert.Equal(document, await http.GetByteArrayAsync(new Uri(stage.Server.Address, came.Url), TestContext.Current.CancellationToken));

        using var part = new ByteArrayContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var body = new MultipartFormDataContent { { part, "file", "ответ.bin" } };
        var file = (await stage.Clerk.Caller.SendAsync(HttpMethod.Post, "/api/operator/files", body)).Read<FileLink>();
        (await stage.Clerk.DoAsync(conversation, "messages", new OperatorMessage(Names.New("o"), "", Files: [file.Id]))).Must(200);
        var shown = await visitor.SeesAsync(said => said.Media.Count > 0);
        Assert.Equal(document, shown.Media[0].Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Typing_and_reading_show_on_the_other_side_as_far_as_the_channel_can(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var (visitor, conversation) = await stage.TalkAsync();
        var can = await stage.CapabilitiesAsync();

        if (can.TypingShown)
        {
            (await stage.Clerk.DoAsync(conversation, "typing", new TypingRequest("я пишу"))).Must(204);
            await visitor.SeesChatAsync(chat => chat.Typing);
        }

        if (can.TypingSeen)
        {
            await using var feed = await stage.Clerk.ListenAsync();
            visitor.Type();
            await feed.NextAsync(frame => frame.Event == Signals.Typing);
        }

        if (can.Seen)
        {
            var sent = await stage.Clerk.WriteAsync(conversation, "прочтите");
            await visitor.SeesAsync("прочтите");
            visitor.Read();
            await Stage.UntilAsync(async () => (await stage.Clerk.TimelineAsync(conversation, "?limit=200")).Events
                .OfType<MessageRead>().FirstOrDefault(read => read.By == AuthorKind.Visitor && read.Message >= sent.Seq));
        }
    }
}
