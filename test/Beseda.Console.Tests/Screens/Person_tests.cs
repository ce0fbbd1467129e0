using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Frame;
using Beseda.Workplace.Texts;
using Bunit;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Screens;

/// <summary>Who writes in a conversation, from wherever they write.</summary>
public sealed class Person_tests
{
    private static readonly DeskConversation Telegram = Chat(5, ConversationStatus.Active, Anna) with { Channel = "telegram", Visitor = new VisitorCard("a1", "Мария") };
    private static readonly DeskConversation Site = Chat(3, ConversationStatus.Closed, Anna) with { Visitor = new VisitorCard("b2", "Ирина") };
    private static readonly DeskConversation Stranger = Chat(8, ConversationStatus.Active, Anna) with { Channel = "vk", Visitor = new VisitorCard("c3", "Пётр") };

    private static async Task<(Screen, IRenderedComponent<Facts>)> ShowAsync(params Alike[] alike)
    {
        var screen = new Screen(Language.Russian, Telegram, Stranger);
        screen.Server.Answers("GET /api/operator/conversations/5/timeline", _ => new ConversationTimeline(screen.Scene.Seq, Telegram, [], false));
        screen.Server.Answers("GET /api/operator/conversations/5/person", _ => new Person(
            screen.Scene.Seq, [new Address(Telegram.Visitor, "telegram", "Бот"), new Address(Site.Visitor, "site")], [Telegram, Site], alike));
        screen.Server.Accepts("POST /api/operator/conversations/5/merge");
        screen.Server.Accepts("POST /api/operator/conversations/5/separate");
        var facts = screen.Show<Facts>();
        await facts.InvokeAsync(() => screen.Of<Dossier>());
        await facts.InvokeAsync(() => screen.Of<Reader>().OpenAsync(5));
        facts.WaitForElement(".places");
        return (screen, facts);
    }

    [Fact]
    public void The_facts_show_what_the_channel_knows_of_the_visitor()
    {
        using var screen = new Screen(Language.Russian, Telegram);
        screen.Scene.Board.Show(5);
        var facts = screen.Show<Facts>();
        var fields = new Dictionary<string, string> { ["language"] = "ru", ["phone"] = "+7 913", ["username"] = "olga", ["name"] = "Ольга", ["vip"] = "да" };
        screen.Scene.Board.Learn(new ConversationTimeline(screen.Scene.Seq, Telegram, [], false, fields));
        facts.InvokeAsync(screen.Scene.Pulse.Now);
        Assert.Equal(["Имя", "Ник", "Телефон", "Язык", "vip"], facts.FindAll("dl")[0].QuerySelectorAll("dt").SkipLast(1).Select(one => one.TextContent));
        Assert.Equal(["Ольга", "@olga", "+7 913", "русский", "да"], facts.FindAll("dl")[0].QuerySelectorAll("dd").SkipLast(1).Select(one => one.TextContent));
    }

    [Fact]
    public async Task The_card_shows_every_address_and_the_chats_of_all_of_them()
    {
        var (screen, facts) = await ShowAsync();
        using var shown = screen;
        var lists = facts.FindAll(".places");
        Assert.Equal(["МарияБот", "Иринасайт"], lists[0].QuerySelectorAll(".name").Select(one => one.TextContent));
        Assert.Contains("Другие чаты", facts.Markup, StringComparison.Ordinal);
        Assert.Single(lists[1].QuerySelectorAll("button.place"));
    }

    [Fact]
    public async Task Another_address_can_be_separated_but_not_the_one_that_writes_here()
    {
        var (screen, facts) = await ShowAsync();
        using var shown = screen;
        await facts.FindAll(".places")[0].QuerySelectorAll("button").Single().ClickAsync(new());
        Assert.Contains("POST /api/operator/conversations/5/separate {\"visitors\":[\"b2\"]}", screen.Server.Asked);
    }

    [Fact]
    public async Task Who_is_perhaps_the_same_is_merged_with_one_press()
    {
        var (screen, facts) = await ShowAsync(new Alike(Stranger, ["phone"]));
        using var shown = screen;
        var alike = facts.FindAll(".places")[1];
        Assert.Equal("Пётртот же телефон", alike.QuerySelector(".name")!.TextContent);
        await alike.QuerySelector("button")!.ClickAsync(new());
        Assert.Contains("POST /api/operator/conversations/5/merge {\"conversation\":8}", screen.Server.Asked);
    }

    [Fact]
    public async Task Any_open_chat_of_somebody_else_can_be_merged_with()
    {
        var (screen, facts) = await ShowAsync();
        using var shown = screen;
        await facts.FindAll("button.more-places")[^1].ClickAsync(new());
        var found = facts.FindAll("#merge-with label");
        Assert.Equal("Пётр", Assert.Single(found).QuerySelector(".name")!.TextContent);
        await facts.Find("#merge-with input[type=radio]").ChangeAsync(new() { Value = true });
        await facts.Find("#merge-with form").SubmitAsync();
        Assert.Contains("POST /api/operator/conversations/5/merge {\"conversation\":8}", screen.Server.Asked);
    }

    [Fact]
    public void What_was_said_elsewhere_stands_above_with_the_name_used_there_and_cannot_be_answered_here()
    {
        using var screen = new Screen(Language.Russian, Telegram);
        screen.Scene.Board.Show(5);
        screen.Scene.Board.Learn(new ConversationTimeline(screen.Scene.Seq, Telegram, [Said(1, 3, "Ирина", "с сайта"), Said(2, 5, "Мария", "из бота")], false));
        var talk = screen.Show<Timeline>();
        Assert.Equal(["Ирина", "Мария"], talk.FindAll(".message .author").Select(one => one.TextContent));

        talk.Find(".log").TriggerEvent("onpick", new PickEventArgs { Act = "menu", Id = "1" });
        Assert.DoesNotContain("Ответить", talk.Find("#message-menu").TextContent, StringComparison.Ordinal);
        talk.Find(".log").TriggerEvent("onpick", new PickEventArgs { Act = "menu", Id = "2" });
        Assert.Contains("Ответить", talk.Find("#message-menu").TextContent, StringComparison.Ordinal);
    }

    private static MessagePosted Said(long seq, long conversation, string name, string text) => new()
    {
        Seq = seq,
        At = Noon,
        Conversation = conversation,
        ClientId = $"c{seq}",
        Author = new Author(AuthorKind.Visitor, Name: name),
        Text = text,
    };
}
