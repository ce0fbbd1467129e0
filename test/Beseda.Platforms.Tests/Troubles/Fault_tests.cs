using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beseda.Platforms.Telegram;
using Beseda.Platforms.Tests.Webhooks;
using Beseda.Platforms.Viber;

namespace Beseda.Platforms.Tests.Troubles;

/// <summary>What goes wrong goes wrong as ordered, and no further.</summary>
public sealed class Fault_tests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private Town town = null!;
    private TelegramBot bot = null!;
    private TelegramCustomer anna = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync(pace: 0.01);
        bot = town.Telegram.Open("Пекарня");
        anna = bot.Meet("Анна");
        anna.Start();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await town.DisposeAsync();
    }

    [Fact]
    public async Task A_trouble_for_one_method_waits_for_it()
    {
        town.Telegram.Faults.Fail(calls: 2, method: "sendMessage");
        Assert.Equal(200, await CallAsync("getMe"));
        Assert.Equal(500, await CallAsync("sendMessage"));
        Assert.Equal(500, await CallAsync("sendMessage"));
        Assert.Equal(200, await CallAsync("sendMessage"));
        Assert.Single(anna.Chat.Received);
        Assert.Equal(3, bot.Calls.Count("sendMessage"));
    }

    [Fact]
    public async Task A_failing_period_ends_by_itself_or_on_command()
    {
        town.Telegram.Faults.FailFor(TimeSpan.FromMilliseconds(300));
        while (await CallAsync("sendMessage") == 500)
            Assert.Empty(anna.Chat.Received);
        town.Telegram.Faults.FailFor(TimeSpan.FromHours(1));
        Assert.Equal(500, await CallAsync("sendMessage"));
        town.Telegram.Faults.Clear();
        Assert.Equal(200, await CallAsync("sendMessage"));
        Assert.Equal(2, anna.Chat.Received.Count);
    }

    [Fact]
    public async Task Who_waits_out_a_hang_is_heard_and_who_hangs_up_is_not()
    {
        town.Telegram.Faults.HangFor(TimeSpan.FromMilliseconds(700));
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var patient = CallAsync("sendMessage");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CallAsync("sendMessage", impatient.Token));
        Assert.Empty(anna.Chat.Received);
        Assert.Equal(200, await patient);
        Assert.Single(anna.Chat.Received);
    }

    [Fact]
    public async Task Every_platform_doubles_and_mixes_up_what_it_delivers()
    {
        await using var company = await Company.StartAsync();
        var viber = town.Viber.Open("Пекарня");
        var boris = viber.Meet("Борис");
        await SubscribeAsync(viber, company);
        town.Viber.Faults.Duplicate = true;
        town.Viber.Faults.Disorder = TimeSpan.FromMilliseconds(200);
        var written = Enumerable.Range(0, 15).Select(number => boris.Write($"{number}")).ToArray();
        await viber.DeliveredAsync();
        var heard = company.Calls.Skip(1).Select(call => $"{JsonElement.Parse(call.Text).GetProperty("message_token").GetInt64()}").ToArray();
        Assert.Equal(30, heard.Length);
        Assert.Equal(written.Order(), heard.Distinct().Order());
        Assert.NotEqual(written, heard.Distinct());
        Assert.Equal(15, viber.Deliveries.Count(delivery => delivery.Duplicate));

        viber.DropWebhook();
        boris.Write("в пустоту");
        await viber.DeliveredAsync();
        Assert.Equal(31, company.Calls.Count);
    }

    [Fact]
    public async Task A_webhook_that_takes_too_long_has_not_answered()
    {
        await using var company = await Company.StartAsync();
        using var asleep = new ManualResetEventSlim();
        var first = true;
        company.Says = _ =>
        {
            if (first && !(first = false))
                asleep.Wait(Stop);
            return new Answer(200);
        };
        town.World.Patience = TimeSpan.FromMilliseconds(300);
        using var set = await http.GetAsync(new Uri(town.Address, $"/bot{bot.Token}/setWebhook?url={company.Address}"), Stop);
        await bot.DeliveredAsync();
        asleep.Set();
        Assert.Equal([0, 200], bot.Deliveries.Select(delivery => delivery.Status));
    }

    [Fact]
    public async Task Many_at_once_are_numbered_one_after_another()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            await Task.Yield();
            anna.Write($"{number}");
            Assert.Equal(200, await CallAsync("sendMessage"));
        }));
        Assert.Equal(Enumerable.Range(1, 201).Select(id => $"{id}"), anna.Chat.Bubbles.Select(bubble => bubble.Id));
        using var updates = await http.GetAsync(new Uri(town.Address, $"/bot{bot.Token}/getUpdates?offset=-100"), Stop);
        var ids = JsonElement.Parse(await updates.Content.ReadAsStringAsync(Stop)).GetProperty("result").EnumerateArray()
            .Select(update => update.GetProperty("message").GetProperty("message_id").GetInt32()).ToArray();
        Assert.Equal(100, ids.Length);
        Assert.Equal(ids.Order(), ids);
    }

    private async Task<int> CallAsync(string method, CancellationToken? stop = null)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(town.Address, $"/bot{bot.Token}/{method}"), new { chat_id = anna.Person.Number, text = "Добрый день" }, stop ?? Stop);
        return (int)answer.StatusCode;
    }

    private async Task SubscribeAsync(ViberBot viber, Company company)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(town.Address, "/viber/pa/set_webhook")) { Content = JsonContent.Create(new { url = company.Address }) };
        request.Headers.Add("X-Viber-Auth-Token", viber.Token);
        using var answer = await http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
