using System.Security.Cryptography;
using System.Text;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Viber;
using Beseda.Protocol;
using SkiaSharp;
using AuthorKind = Beseda.Protocol.AuthorKind;
using Place = Beseda.Platforms.Customers.Place;

namespace Beseda.Server.Tests.Channels;

/// <summary>What only Viber does.</summary>
public sealed class Viber_tests
{
    [Fact]
    public async Task Without_a_public_address_it_cannot_be_connected_and_says_why()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        await using var hidden = await Server.StartAsync(["--limits", "off", $"--Channels:viber:Address={stage.Town.Address}viber/"]);
        var company = await Company.OpenAsync(hidden);

        var refused = (await company.Admin.PostAsync("/api/admin/channels", Cast.Viber.Settings(stage.Town.Viber.Open("Другой")))).Must(422, "platform-refused");

        Assert.Contains("--public-url", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_signed_with_the_token_is_not_believed()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var body = Encoding.UTF8.GetBytes(
            """{"event":"message","timestamp":1,"message_token":4912661846655238145,"sender":{"id":"A=","name":"Анна"},"message":{"type":"text","text":"привет"}}""");
        var signature = Signed(stage.Account.Token, body);

        Assert.Equal(403, await KnockAsync(stage, body, null));
        Assert.Equal(403, await KnockAsync(stage, body, Signed("another token", body)));
        Assert.Equal(403, await KnockAsync(stage, body, signature[..^1]));
        Assert.Equal(403, await KnockAsync(stage, [.. body, (byte)' '], signature));
        Assert.Empty((await stage.Clerk.DeskAsync()).Conversations);

        Assert.Equal(200, await KnockAsync(stage, body, signature));
        Assert.Equal("Анна", (await stage.ConversationAsync()).Visitor.Name);
        // A token that no double holds.
        Assert.Equal(200, await KnockAsync(stage, body, signature));
        var next = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("238145", "238146", StringComparison.Ordinal));
        Assert.Equal(200, await KnockAsync(stage, next, Signed(stage.Account.Token, next)));
        await Stage.UntilAsync(async () => (await HeardAsync(stage)).Count == 2 ? "" : null);
    }

    [Fact]
    public async Task Everything_a_visitor_can_send_is_understood()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var (visitor, conversation) = await stage.TalkAsync();
        var film = new Media(MediaKind.Video, new byte[5_000], "кот.mp4", "video/mp4", 3);

        visitor.Send(Media.Photo(50), "подпись");
        visitor.Send(film);
        visitor.Send(Media.Document(new byte[700], "счёт.pdf", "application/pdf"));
        visitor.Send(Media.Sticker());
        visitor.SendCard(new Card("+79001234567", "Алексей"));
        visitor.SendPlace(new Place(55.7, 37.6));
        await DeliverAsync(stage, """{"event":"message","timestamp":1,"message_token":77,"sender":{"id":"$","name":"Пётр Петров"},"message":{"type":"url","media":"https://example.com/"}}""", visitor);
        await DeliverAsync(stage, """{"event":"message","timestamp":1,"message_token":78,"sender":{"id":"$","name":"Пётр Петров"},"message":{"type":"hologram"}}""", visitor);

        var heard = await Stage.UntilAsync(async () => await HeardAsync(stage) is { Count: 9 } all && all.SelectMany(one => one.Files).All(file => file.Url is not null) ? all : null);
        var texts = heard.Select(one => one.Text).ToList();
        Assert.Contains("подпись", texts);
        Assert.Contains("Алексей\n+79001234567", texts);
        Assert.Contains(texts, text => text!.Contains("mlat=55.7&mlon=37.6", StringComparison.Ordinal));
        Assert.Contains("https://example.com/", texts);
        Assert.Contains("[hologram]", texts);
        Assert.Equal(["photo.png", "sticker.png", "кот.mp4", "счёт.pdf"], heard.SelectMany(one => one.Files).Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(conversation, (await stage.ConversationAsync()).Id);
        Assert.Equal(0, (await stage.LookAsync()).Health!.NotUnderstood);
    }

    [Fact]
    public async Task Who_opens_the_chat_is_greeted_at_once_and_starts_nothing()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var visitor = stage.Account.Meet("Ольга", "en");

        visitor.Start("promo");

        await visitor.SeesAsync("Hello! This is Общество. Write your question here.");
        Assert.Equal(0, stage.Account.Calls.Count("send_message"));
        Assert.Empty((await stage.Clerk.DeskAsync()).Conversations);
    }

    [Fact]
    public async Task The_way_out_stays_in_sight_while_the_conversation_runs()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var (visitor, conversation) = await stage.TalkAsync();

        await stage.Clerk.WriteAsync(conversation, "Пишу <b>без</b> кнопок");
        await visitor.SeesAsync("Пишу <b>без</b> кнопок");
        Assert.Equal("Завершить чат", Assert.Single(visitor.Chat.Keyboard.SelectMany(row => row)).Label);

        // Only a press says what our button says; a word that looks like it is a word.
        visitor.Write("close");
        await Stage.UntilAsync(async () => (await HeardAsync(stage)).FirstOrDefault(one => one.Text == "close"));
        visitor.Press("Завершить чат");
        await visitor.SeesAsync("Как вам помог оператор Анна?");
        await visitor.SeesChatAsync(chat => chat.Keyboard.SelectMany(row => row).Select(button => button.Label).SequenceEqual(["1 ★", "2 ★", "3 ★", "4 ★", "5 ★"]));
        Assert.DoesNotContain(visitor.Chat.Bubbles, bubble => bubble.Text?.Contains("beseda:", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task Pictures_go_out_as_photos_of_a_megabyte_at_most()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var (visitor, conversation) = await stage.TalkAsync();

        await SendAsync(stage, conversation, Noise(2_400, 1_800), "схема.png", "image/png");

        var shown = (await visitor.SeesAsync(said => said.Media.Count > 0, TimeSpan.FromSeconds(30))).Media[0];
        Assert.Equal((MediaKind.Photo, "image/jpeg"), (shown.Kind, shown.MimeType));
        Assert.InRange(shown.Bytes.Length, 1, 1024 * 1024);
        Assert.Equal((1_600, 1_200), Picture.Measure(shown.Bytes.Span));
        var call = stage.Account.Calls.Of("send_message").Single(one => one.Arguments["type"]!.ToString() == "picture");
        Assert.EndsWith(".jpeg", call.Arguments["media"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_seen_to_arrive_and_to_be_read()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var (visitor, conversation) = await stage.TalkAsync();
        ((ViberCustomer)visitor).Online = false;

        var sent = await stage.Clerk.WriteAsync(conversation, "получили?");
        await visitor.SeesAsync("получили?");
        await StandsAsync(stage, conversation, sent.Seq, Delivery.Sent);
        ((ViberCustomer)visitor).Online = true;
        await StandsAsync(stage, conversation, sent.Seq, Delivery.Delivered);
        visitor.Read();
        await Stage.UntilAsync(async () => (await stage.Clerk.TimelineAsync(conversation, "?limit=200")).Events
            .OfType<MessageRead>().FirstOrDefault(read => read.By == AuthorKind.Visitor && read.Message >= sent.Seq));
    }

    [Fact]
    public async Task What_was_taken_and_could_not_be_shown_has_failed_and_can_be_sent_again()
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var (visitor, conversation) = await stage.TalkAsync();
        ((ViberCustomer)visitor).Online = false;
        var sent = await stage.Clerk.WriteAsync(conversation, "не показалось");
        var seen = await visitor.SeesAsync("не показалось");
        await StandsAsync(stage, conversation, sent.Seq, Delivery.Sent);

        var failed = $$$"""{"event":"failed","timestamp":1,"message_token":{{{seen.Id}}},"user_id":"$","desc":"keyboard is not valid"}""";
        await DeliverAsync(stage, failed, visitor);
        await StandsAsync(stage, conversation, sent.Seq, Delivery.Failed);
        Assert.Equal("refused", (await stage.MessagesAsync(conversation)).Single(one => one.Seq == sent.Seq).Failure);

        (await stage.Clerk.PostAsync($"/api/operator/conversations/{conversation}/messages/{sent.Seq}/resend")).Must(204);
        await StandsAsync(stage, conversation, sent.Seq, Delivery.Sent);
        // Told once more, of what has been replaced.
        await DeliverAsync(stage, failed, visitor);
        Assert.Equal(Delivery.Sent, (await stage.MessagesAsync(conversation)).Single(one => one.Seq == sent.Seq).Delivery);
        Assert.Equal(2, visitor.Chat.Received.Count(one => one.Text == "не показалось"));
    }

    [Theory]
    [InlineData(5, "blocked")]
    [InlineData(6, "blocked")]
    [InlineData(11, "blocked")]
    [InlineData(3, "refused")]
    [InlineData(13, "refused")]
    public async Task A_refusal_is_told_with_its_reason(int status, string reason)
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var (_, conversation) = await stage.TalkAsync();

        stage.Faults.Fail(status: status, method: "send_message");
        var sent = await stage.Clerk.WriteAsync(conversation, "дойдёт?");

        await StandsAsync(stage, conversation, sent.Seq, Delivery.Failed);
        Assert.Equal(reason, (await stage.MessagesAsync(conversation)).Single(one => one.Seq == sent.Seq).Failure);
    }

    [Theory]
    [InlineData(12, ChannelState.Failing)]
    [InlineData(503, ChannelState.Failing)]
    [InlineData(2, ChannelState.TokenRefused)]
    [InlineData(10, ChannelState.TokenRefused)]
    public async Task What_passes_is_waited_for(int status, ChannelState state)
    {
        await using var stage = await Stage.SetAsync(Cast.Viber);
        var (visitor, conversation) = await stage.TalkAsync();

        stage.Faults.FailFor(TimeSpan.FromSeconds(3), status, "send_message");
        await stage.Clerk.WriteAsync(conversation, "позже");

        await Stage.UntilAsync(async () => (await stage.LookAsync()).Health!.State == state ? "" : null);
        await visitor.SeesAsync("позже", TimeSpan.FromSeconds(30));
    }

    private static Task<MessagePosted> StandsAsync(Stage stage, long conversation, long message, Delivery delivery) =>
        Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).SingleOrDefault(one => one.Seq == message && one.Delivery == delivery));

    private static async Task<IReadOnlyList<MessagePosted>> HeardAsync(Stage stage) =>
        [.. (await stage.MessagesAsync((await stage.ConversationAsync()).Id)).Where(one => one.Author.Kind == AuthorKind.Visitor)];

    /// <param name="update"><c>$</c> stands for the visitor.</param>
    private static async Task DeliverAsync(Stage stage, string update, Customer visitor)
    {
        var body = Encoding.UTF8.GetBytes(update.Replace("$", visitor.Id, StringComparison.Ordinal));
        Assert.Equal(200, await KnockAsync(stage, body, Signed(stage.Account.Token, body)));
    }

    private static async Task<int> KnockAsync(Stage stage, byte[] body, string? signature)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, stage.Channel.Door) { Content = new ByteArrayContent(body) };
        if (signature is not null)
            request.Headers.Add("X-Viber-Content-Signature", signature);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private static string Signed(string key, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));

    private static async Task SendAsync(Stage stage, long conversation, byte[] content, string name, string type)
    {
        using var part = new ByteArrayContent(content) { Headers = { ContentType = new(type) } };
        using var body = new MultipartFormDataContent { { part, "file", name } };
        var file = (await stage.Clerk.Caller.SendAsync(HttpMethod.Post, "/api/operator/files", body)).Read<FileLink>();
        (await stage.Clerk.DoAsync(conversation, "messages", new OperatorMessage(Names.New("o"), "", Files: [file.Id]))).Must(200);
    }

    /// <summary>What no format makes small.</summary>
    private static byte[] Noise(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
