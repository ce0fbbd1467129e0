using System.Text.Json;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Vk;

namespace Beseda.Platforms.Tests.Vk;

public sealed class Message_tests : IAsyncLifetime
{
    private Town town = null!;
    private VkCommunity community = null!;
    private VkCustomer anna = null!;
    private Api api = null!;

    public async ValueTask InitializeAsync()
    {
        town = await Town.StartAsync(pace: 0.02);
        community = town.Vk.Open("Пекарня");
        anna = community.Meet("Анна Каренина", "en");
        api = new Api(town, community);
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await town.DisposeAsync();
    }

    [Fact]
    public async Task A_message_sent_twice_with_one_random_id_is_seen_once()
    {
        anna.Start();
        var first = await api.CallAsync("messages.send", ("peer_id", anna.Id), ("random_id", 77), ("message", "Добрый день"));
        var second = await api.CallAsync("messages.send", ("peer_ids", anna.Id), ("random_id", 77), ("message", "Добрый день"));
        Assert.Equal(first.GetInt64(), second[0].GetProperty("message_id").GetInt64());
        Assert.Equal(2, second[0].GetProperty("conversation_message_id").GetInt32());
        Assert.Single(anna.Chat.Received);
        Assert.Equal(2, community.Calls.Count("messages.send"));
    }

