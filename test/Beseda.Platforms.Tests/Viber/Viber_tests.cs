using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Tests.Webhooks;
using Beseda.Platforms.Viber;

namespace Beseda.Platforms.Tests.Viber;

public sealed class Viber_tests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private Town town = null!;
    private Company company = null!;
    private ViberBot bot = null!;
    private ViberCustomer anna = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync(pace: 0.01);
        company = await Company.StartAsync();
        bot = town.Viber.Open("Пекарня");
        anna = bot.Meet("Анна");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await town.DisposeAsync();
        await company.DisposeAsync();
    }

    [Fact]
    public async Task A_webhook_is_greeted_before_it_is_taken_and_everything_is_signed()
    {
        Assert.Equal(10, Status(await SendAsync(new { type = "text", text = "рано" })));
        company.Says = _ => new Answer(404);
        Assert.Equal(1, Status(await CallAsync("set_webhook", new { url = company.Address })));
        company.Says = _ => new Answer(200);
        await SubscribeAsync();
        anna.Write("Здравствуйте");
        await bot.DeliveredAsync();
        Assert.All(company.Calls, call =>
        {
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(bot.Token), call.Body));
            Assert.Equal(signature, call.Headers["X-Viber-Content-Signature"].ToString());
            Assert.Equal($"?sig={signature}", call.Query);
        });
        Assert.Equal(["webhook", "webhook", "message"], company.Calls.Select(call => Event(call).GetProperty("event").GetString()));
        var heard = Event(company.Calls[^1]);
        Assert.Equal(("Здравствуйте", "ru"), (heard.GetProperty("message").GetProperty("text").GetString(), heard.GetProperty("sender").GetProperty("language").GetString()));
    }

    [Fact]
    public async Task Opening_the_chat_may_be_answered_in_place_and_only_there()
    {
        company.Says = call => Event(call).GetProperty("event").GetString() == "conversation_started"
            ? new Answer(200, """{"type":"text","text":"Добро пожаловать","sender":{"name":"Пекарня"}}""")
            : new Answer(200);
        await SubscribeAsync();
        anna.Start("promo7");
        await anna.SeesAsync("Добро пожаловать");
        Assert.Equal(("promo7", false), (Events("conversation_started")[0].GetProperty("context").GetString(), Events("conversation_started")[0].GetProperty("subscribed").GetBoolean()));
        Assert.Equal(6, Status(await SendAsync(new { type = "text", text = "рано" })));
        anna.Write("да");
        Assert.Equal(0, Status(await SendAsync(new { type = "text", text = "теперь можно" })));
        Assert.Empty(Events("subscribed"));
    }

    [Fact]
    public async Task Receipts_share_the_token_of_what_was_sent()
    {
        await SubscribeAsync();
        anna.Write("да");
        anna.Online = false;
        var token = Token(await SendAsync(new { type = "text", text = "раз", tracking_data = "T" }));
        await bot.DeliveredAsync();
        Assert.Empty(Events("delivered"));
        anna.Online = true;
        anna.Read();
        anna.Write("ответ");
        await bot.DeliveredAsync();
        Assert.Equal(token, Token(Assert.Single(Events("delivered"))));
        Assert.Equal((token, anna.Id), (Token(Events("seen")[0]), Events("seen")[0].GetProperty("user_id").GetString()));
        Assert.Equal("T", Events("message")[^1].GetProperty("message").GetProperty("tracking_data").GetString());
        Assert.True(token > 1L << 53);
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_and_a_lost_answer_sends_once()
    {
        await SubscribeAsync();
        var refused = 0;
        company.Says = _ => new Answer(Interlocked.Increment(ref refused) <= 2 ? 503 : 200);
        anna.Write("раз");
        await bot.DeliveredAsync();
        Assert.Equal([1, 2, 3], bot.Deliveries.Select(d => d.Attempt));
        Assert.Single(Events("message").Select(Token).Distinct());
        town.Viber.Faults.LoseAnswers();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(new { type = "text", text = "ответ" }));
        await anna.SeesAsync("ответ");
    }

    [Fact]
    public async Task Keyboards_files_and_cards_are_seen_and_answered()
    {
        await SubscribeAsync();
        anna.Write("да");
        var file = new Uri(town.Address, town.World.Shelf.Put(Media.Photo(7))).AbsoluteUri;
        await SendAsync(new
        {
            type = "picture",
            text = "вот",
            media = file,
            keyboard = new { Type = "keyboard", Buttons = new object[] { new { Columns = 3, Rows = 1, ActionType = "reply", ActionBody = "yes", Text = "<b>Да</b>" }, new { Columns = 3, Rows = 1, ActionType = "share-phone", ActionBody = "p", Text = "Телефон" } } },
        });
        Assert.Equal(Picture.Png(64, 48, 7), (await anna.SeesAsync("вот")).Media[0].Bytes.ToArray());
        Assert.Equal(2, Assert.Single(anna.Chat.Keyboard).Count);
        anna.Press("Да");
        anna.Press("Телефон");
        anna.Send(Media.Document("Акт"u8.ToArray(), "акт.pdf"));
        anna.SendPlace(new Place(55.7, 37.6));
        await bot.DeliveredAsync();
        var got = Events("message").Skip(1).Select(e => e.GetProperty("message")).ToArray();
        Assert.Equal(["text", "contact", "file", "location"], got.Select(m => m.GetProperty("type").GetString()));
        Assert.Equal("yes", got[0].GetProperty("text").GetString());
        Assert.Equal("Акт"u8.ToArray(), await http.GetByteArrayAsync(new Uri(got[2].GetProperty("media").GetString()!), Stop));
    }

    [Fact]
    public async Task A_wrong_keyboard_is_accepted_and_fails_later()
    {
        await SubscribeAsync();
        anna.Write("да");
        var token = Token(await SendAsync(new { type = "text", text = "?", keyboard = new { Type = "keyboard", Buttons = new[] { new { ActionType = "dance" } } } }));
        await bot.DeliveredAsync();
        Assert.Equal(token, Token(Assert.Single(Events("failed"))));
        Assert.Empty(anna.Chat.Received);
    }

    [Fact]
    public async Task Refusals_carry_the_platform_s_codes()
    {
        await SubscribeAsync();
        anna.Write("да");
        Assert.Equal(5, Status(await SendAsync(new { type = "text", text = "?", receiver = "nobody" })));
        Assert.Equal(4, Status(await SendAsync(new { type = "text" })));
        Assert.Equal(3, Status(await SendAsync(new { type = "dance" })));
        anna.Block();
        Assert.Equal(6, Status(await SendAsync(new { type = "text", text = "?" })));
        anna.Unblock();
        for (var sent = 0; sent < 100; sent++)
            Assert.Equal(0, Status(await SendAsync(new { type = "text", text = "!" })));
        Assert.Equal(12, Status(await SendAsync(new { type = "text", text = "!" })));
        town.Viber.Faults.Limit();
        Assert.Equal(12, Status(await CallAsync("get_account_info", new { })));
        town.Viber.Faults.Fail();
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync("get_account_info", new { }));
        bot.Revoked = true;
        Assert.Equal(2, Status(await CallAsync("get_account_info", new { })));
        await bot.DeliveredAsync();
        Assert.Single(Events("unsubscribed"));
        Assert.Single(Events("subscribed"));
    }

    private Task<JsonElement> SubscribeAsync() => CallAsync("set_webhook", new { url = company.Address });

    private Task<JsonElement> SendAsync(object message)
    {
        var whole = JsonSerializer.SerializeToNode(message)!;
        whole["receiver"] ??= anna.Id;
        whole["sender"] = JsonSerializer.SerializeToNode(new { name = "Пекарня" });
        return CallAsync("send_message", whole);
    }

    private async Task<JsonElement> CallAsync(string endpoint, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(town.Address, $"/viber/pa/{endpoint}")) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Viber-Auth-Token", bot.Token);
        using var answer = await http.SendAsync(request, Stop);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop));
    }

    private static int Status(JsonElement answer) => answer.GetProperty("status").GetInt32();

    private static long Token(JsonElement of) => of.GetProperty("message_token").GetInt64();

    private static JsonElement Event(Call call) => JsonElement.Parse(call.Text);

    private JsonElement[] Events(string kind) => [.. company.Calls.Select(Event).Where(e => e.GetProperty("event").GetString() == kind)];
}
