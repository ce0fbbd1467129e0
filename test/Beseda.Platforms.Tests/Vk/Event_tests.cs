using System.Text.Json;
using Beseda.Platforms.Tests.Webhooks;
using Beseda.Platforms.Vk;

namespace Beseda.Platforms.Tests.Vk;

/// <summary>How events reach a callback server or a long poll.</summary>
public sealed class Event_tests : IAsyncLifetime
{
    private Town town = null!;
    private Company company = null!;
    private VkCommunity community = null!;
    private VkCustomer anna = null!;
    private Api api = null!;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync(pace: 0.02);
        company = await Company.StartAsync();
        community = town.Vk.Open("Пекарня");
        anna = community.Meet("Анна");
        api = new Api(town, community);
        company.Says = Obedient;
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await town.DisposeAsync();
        await company.DisposeAsync();
    }

    [Fact]
    public async Task A_server_is_believed_once_it_has_said_the_code()
    {
        company.Says = _ => new Answer(200, "не знаю");
        var server = await SubscribeAsync("message_new");
        anna.Write("мимо");
        Assert.Equal("failed", server.Status);
        company.Says = Obedient;
        Assert.True(await server.ConfirmAsync());
        anna.Write("здравствуйте");
        await community.DeliveredAsync();
        var heard = Assert.Single(Events("message_new"));
        Assert.Equal(("тайна", "5.199", community.Number), (heard.GetProperty("secret").GetString(), heard.GetProperty("v").GetString(), heard.GetProperty("group_id").GetInt64()));
        Assert.Equal("здравствуйте", heard.GetProperty("object").GetProperty("message").GetProperty("text").GetString());
        Assert.Equal("ok", (await api.CallAsync("groups.getCallbackServers", ("group_id", community.Id))).GetProperty("items")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_is_not_answered_ok_comes_again_with_a_counter_and_holds_nothing_up()
    {
        await SubscribeAsync("message_new");
        var refused = false;
        company.Says = call =>
        {
            if (!call.Text.Contains("раз", StringComparison.Ordinal) || refused)
                return Obedient(call);
            refused = true;
            return new Answer(200, "OK!");
        };
        anna.Write("раз");
        anna.Write("два");
        await community.DeliveredAsync();
        Assert.Equal(["раз", "два", "раз"], Events("message_new").Select(e => e.GetProperty("object").GetProperty("message").GetProperty("text").GetString()));
        Assert.Equal("1", company.Calls[^1].Headers["X-Retry-Counter"].ToString());
        Assert.Equal(2, Events("message_new").Select(e => e.GetProperty("event_id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_server_that_says_remove_is_removed()
    {
        await SubscribeAsync("message_new");
        company.Says = _ => new Answer(200, "remove");
        anna.Write("раз");
        await company.HearsAsync(1, call => call.Text.Contains("message_new", StringComparison.Ordinal));
        await community.DeliveredAsync();
        Assert.Equal(0, (await api.CallAsync("groups.getCallbackServers", ("group_id", community.Id))).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task The_community_hears_of_its_own_messages_and_of_its_employees()
    {
        await SubscribeAsync("message_reply", "message_edit", "message_read", "message_typing_state", "message_deny", "message_allow");
        anna.Start();
        await api.CallAsync("messages.send", ("peer_id", anna.Id), ("random_id", 31), ("message", "по API"));
        community.Answer(anna, "со страницы", admin: 7);
        anna.Read();
        anna.Type();
        anna.Edit(anna.Write("пшт"), "опечатка");
        anna.Block();
        anna.Unblock();
        await community.DeliveredAsync();
        var replies = Events("message_reply");
        Assert.Equal((31, false), (replies[0].GetProperty("object").GetProperty("random_id").GetInt32(), replies[0].GetProperty("object").TryGetProperty("admin_author_id", out _)));
        Assert.Equal((7, -community.Number), (replies[1].GetProperty("object").GetProperty("admin_author_id").GetInt32(), replies[1].GetProperty("object").GetProperty("from_id").GetInt64()));
        Assert.Equal(replies[1].GetProperty("object").GetProperty("id").GetInt64(), Events("message_read")[0].GetProperty("object").GetProperty("read_message_id").GetInt64());
        Assert.Equal("опечатка", Events("message_edit")[0].GetProperty("object").GetProperty("text").GetString());
        Assert.Single(Events("message_typing_state"));
        Assert.Single(Events("message_deny"));
        Assert.Single(Events("message_allow"));
    }

    [Fact]
    public async Task A_long_poll_waits_and_says_what_went_wrong()
    {
        var server = await api.CallAsync("groups.getLongPollServer", ("group_id", community.Id));
        var ts = server.GetProperty("ts").GetString()!;
        var waiting = api.CheckAsync(server, ts, 30);
        anna.Write("раз");
        var answer = await waiting;
        Assert.Single(answer.GetProperty("updates").EnumerateArray());
        ts = answer.GetProperty("ts").GetString()!;
        Assert.Equal(ts, (await api.CheckAsync(server, ts, 0)).GetProperty("ts").GetString());

        community.LongPoll.LoseHistory();
        var lost = await api.CheckAsync(server, ts, 0);
        Assert.Equal(1, lost.GetProperty("failed").GetInt32());
        anna.Write("два");
        Assert.Single((await api.CheckAsync(server, lost.GetProperty("ts").GetString()!, 5)).GetProperty("updates").EnumerateArray());
        community.LongPoll.ExpireKey();
        Assert.Equal(2, (await api.CheckAsync(server, ts, 0)).GetProperty("failed").GetInt32());
        community.LongPoll.ForgetReaders();
        Assert.Equal(3, (await api.CheckAsync(server, ts, 0)).GetProperty("failed").GetInt32());
        server = await api.CallAsync("groups.getLongPollServer", ("group_id", community.Id));
        Assert.Empty((await api.CheckAsync(server, server.GetProperty("ts").GetString()!, 0)).GetProperty("updates").EnumerateArray());
    }

    private Answer Obedient(Call call) => new(200, call.Text.Contains("\"confirmation\"", StringComparison.Ordinal) ? community.ConfirmationCode : "ok");

    private JsonElement[] Events(string type) => [.. company.Calls.Select(call => JsonElement.Parse(call.Text)).Where(e => e.GetProperty("type").GetString() == type)];

    private async Task<VkServer> SubscribeAsync(params string[] events)
    {
        Assert.Equal(community.ConfirmationCode, (await api.CallAsync("groups.getCallbackConfirmationCode", ("group_id", community.Id))).GetProperty("code").GetString());
        var added = await api.CallAsync("groups.addCallbackServer", ("group_id", community.Id), ("url", company.Address), ("title", "Беседа"), ("secret_key", "тайна"));
        await api.CallAsync("groups.setCallbackSettings", [("group_id", community.Id), ("server_id", added.GetProperty("server_id")), ("api_version", "5.199"), .. events.Select(one => (one, (object?)1))]);
        var server = community.Servers[^1];
        await server.SettledAsync();
        return server;
    }
}