    [Fact]
    public async Task The_same_message_sent_many_times_at_once_is_seen_once()
    {
        anna.Start();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await api.CallAsync("messages.send", ("peer_id", anna.Id), ("random_id", 5), ("message", "?"))).GetInt64()));
        Assert.Single(ids.Distinct());
        Assert.Single(anna.Chat.Received);
        town.World.Advance(TimeSpan.FromHours(2));
        await api.CallAsync("messages.send", ("peer_id", anna.Id), ("random_id", 5), ("message", "?"));
        Assert.Equal(2, anna.Chat.Received.Count);
    }

    [Fact]
    public async Task Numbers_within_a_dialogue_count_both_sides()
    {
        var asked = anna.Write("раз");
        var answered = await api.CallAsync("messages.send", ("user_id", anna.Id), ("random_id", 1), ("message", "два"));
        var thanked = anna.Write("три", asked);
        Assert.Equal([1, 2, 3], new[] { asked, $"{answered}", thanked }.Select(anna.ConversationIdOf));
    }

    [Fact]
    public async Task Files_go_up_are_saved_and_are_seen()
    {
        anna.Start();
        var picture = Picture.Png(30, 20, 9);
        var server = await api.CallAsync("photos.getMessagesUploadServer", ("peer_id", anna.Id));
        var up = await api.UploadAsync(server.GetProperty("upload_url").GetString()!, "photo", "фото.png", picture);
        var photo = (await api.CallAsync("photos.saveMessagesPhoto", ("server", up.GetProperty("server")), ("photo", up.GetProperty("photo")), ("hash", up.GetProperty("hash"))))[0];
        server = await api.CallAsync("docs.getMessagesUploadServer", ("peer_id", anna.Id), ("type", "doc"));
        up = await api.UploadAsync(server.GetProperty("upload_url").GetString()!, "file", "a.bin", "Договор"u8.ToArray());
        var doc = (await api.CallAsync("docs.save", ("file", up.GetProperty("file")), ("title", "договор.pdf"))).GetProperty("doc");
        await api.CallAsync("messages.send", ("peer_id", anna.Id), ("random_id", 5), ("message", "вот"),
            ("attachment", $"photo{photo.GetProperty("owner_id")}_{photo.GetProperty("id")}_{photo.GetProperty("access_key").GetString()},doc{doc.GetProperty("owner_id")}_{doc.GetProperty("id")}"));
        var seen = await anna.SeesAsync("вот");
        Assert.Equal([MediaKind.Photo, MediaKind.Document], seen.Media.Select(m => m.Kind));
        Assert.Equal(picture, seen.Media[0].Bytes.ToArray());
        Assert.Equal("договор.pdf", seen.Media[1].Name);
    }

    [Fact]
    public async Task Buttons_are_checked_shown_and_pressed()
    {
        var server = await api.CallAsync("groups.getLongPollServer", ("group_id", community.Id));
        anna.Start();
        await api.CallAsync("messages.send", ("peer_id", anna.Id), ("random_id", 6), ("message", "?"), ("keyboard",
            """{"inline":true,"buttons":[[{"action":{"type":"text","label":"Да","payload":"{\"b\":1}"},"color":"primary"},{"action":{"type":"callback","label":"Нет","payload":"{\"b\":2}"}}]]}"""));
        anna.Press("Да");
        anna.Press("Нет");
        var updates = (await api.CheckAsync(server, server.GetProperty("ts").GetString()!, 1)).GetProperty("updates").EnumerateArray().ToArray();
        Assert.Equal(["message_new", "message_reply", "message_new", "message_event"], updates.Select(u => u.GetProperty("type").GetString()));
        var said = updates[2].GetProperty("object").GetProperty("message");
        Assert.Equal(("Да", "{\"b\":1}"), (said.GetProperty("text").GetString(), said.GetProperty("payload").GetString()));
        Assert.Equal(3, updates[2].GetProperty("object").GetProperty("client_info").GetProperty("lang_id").GetInt32());
        var press = updates[3].GetProperty("object");
        Assert.Equal(2, press.GetProperty("payload").GetProperty("b").GetInt32());
        await api.CallAsync("messages.sendMessageEventAnswer", ("event_id", press.GetProperty("event_id")), ("user_id", anna.Id), ("peer_id", anna.Id), ("event_data", """{"type":"show_snackbar","text":"ладно"}"""));
        Assert.Equal(["ладно"], anna.Chat.Notices);
        Assert.Equal(911, await api.RefusalAsync("messages.send", ("peer_id", anna.Id), ("random_id", 7), ("message", "?"), ("keyboard", """{"buttons":[[{"action":{"type":"text","label":""}}]]}""")));
    }

    [Fact]
    public async Task Refusals_carry_the_platform_s_codes()
    {
        (string, object?)[] hello = [("peer_id", anna.Id), ("random_id", 1), ("message", "привет")];
        Assert.Equal(901, await api.RefusalAsync("messages.send", hello));
        anna.Allow("k");
        Assert.Equal(1, (await api.CallAsync("messages.isMessagesFromGroupAllowed", ("group_id", community.Id), ("user_id", anna.Id))).GetProperty("is_allowed").GetInt32());
        await api.CallAsync("messages.send", hello);
        anna.Block();
        Assert.Equal(901, (await api.CallAsync("messages.send", ("peer_ids", anna.Id), ("random_id", 2), ("message", "?")))[0].GetProperty("error").GetProperty("code").GetInt32());
        anna.Unblock();
        community.Ban(anna);
        Assert.Equal(900, await api.RefusalAsync("messages.send", hello));
        Assert.Equal(100, await api.RefusalAsync("messages.send", ("peer_id", anna.Id), ("message", "без номера")));
        town.Vk.Faults.Limit(method: "users.get");
        Assert.Equal(6, await api.RefusalAsync("users.get", ("user_ids", anna.Id)));
        town.Vk.Faults.Limit(flood: true);
        Assert.Equal(9, await api.RefusalAsync("users.get", ("user_ids", anna.Id)));
        town.Vk.Faults.Fail(status: 10);
        Assert.Equal(10, await api.RefusalAsync("users.get", ("user_ids", anna.Id)));
        Assert.Equal("Каренина", (await api.CallAsync("users.get", ("user_ids", anna.Id), ("fields", "photo_200")))[0].GetProperty("last_name").GetString());
        community.Revoked = true;
        Assert.Equal(5, await api.RefusalAsync("users.get", ("user_ids", anna.Id)));
    }

    [Fact]
    public async Task Messages_are_edited_read_and_removed()
    {
        var asked = anna.Write("есть кто?");
        var sent = await api.CallAsync("messages.send", ("peer_id", anna.Id), ("random_id", 1), ("message", "есть"));
        await api.CallAsync("messages.markAsRead", ("peer_id", anna.Id), ("start_message_id", asked));
        Assert.True(anna.Chat.Bubbles[0].Read);
        await api.CallAsync("messages.edit", ("peer_id", anna.Id), ("message_id", sent), ("message", "есть, конечно"));
        Assert.True((await anna.SeesAsync("есть, конечно")).Edited);
        Assert.Equal(15, await api.RefusalAsync("messages.edit", ("peer_id", anna.Id), ("message_id", asked), ("message", "нет")));
        Assert.Equal(1, (await api.CallAsync("messages.delete", ("peer_id", anna.Id), ("message_ids", sent), ("delete_for_all", 1))).GetProperty($"{sent}").GetInt32());
        Assert.Empty(anna.Chat.Received);
        town.World.Advance(TimeSpan.FromHours(25));
        Assert.Equal(909, await api.RefusalAsync("messages.edit", ("peer_id", anna.Id), ("message_id", sent), ("message", "поздно")));
    }

    [Fact]
    public async Task Attachments_of_the_customer_can_be_fetched()
    {
        var server = await api.CallAsync("groups.getLongPollServer", ("group_id", community.Id));
        anna.SendAlbum([Media.Photo(3), Media.Document("Акт"u8.ToArray(), "акт.pdf", "application/pdf")], "вот");
        anna.SendPlace(new Place(55.7, 37.6));
        var updates = (await api.CheckAsync(server, server.GetProperty("ts").GetString()!, 1)).GetProperty("updates").EnumerateArray()
            .Select(u => u.GetProperty("object").GetProperty("message")).ToArray();
        var attachments = updates[0].GetProperty("attachments").EnumerateArray().ToArray();
        Assert.Equal(Picture.Png(64, 48, 3), await api.FetchAsync(Url(attachments[0].GetProperty("photo").GetProperty("sizes")[1])));
        Assert.Equal("Акт"u8.ToArray(), await api.FetchAsync(Url(attachments[1].GetProperty("doc"))));
        Assert.Equal(55.7, updates[1].GetProperty("geo").GetProperty("coordinates").GetProperty("latitude").GetDouble());
    }

    private static string Url(JsonElement of) => of.GetProperty("url").GetString()!;
}
