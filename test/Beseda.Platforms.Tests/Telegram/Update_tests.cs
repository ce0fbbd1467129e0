using System.Text.Json;
using Beseda.Platforms.Telegram;
using Beseda.Platforms.Tests.Webhooks;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Beseda.Platforms.Tests.Telegram;

/// <summary>How updates reach a webhook, and why they sometimes do not.</summary>
public sealed class Update_tests : IAsyncLifetime
{
    private Town town = null!;
    private Company company = null!;
    private TelegramBot bot = null!;
    private TelegramCustomer anna = null!;
    private TelegramBotClient client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync(pace: 0.02);
        company = await Company.StartAsync();
        bot = town.Telegram.Open("Помощник");
        anna = bot.Meet("Анна");
        client = new TelegramBotClient(new TelegramBotClientOptions(bot.Token, town.Address.AbsoluteUri) { RetryThreshold = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        await town.DisposeAsync();
        await company.DisposeAsync();
    }

    [Fact]
    public async Task A_webhook_gets_what_waited_for_it_with_its_secret()
    {
        anna.Start();
        anna.Write("раз");
        await client.SetWebhook(company.Address.AbsoluteUri, secretToken: "S-e_1", cancellationToken: Stop);
        var calls = await company.HearsAsync(2);
        Assert.All(calls, call => Assert.Equal("S-e_1", call.Headers["X-Telegram-Bot-Api-Secret-Token"].ToString()));
        Assert.Equal(["/start", "раз"], Texts());
        await bot.DeliveredAsync();
        var state = await client.GetWebhookInfo(Stop);
        Assert.Equal((company.Address.AbsoluteUri, 0), (state.Url, state.PendingUpdateCount));
    }

    [Fact]
    public async Task A_chat_waits_behind_what_was_not_accepted_and_other_chats_do_not()
    {
        var boris = bot.Meet("Борис");
        var refused = 0;
        company.Says = call => call.Text.Contains("/start", StringComparison.Ordinal) && Interlocked.Increment(ref refused) <= 2 ? new Answer(500) : new Answer(200);
        await client.SetWebhook(company.Address.AbsoluteUri, cancellationToken: Stop);
        anna.Start();
        anna.Write("после");
        boris.Write("мимо");
        await bot.DeliveredAsync();
        Assert.Equal(["/start", "/start", "/start", "после"], Texts().Where(text => text != "мимо"));
        Assert.Equal([1, 2, 3], bot.Deliveries.Where(d => d.Body.Contains("/start", StringComparison.Ordinal)).Select(d => d.Attempt));
        Assert.Contains("500", (await client.GetWebhookInfo(Stop)).LastErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_does_not_wait_behind_messages()
    {
        company.Says = call => new Answer(call.Text.Contains("my_chat_member", StringComparison.Ordinal) ? 200 : 500);
        await client.SetWebhook(company.Address.AbsoluteUri, cancellationToken: Stop);
        anna.Start();
        anna.Block();
        await company.HearsAsync(1, call => call.Text.Contains("kicked", StringComparison.Ordinal));
        Assert.DoesNotContain(bot.Deliveries, delivery => delivery.Kind == "message" && delivery.Accepted);
    }

    [Fact]
    public async Task Retry_After_puts_the_next_attempt_off()
    {
        var first = true;
        company.Says = _ => new Answer(first ? 503 : 200, RetryAfter: first && !(first = false) ? 20 : null);
        await client.SetWebhook(company.Address.AbsoluteUri, cancellationToken: Stop);
        anna.Start();
        await bot.DeliveredAsync();
        Assert.True(bot.Deliveries[1].At - bot.Deliveries[0].At >= TimeSpan.FromSeconds(20 * 0.02));
    }

    [Fact]
    public async Task The_answer_to_a_webhook_may_be_a_call()
    {
        company.Says = _ => new Answer(200, JsonSerializer.Serialize(new { method = "sendMessage", chat_id = anna.Person.Number, text = "сразу" }));
        await client.SetWebhook(company.Address.AbsoluteUri, cancellationToken: Stop);
        anna.Start();
        await anna.SeesAsync("сразу");
    }

    [Fact]
    public async Task Polling_and_a_webhook_exclude_each_other_and_so_do_two_polls()
    {
        var first = client.GetUpdates(timeout: 30, cancellationToken: Stop);
        var second = Later(first);
        Assert.Contains("terminated by other getUpdates", (await Conflict(() => first)).Message, StringComparison.Ordinal);
        await client.SetWebhook(company.Address.AbsoluteUri, cancellationToken: Stop);
        Assert.Contains("terminated by setWebhook", (await Conflict(() => second)).Message, StringComparison.Ordinal);
        Assert.Contains("while webhook is active", (await Conflict(() => client.GetUpdates(cancellationToken: Stop))).Message, StringComparison.Ordinal);
        await client.DeleteWebhook(cancellationToken: Stop);
        anna.Start();
        Assert.Single(await client.GetUpdates(cancellationToken: Stop));
    }

    [Fact]
    public async Task Faults_double_updates_and_mix_them_up()
    {
        town.Telegram.Faults.Duplicate = true;
        town.Telegram.Faults.Disorder = TimeSpan.FromMilliseconds(300);
        await client.SetWebhook(company.Address.AbsoluteUri, cancellationToken: Stop);
        for (var number = 0; number < 20; number++)
            anna.Write($"{number}");
        await company.HearsAsync(40);
        var ids = company.Calls.Select(call => JsonElement.Parse(call.Text).GetProperty("update_id").GetInt64()).ToArray();
        Assert.Equal(20, ids.Distinct().Count());
        Assert.NotEqual(ids.Distinct().Order(), ids.Distinct());
    }

    [Fact]
    public async Task Only_kinds_asked_for_come()
    {
        await client.SetWebhook(company.Address.AbsoluteUri, allowedUpdates: [UpdateType.MyChatMember], cancellationToken: Stop);
        anna.Start();
        anna.Block();
        await bot.DeliveredAsync();
        Assert.Contains("my_chat_member", Assert.Single(company.Calls).Text, StringComparison.Ordinal);
        Assert.Equal("my_chat_member", Assert.Single(bot.Deliveries).Kind);
    }

    private string?[] Texts() => [.. company.Calls.Select(call => JsonSerializer.Deserialize<Update>(call.Text, JsonBotAPI.Options)!.Message!.Text)];

    /// <summary>A second poll, begun as often as it takes to come after the first.</summary>
    private async Task<Update[]> Later(Task first)
    {
        while (true)
        {
            try
            {
                var poll = client.GetUpdates(timeout: 30, cancellationToken: Stop);
                await Task.WhenAny(first, poll);
                if (first.IsCompleted)
                    return await poll;
                await poll;
            }
            catch (ApiRequestException refused) when (refused.ErrorCode == 409 && !first.IsCompleted)
            {
                // It came first and was ended by the other.
            }
        }
    }

    private static async Task<ApiRequestException> Conflict(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<ApiRequestException>(call);
        Assert.Equal(409, refusal.ErrorCode);
        return refusal;
    }
}
