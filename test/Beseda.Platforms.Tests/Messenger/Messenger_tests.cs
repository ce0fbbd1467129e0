using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Messenger;
using Beseda.Platforms.Tests.Webhooks;

namespace Beseda.Platforms.Tests.Messenger;

public sealed class Messenger_tests : IAsyncLifetime
{
    private const string AllFields = "messages,messaging_postbacks,message_deliveries,message_reads,message_echoes,message_edits,message_reactions,messaging_referrals";
    private readonly HttpClient http = new();
    private Town town = null!;
    private Company company = null!;
    private MessengerPage page = null!;
    private MessengerCustomer anna = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync(pace: 0.01);
        company = await Company.StartAsync();
        page = town.Messenger.Open("Пекарня");
        anna = page.Meet("Анна Каренина");
        company.Says = Obedient;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await town.DisposeAsync();
        await company.DisposeAsync();
    }

    [Fact]
    public async Task A_webhook_is_challenged_and_its_deliveries_are_signed_as_they_are_escaped()
    {
        company.Says = _ => new Answer(403);
        Assert.Equal(2200, await RefusalAsync(() => AppAsync("subscriptions", Subscription())));
        company.Says = Obedient;
        await SubscribeAsync();
        anna.Write("Привет/🙂");
        await page.DeliveredAsync();
        var call = company.Calls[^1];
        Assert.Equal($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(page.AppSecret), call.Body))}", call.Headers["X-Hub-Signature-256"].ToString());
        Assert.Contains("\\u041f\\u0440\\u0438\\u0432\\u0435\\u0442\\/\\ud83d\\ude42", call.Text, StringComparison.Ordinal);
        Assert.Contains("hub.mode=subscribe", company.Calls[0].Query, StringComparison.Ordinal);
        var heard = Assert.Single(Events("message"));
        Assert.Equal(("Привет/🙂", anna.Id, page.Id), (heard.GetProperty("message").GetProperty("text").GetString(), heard.GetProperty("sender").GetProperty("id").GetString(), heard.GetProperty("recipient").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Own_messages_come_back_as_echoes_with_what_was_attached_to_them()
    {
        await SubscribeAsync();
        anna.Start("promo7");
        var sent = await SendAsync(new { text = "Добрый день", metadata = "наш-17" });
        page.Answer(anna, "из ящика");
        await page.DeliveredAsync();
        var echoes = Events("message").Select(e => e.GetProperty("message")).ToArray();
        Assert.Equal((sent.GetProperty("message_id").GetString(), "наш-17", page.AppId), (echoes[0].GetProperty("mid").GetString(), echoes[0].GetProperty("metadata").GetString(), $"{echoes[0].GetProperty("app_id").GetInt64()}"));
        Assert.Equal(MessengerPage.InboxApp, echoes[1].GetProperty("app_id").GetInt64());
        Assert.Equal(("GET_STARTED", "promo7"), (Events("postback")[0].GetProperty("postback").GetProperty("payload").GetString(), Events("postback")[0].GetProperty("postback").GetProperty("referral").GetProperty("ref").GetString()));
    }

    [Fact]
    public async Task Receipts_edits_and_reactions_come()
    {
        await SubscribeAsync();
        var id = anna.Write("пшт");
        var mid = (await SendAsync(new { text = "?" })).GetProperty("message_id").GetString();
        anna.Edit(id, "опечатка");
        anna.React(mid!, "love");
        anna.Read();
        await page.DeliveredAsync();
        Assert.Equal(mid, Events("delivery")[0].GetProperty("delivery").GetProperty("mids")[0].GetString());
        Assert.Equal(("опечатка", 1), (Events("message_edit")[0].GetProperty("message_edit").GetProperty("text").GetString(), Events("message_edit")[0].GetProperty("message_edit").GetProperty("num_edit").GetInt32()));
        Assert.Equal("love", Events("reaction")[0].GetProperty("reaction").GetProperty("reaction").GetString());
        Assert.InRange(Events("read")[0].GetProperty("read").GetProperty("watermark").GetInt64(), DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds(), long.MaxValue);
    }

    [Fact]
    public async Task Quick_replies_templates_and_files_are_seen_and_answered()
    {
        await SubscribeAsync();
        anna.Write("есть?");
        await SendAsync(new { text = "какой?", quick_replies = new[] { new { content_type = "text", title = "Ржаной", payload = "RYE" } } });
        anna.Press("Ржаной");
        await SendAsync(new { attachment = new { type = "template", payload = new { template_type = "button", text = "Ещё?", buttons = new[] { new { type = "postback", title = "Да", payload = "MORE" } } } } });
        anna.Press("Да");
        var url = new Uri(town.Address, town.World.Shelf.Put(Media.Photo(7))).AbsoluteUri;
        await SendAsync(new { attachment = new { type = "image", payload = new { url } } });
        Assert.Equal(Picture.Png(64, 48, 7), (await anna.SeesAsync(b => b.Media.Count == 1)).Media[0].Bytes.ToArray());
        anna.Send(Media.Document("Акт"u8.ToArray(), "акт.pdf"), "вот");
        await page.DeliveredAsync();
        var said = Events("message").Select(e => e.GetProperty("message")).Where(m => !m.TryGetProperty("is_echo", out _)).ToArray();
        Assert.Equal("RYE", said[1].GetProperty("quick_reply").GetProperty("payload").GetString());
        Assert.Equal("MORE", Events("postback")[0].GetProperty("postback").GetProperty("payload").GetString());
        Assert.Equal("Акт"u8.ToArray(), await http.GetByteArrayAsync(new Uri(said[2].GetProperty("attachments")[0].GetProperty("payload").GetProperty("url").GetString()!), Stop));
        Assert.Equal("вот", said[3].GetProperty("text").GetString());
    }

    [Fact]
    public async Task After_a_day_of_silence_only_a_human_may_write()
    {
        anna.Write("раз");
        town.World.Advance(TimeSpan.FromHours(25));
        Assert.Equal(10, await RefusalAsync(() => SendAsync(new { text = "?" })));
        var human = new { recipient = new { id = anna.Id }, messaging_type = "MESSAGE_TAG", tag = "HUMAN_AGENT", message = new { text = "это я" } };
        await CallAsync("me/messages", human);
        town.World.Advance(TimeSpan.FromDays(7));
        Assert.Equal(10, await RefusalAsync(() => CallAsync("me/messages", human)));
        anna.Write("два");
        await SendAsync(new { text = "снова можно" });
    }

    [Fact]
    public async Task Refusals_carry_the_platform_s_codes()
    {
        Assert.Equal(100, await RefusalAsync(() => SendAsync(new { text = "рано" })));
        anna.Write("раз");
        anna.Block();
        Assert.Equal(551, await RefusalAsync(() => SendAsync(new { text = "?" })));
        anna.Unblock();
        Assert.Equal(100, await RefusalAsync(() => SendAsync(new { text = new string('я', 2001) })));
        town.Messenger.Faults.Limit();
        Assert.Equal(613, await RefusalAsync(() => SendAsync(new { text = "?" })));
        town.Messenger.Faults.Fail();
        Assert.Equal(2, await RefusalAsync(() => SendAsync(new { text = "?" })));
        town.Messenger.Faults.LoseAnswers();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SendAsync(new { text = "один раз" }));
        await anna.SeesAsync("один раз");
        page.Revoked = true;
        Assert.Equal(190, await RefusalAsync(() => SendAsync(new { text = "?" })));
    }

    [Fact]
    public async Task A_page_that_fails_for_an_hour_is_unsubscribed()
    {
        await SubscribeAsync();
        town.World.Pace = 0.0001;
        company.Says = _ => new Answer(500);
        anna.Write("раз");
        await company.HearsAsync(8, call => call.Method == "POST");
        while (page.Fields.Count > 0)
            await company.HearsAsync(company.Calls.Count + 1);
        company.Says = Obedient;
        anna.Write("мимо");
        await SubscribeAsync();
        anna.Write("снова");
        await page.DeliveredAsync();
        Assert.DoesNotContain("мимо", Events("message").Select(e => e.GetProperty("message").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Events_may_come_together()
    {
        await SubscribeAsync();
        page.Together(() =>
        {
            anna.Write("раз");
            anna.Write("два");
        });
        await page.DeliveredAsync();
        Assert.Equal(2, Events("message").Length);
        Assert.Single(company.Calls, call => call.Method == "POST");
    }

    private Answer Obedient(Call call) => call.Method == "GET"
        ? new Answer(200, Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(call.Query)["hub.challenge"].ToString())
        : new Answer(200);

    private object Subscription() => new { @object = "page", callback_url = company.Address, verify_token = "проверка", fields = AllFields };

    private async Task SubscribeAsync()
    {
        await AppAsync("subscriptions", Subscription());
        await CallAsync($"{page.Id}/subscribed_apps", new { subscribed_fields = AllFields });
    }

    private Task<JsonElement> SendAsync(object message) => CallAsync("me/messages", new { recipient = new { id = anna.Id }, messaging_type = "RESPONSE", message });

    private Task<JsonElement> AppAsync(string edge, object body) => PostAsync($"{page.AppId}/{edge}", page.AppToken, body);

    private Task<JsonElement> CallAsync(string path, object body) => PostAsync(path, page.Token, body);

    private async Task<JsonElement> PostAsync(string path, string token, object body)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(town.Address, $"/messenger/v25.0/{path}?access_token={Uri.EscapeDataString(token)}"), body, Stop);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop));
        return answer.IsSuccessStatusCode ? json : throw new GraphError(json.GetProperty("error").GetProperty("code").GetInt32());
    }

    private static async Task<int> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<GraphError>(call)).Code;

    private JsonElement[] Events(string member) =>
    [
        .. company.Calls.Where(call => call.Method == "POST").SelectMany(call => JsonElement.Parse(call.Text).GetProperty("entry").EnumerateArray())
            .SelectMany(entry => entry.GetProperty("messaging").EnumerateArray()).Where(e => e.TryGetProperty(member, out _)),
    ];

    private sealed class GraphError(int code) : Exception($"Error {code}")
    {
        public int Code => code;
    }
}
