using System.Security.Cryptography;
using System.Text;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Messenger;
using Beseda.Protocol;
using AuthorKind = Beseda.Protocol.AuthorKind;

namespace Beseda.Server.Tests.Channels;

/// <summary>What only Messenger does.</summary>
public sealed class Messenger_tests
{
    [Fact]
    public async Task The_webhook_is_set_only_by_who_knows_the_token()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var page = (MessengerPage)stage.Account;
        var door = new Uri(stage.Channel.Door!);

        Assert.False(await page.SubscribeAsync(door, "somebody's"));
        Assert.False(await page.SubscribeAsync(door, ""));
        Assert.True(await page.SubscribeAsync(door, (await stage.LookAsync()).VerifyToken!));
    }

    [Fact]
    public async Task What_is_not_signed_with_the_app_s_secret_is_not_believed()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var page = (MessengerPage)stage.Account;
        var visitor = page.Meet("Мария");
        // As Meta writes it: other than ASCII escaped with small letters, slashes too.
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"object":"page","entry":[{"id":"{{{page.Id}}}","time":1,"messaging":[{"sender":{"id":"{{{visitor.Id}}}"},"recipient":{"id":"{{{page.Id}}}"},"timestamp":1,"message":{"mid":"m_1","text":"\u043f\u0440\u0438\u0432\u0435\u0442 \/"}}]}]}""");
        var signature = $"sha256={Signed(page.AppSecret, body)}";

        Assert.Equal(403, await KnockAsync(stage, body, null));
        Assert.Equal(403, await KnockAsync(stage, body, $"sha256={Signed("another secret", body)}"));
        Assert.Equal(403, await KnockAsync(stage, body, $"sha256={Signed(page.Token, body)}"));
        Assert.Equal(403, await KnockAsync(stage, body, signature["sha256=".Length..]));
        // The same meaning in other bytes.
        var rewritten = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("\\/", "/", StringComparison.Ordinal));
        Assert.Equal(403, await KnockAsync(stage, rewritten, signature));
        Assert.Empty((await stage.Clerk.DeskAsync()).Conversations);

        Assert.Equal(200, await KnockAsync(stage, body, signature));
        Assert.Equal("привет /", Assert.Single(await HeardAsync(stage)).Text);
    }

    [Fact]
    public async Task A_batch_is_taken_apart_and_what_is_another_page_s_left()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var page = (MessengerPage)stage.Account;
        var (visitor, _) = await stage.TalkAsync();

        page.Together(() =>
        {
            visitor.Write("раз");
            visitor.Write("два");
            visitor.Read();
            visitor.Write("три");
        });
        await Stage.UntilAsync(async () => (await HeardAsync(stage)).Count == 4 ? "" : null);
        Assert.Equal(["Здравствуйте", "раз", "два", "три"], (await HeardAsync(stage)).Select(one => one.Text));

        var foreign = Encoding.UTF8.GetBytes(
            $$$"""{"object":"page","entry":[{"id":"another","time":1,"messaging":[{"sender":{"id":"{{{visitor.Id}}}"},"recipient":{"id":"another"},"timestamp":1,"message":{"mid":"m_9","text":"не вам"}}]},{"id":"{{{page.Id}}}","time":1,"standby":[{"sender":{"id":"{{{visitor.Id}}}"},"recipient":{"id":"{{{page.Id}}}"},"timestamp":1,"message":{"mid":"m_8","text":"другому"}}]}]}""");
        Assert.Equal(200, await KnockAsync(stage, foreign, $"sha256={Signed(page.AppSecret, foreign)}"));
        Assert.Equal(4, (await HeardAsync(stage)).Count);
    }

    [Fact]
    public async Task Everything_a_visitor_can_send_is_understood()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var (visitor, conversation) = await stage.TalkAsync();

        visitor.SendAlbum([Media.Photo(40), Media.Document(new byte[300], "счёт.pdf", "application/pdf")]);
        visitor.Send(Media.Voice());
        visitor.Send(new Media(MediaKind.Video, new byte[900], "кот.mp4", "video/mp4", 2));
        visitor.Send(Media.Sticker());
        var sent = await stage.Clerk.WriteAsync(conversation, "ответьте");
        var seen = await visitor.SeesAsync("ответьте");
        visitor.Write("на это", replyTo: seen.Id);
        ((MessengerCustomer)visitor).React(seen.Id, "love");

        var heard = await Stage.UntilAsync(async () => await HeardAsync(stage) is { Count: 6 } all && all.SelectMany(one => one.Files).All(file => file.Url is not null) ? all : null);
        Assert.Equal(["photo.jpg", "sticker.png", "video.mp4", "voice.mp4", "счёт.pdf"], heard.SelectMany(one => one.Files).Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(sent.Seq, heard.Single(one => one.Text == "на это").ReplyTo);
        await stage.Account.DeliveredAsync();
        Assert.Equal(0, (await stage.LookAsync()).Health!.NotUnderstood);
    }

    [Fact]
    public async Task What_is_answered_in_the_page_s_own_inbox_joins_the_conversation()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var (visitor, conversation) = await stage.TalkAsync();
        await stage.Clerk.WriteAsync(conversation, "из Беседы");
        await visitor.SeesAsync("из Беседы");

        ((MessengerPage)stage.Account).Answer((MessengerCustomer)visitor, "из ящика страницы");

        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).SingleOrDefault(one => one.Text == "из ящика страницы" && one.Author.Kind == AuthorKind.Operator));
        await stage.Account.DeliveredAsync();
        var said = await stage.MessagesAsync(conversation);
        Assert.Single(said, one => one.Text == "из Беседы");
        Assert.Single(visitor.Chat.Received, one => one.Text == "из ящика страницы");
    }

    [Fact]
    public async Task A_message_is_seen_to_arrive_and_to_be_read()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var (visitor, conversation) = await stage.TalkAsync();
        ((MessengerCustomer)visitor).Online = false;

        var sent = await stage.Clerk.WriteAsync(conversation, "получили?");
        await visitor.SeesAsync("получили?");
        await StandsAsync(stage, conversation, sent.Seq, Delivery.Sent);
        ((MessengerCustomer)visitor).Online = true;
        await StandsAsync(stage, conversation, sent.Seq, Delivery.Delivered);
        visitor.Read();
        await Stage.UntilAsync(async () => (await stage.Clerk.TimelineAsync(conversation, "?limit=200")).Events
            .OfType<MessageRead>().FirstOrDefault(read => read.By == AuthorKind.Visitor && read.Message >= sent.Seq));
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_server_went_down_is_not_said_twice()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var (visitor, conversation) = await stage.TalkAsync();
        await stage.Account.DeliveredAsync();

        // The page's echoes are late: the new process has to wait for them.
        stage.Faults.Disorder = TimeSpan.FromSeconds(5);
        stage.Faults.LoseAnswers(method: "messages");
        var sent = await stage.Clerk.WriteAsync(conversation, "один раз");
        await visitor.SeesAsync("один раз");
        await stage.Server.RestartAsync();

        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).SingleOrDefault(one => one.Seq == sent.Seq && one.Delivery is not null));
        await stage.Clerk.WriteAsync(conversation, "потом");
        await visitor.SeesAsync("потом");
        Assert.Single(visitor.Chat.Received, one => one.Text == "один раз");
    }

    [Fact]
    public async Task After_a_day_of_silence_nothing_can_be_said()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var (_, conversation) = await stage.TalkAsync();

        stage.Town.World.Advance(TimeSpan.FromHours(25));
        var sent = await stage.Clerk.WriteAsync(conversation, "поздно");

        await StandsAsync(stage, conversation, sent.Seq, Delivery.Failed);
        Assert.Equal("too-late", (await stage.MessagesAsync(conversation)).Single(one => one.Seq == sent.Seq).Failure);
    }

    [Fact]
    public async Task A_person_may_answer_for_a_week_where_Meta_lets_them()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger, settings: new() { ["humanAgent"] = "on" });
        var (visitor, conversation) = await stage.TalkAsync();

        stage.Town.World.Advance(TimeSpan.FromHours(25));
        await stage.Clerk.WriteAsync(conversation, "от человека");
        await visitor.SeesAsync("от человека");
        var call = await Stage.UntilAsync(() => Task.FromResult(stage.Account.Calls.Of("messages").LastOrDefault(one => one.Status == 200 && one.Arguments.ContainsKey("tag"))));
        Assert.Equal(("MESSAGE_TAG", "HUMAN_AGENT"), (call.Arguments["messaging_type"]!.ToString(), call.Arguments["tag"]!.ToString()));

        // What Beseda says by itself is no person's.
        (await stage.Clerk.DoAsync(conversation, "close")).Must(204);
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one is { Author.Kind: AuthorKind.System, Failure: "too-late" }));
        Assert.DoesNotContain(visitor.Chat.Received, one => one.Text!.StartsWith("Разговор завершён", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_call_proves_that_the_app_makes_it_and_a_wrong_secret_shows_at_once()
    {
        await using var stage = await Stage.SetAsync(Cast.Messenger);
        var page = (MessengerPage)stage.Account;
        Assert.All(page.Calls.All, call => Assert.True(call.Arguments.ContainsKey("appsecret_proof")));
        Assert.Equal($"https://m.me/{page.Id}", stage.Channel.Link);

        var wrong = Cast.Messenger.Settings(stage.Town.Messenger.Open("Другая"));
        wrong = wrong with { Secrets = new Dictionary<string, string>(wrong.Secrets!) { ["appSecret"] = "wrong" } };
        (await stage.Company.Admin.PostAsync("/api/admin/channels", wrong)).Must(422, "token-refused");
    }

    private static Task<MessagePosted> StandsAsync(Stage stage, long conversation, long message, Delivery delivery) =>
        Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).SingleOrDefault(one => one.Seq == message && one.Delivery == delivery));

    private static async Task<IReadOnlyList<MessagePosted>> HeardAsync(Stage stage) =>
        [.. (await stage.MessagesAsync((await stage.ConversationAsync()).Id)).Where(one => one.Author.Kind == AuthorKind.Visitor)];

    private static async Task<int> KnockAsync(Stage stage, byte[] body, string? signature)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, stage.Channel.Door) { Content = new ByteArrayContent(body) };
        if (signature is not null)
            request.Headers.Add("X-Hub-Signature-256", signature);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private static string Signed(string key, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));
}
