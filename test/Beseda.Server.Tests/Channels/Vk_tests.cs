using Beseda.Platforms.Vk;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Channels;

/// <summary>What only communities do.</summary>
public sealed class Vk_tests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_long_poll_has_forgotten_is_found_in_the_chats(bool anew)
    {
        await using var stage = await Stage.SetAsync(Cast.Vk, settings: new() { ["mode"] = "poll" });
        var community = (VkCommunity)stage.Account;
        var (visitor, conversation) = await stage.TalkAsync();
        await stage.Clerk.WriteAsync(conversation, "Слушаю");
        await visitor.SeesAsync("Слушаю");

        community.LongPoll.Enabled = false;
        visitor.Write("Раз");
        community.Answer((VkCustomer)visitor, "Это администратор");
        visitor.Write("Два");
        var other = community.Meet("Ольга");
        other.Write("И я");
        community.LongPoll.Enabled = true;
        if (anew)
            community.LongPoll.ForgetReaders();
        else
            community.LongPoll.LoseHistory();

        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "Два"));
        await Stage.UntilAsync(async () => (await stage.Clerk.DeskAsync()).Conversations.FirstOrDefault(one => one.Last?.Text == "И я"));
        visitor.Write("Три");
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "Три"));
        Assert.Equal(
            ["Здравствуйте", "Слушаю", "Раз", "Это администратор", "Два", "Три"],
            (await stage.MessagesAsync(conversation)).Where(one => one.Author.Kind != AuthorKind.System).Select(one => one.Text));
        Assert.Empty(stage.Errors);
    }

    [Fact]
    public async Task What_an_employee_says_on_VK_waits_for_the_conversation_and_is_no_riddle_where_there_is_none()
    {
        await using var stage = await Stage.SetAsync(Cast.Vk);
        var community = (VkCommunity)stage.Account;
        var visitor = community.Meet("Ольга");

        community.Answer(visitor, "Поздравляем с праздником!");
        await community.DeliveredAsync();
        Assert.Equal(0, (await stage.LookAsync()).Health!.NotUnderstood);
        visitor.Write("Спасибо");

        var conversation = await stage.ConversationAsync();
        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation.Id)).FirstOrDefault(one => one.Text == "Поздравляем с праздником!"));
        Assert.Empty(stage.Errors);
    }

    [Fact]
    public async Task What_was_written_while_VK_had_dropped_the_server_is_found_in_the_chats()
    {
        await using var stage = await Stage.SetAsync(Cast.Vk);
        var (visitor, conversation) = await stage.TalkAsync();

        stage.Account.DropWebhook();
        visitor.Write("Раз");
        visitor.Write("Два");
        (await stage.Company.Admin.PostAsync($"/api/admin/channels/{stage.Channel.Id}/check")).Must(200);
        visitor.Write("Три");

        await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation)).FirstOrDefault(one => one.Text == "Три"));
        Assert.Equal(
            ["Здравствуйте", "Раз", "Два", "Три"],
            (await stage.MessagesAsync(conversation)).Where(one => one.Author.Kind == AuthorKind.Visitor).Select(one => one.Text));
        Assert.Empty(stage.Errors);
    }
}
