using System.Net;
using System.Text.Json.Nodes;
using Beseda.Console.Tests.Screens;
using Beseda.Protocol;
using Beseda.Workplace.Channels;
using Beseda.Workplace.Frame;
using Beseda.Workplace.Texts;
using Bunit;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Channels;

/// <summary>The page on which an administrator connects channels and looks after them.</summary>
public sealed class Channels_page_tests
{
    private const string All = "/api/admin/channels";

    private static readonly ChannelKind[] Kinds =
    [
        new("telegram", "Telegram", [new("token", Secret: true), new("mode", Choices: ["webhook", "poll"])], new Capabilities(4096)),
        new("mail", "Почта", [new("address"), new("somethingNew", Required: false)], new Capabilities(100_000)),
    ];

    private static readonly ChannelSettings Bot = new(
        "telegram", "Бот", Settings: new Dictionary<string, string> { ["mode"] = "poll" }, Id: 11, Door: "https://chat.example/door", Link: "https://t.me/bot",
        Health: new ChannelHealth(ChannelState.Ok, Noon, NotUnderstood: 2));

    private static readonly ChannelSettings Sick = new(
        "mail", "sales@example.com", Settings: new Dictionary<string, string> { ["address"] = "sales@example.com" }, Id: 12,
        Health: new ChannelHealth(ChannelState.TokenRefused, Noon, Noon, "no such password", WaitingConversations: 3, FailingSince: Noon));

    private static Screen Administrator(params ChannelSettings[] channels)
    {
        var screen = new Screen(Language.Russian);
        screen.Server.Answers<IReadOnlyList<ChannelKind>>($"GET {All}/kinds", _ => Kinds);
        screen.Server.Answers<IReadOnlyList<ChannelSettings>>($"GET {All}", _ => channels);
        return screen;
    }

    /// <summary>What was sent last with this method and path.</summary>
    private static JsonNode Sent(Screen screen, string what) =>
        JsonNode.Parse(screen.Server.Asked.Last(one => one.StartsWith($"{what} ", StringComparison.Ordinal))[(what.Length + 1)..])!;

    [Fact]
    public void Each_channel_tells_how_it_does()
    {
        using var screen = Administrator(Bot, Sick, Bot with { Id = 13, Name = "Старый", Enabled = false, Health = new ChannelHealth(ChannelState.Off) });
        var rows = screen.Show<ChannelsPage>().FindAll(".channel-row");
        Assert.Equal(["работает", "токен отклонён", "выключен"], rows.Select(row => row.QuerySelector(".channel-state")!.TextContent.Trim()));
        Assert.Equal(["good", "failing", "Offline"], rows.Select(row => row.QuerySelector(".dot")!.ClassName?.Split(' ')[1]));
        Assert.Contains("12 марта, 12:00", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("не понято 2", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("ждут 3", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("no such password", rows[1].QuerySelector(".channel-error")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Telegram", rows[0].QuerySelector(".channel-more")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_are_none_one_is_connected_at_once()
    {
        using var screen = Administrator();
        var page = screen.Show<ChannelsPage>();
        Assert.Contains("Мессенджеров пока нет", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["Telegram", "Почта"], page.FindAll(".kind b").Select(kind => kind.TextContent));
    }

    [Fact]
    public void What_cannot_be_loaded_is_said_and_tried_again()
    {
        using var screen = Administrator(Bot);
        screen.Server.IsAway($"GET {All}");
        var page = screen.Show<ChannelsPage>();
        Assert.Contains("Сервер недоступен", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        screen.Server.Answers<IReadOnlyList<ChannelSettings>>($"GET {All}", _ => [Bot]);
        page.Find("[role=alert] button").Click();
        Assert.Single(page.FindAll(".channel-row"));
    }

    [Fact]
    public void A_channel_is_connected_with_a_token_and_nothing_else_to_think_of()
    {
        using var screen = Administrator();
        screen.Server.Answers($"POST {All}", _ => Bot);
        var page = screen.Show<ChannelsPage>();
        page.FindAll(".kind")[0].Click();
        Assert.Contains("@BotFather", page.Find(".steps").TextContent, StringComparison.Ordinal);
        page.Find("#save").Click();
        Assert.Equal("Это нужно заполнить.", page.Find("#field-token-more").TextContent);
        Assert.DoesNotContain(screen.Server.Asked, one => one.StartsWith("POST", StringComparison.Ordinal));

        page.Find("#field-token").Input(" 123:abc ");
        page.Find("#save").Click();
        var sent = Sent(screen, $"POST {All}");
        Assert.Equal(("telegram", "", "123:abc", "webhook"),
            ((string?)sent["kind"], (string?)sent["name"], (string?)sent["secrets"]!["token"], (string?)sent["settings"]!["mode"]));
        Assert.Contains("Канал подключён", page.Find(".channel-ready").TextContent, StringComparison.Ordinal);
        Assert.Equal(["https://t.me/bot", "https://chat.example/door"], page.FindAll(".copyable input").Select(one => one.GetAttribute("value")));
        Assert.Single(page.FindAll(".channel-row.selected"));
    }

    [Fact]
    public void What_the_platform_does_not_accept_stands_beside_its_field()
    {
        using var screen = Administrator();
        screen.Server.Refuses($"POST {All}", HttpStatusCode.UnprocessableEntity, "invalid", """{"secrets.token":"No such bot."}""");
        var page = screen.Show<ChannelsPage>();
        page.FindAll(".kind")[0].Click();
        page.Find("#field-token").Input("123:abc");
        page.Find("#save").Click();
        Assert.Equal("No such bot.", page.Find("#field-token-more.wrong").TextContent);
        Assert.True(page.Find("#field-token").HasAttribute("aria-invalid"));
        Assert.Equal("123:abc", page.Find("#field-token").GetAttribute("value"));
    }

    [Fact]
    public void A_field_this_version_does_not_know_is_shown_as_it_is_named()
    {
        using var screen = Administrator(Sick);
        var page = screen.Show<ChannelsPage>();
        page.Find(".channel-open").Click();
        Assert.Contains("somethingNew", page.Find("label[for=field-somethingNew]").TextContent, StringComparison.Ordinal);
        Assert.Contains("необязательно", page.Find("label[for=field-somethingNew]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_left_empty_stays_as_it_is()
    {
        using var screen = Administrator(Bot);
        screen.Server.Answers($"PUT {All}/11", body => Bot with { Name = (string)body!["name"]! });
        var page = screen.Show<ChannelsPage>();
        page.Find(".channel-open").Click();
        Assert.Equal(("password", ""), (page.Find("#field-token").GetAttribute("type"), page.Find("#field-token").GetAttribute("value")));
        Assert.Empty(page.FindAll("#save"));
        page.Find("#field-name").Input("Новый бот");
        page.Find("#save").Click();
        Assert.Empty(Sent(screen, $"PUT {All}/11")["secrets"]!.AsObject());
        Assert.Equal("Новый бот", page.Find(".channel-row .channel-name").TextContent);

        page.Find("#field-token").Input("456:def");
        page.Find("#save").Click();
        Assert.Equal("456:def", (string?)Sent(screen, $"PUT {All}/11")["secrets"]!["token"]);
        Assert.Empty(page.FindAll("#save"));
    }

    [Fact]
    public void Department_language_switch_and_texts_are_saved()
    {
        using var screen = Administrator(Bot);
        screen.Server.Answers($"PUT {All}/11", _ => Bot);
        var page = screen.Show<ChannelsPage>();
        page.Find(".channel-open").Click();
        page.Find("#field-department").Change("2");
        page.Find("#field-language").Change("en");
        page.Find(".switch input").Change(false);
        Assert.Equal("Здравствуйте! Это {company}. Напишите ваш вопрос.", page.Find("#text-ru-greeting").GetAttribute("placeholder"));
        page.Find("#text-ru-greeting").Change("Добрый день!");
        page.FindAll(".silent input")[1].Change(true);
        page.FindAll("[role=tab]")[1].Click();
        page.Find("#text-en-thanks").Change("Thanks a lot");
        page.Find("#save").Click();
        var sent = Sent(screen, $"PUT {All}/11");
        Assert.Equal((2, "en", false), ((int)sent["department"]!, (string?)sent["language"], (bool)sent["enabled"]!));
        Assert.Equal("""{"greeting":"Добрый день!","wait":""}""", System.Text.RegularExpressions.Regex.Unescape(sent["texts"]!["ru"]!.ToJsonString()));
        Assert.Equal("""{"thanks":"Thanks a lot"}""", sent["texts"]!["en"]!.ToJsonString());
    }

    [Fact]
    public void What_was_typed_is_there_again_after_looking_at_another_channel()
    {
        using var screen = Administrator(Bot, Sick);
        var page = screen.Show<ChannelsPage>();
        page.FindAll(".channel-open")[0].Click();
        page.Find("#field-name").Input("Новый бот");
        page.FindAll(".channel-open")[1].Click();
        Assert.Contains("не сохранено", page.FindAll(".channel-row")[0].TextContent, StringComparison.Ordinal);
        page.FindAll(".channel-open")[0].Click();
        Assert.Equal("Новый бот", page.Find("#field-name").GetAttribute("value"));
    }

    [Fact]
    public void A_check_shows_how_the_channel_does_now()
    {
        using var screen = Administrator(Sick);
        screen.Server.Answers($"POST {All}/12/check", _ => Sick with { Health = new ChannelHealth(ChannelState.Ok, Noon) });
        var page = screen.Show<ChannelsPage>();
        page.Find(".channel-open").Click();
        Assert.Contains("Выпустите там новый", page.Find(".advice").TextContent, StringComparison.Ordinal);
        page.Find("#check-now").Click();
        Assert.Empty(page.FindAll(".advice"));
        Assert.Equal(["работает", "работает"], page.FindAll(".channel-state, .sheet-head .who p").Select(state => state.TextContent.Trim()));
    }

    [Fact]
    public void A_test_message_says_who_got_it_or_why_nobody_did()
    {
        using var screen = Administrator(Bot);
        screen.Server.Answers($"POST {All}/11/test", _ => new ChannelTested("@olga", "77"));
        var page = screen.Show<ChannelsPage>();
        page.Find(".channel-open").Click();
        page.Find("#test").Click();
        Assert.Contains("Отправлено тому, кто писал последним", page.Find(".condition").TextContent, StringComparison.Ordinal);
        screen.Server.Refuses($"POST {All}/11/test", HttpStatusCode.Conflict, "something-new");
        page.Find("#test").Click();
        Assert.Equal("The server says no.", page.Find(".condition .wrong").TextContent);
    }

    [Fact]
    public void What_was_not_understood_is_read_again()
    {
        using var screen = Administrator(Bot);
        screen.Server.Accepts($"POST {All}/11/replay");
        screen.Server.Answers($"POST {All}/11/check", _ => Bot with { Health = new ChannelHealth(ChannelState.Ok, Noon) });
        var page = screen.Show<ChannelsPage>();
        page.Find(".channel-open").Click();
        Assert.Equal("/api/admin/channels/11/unknown", page.Find(".condition a").GetAttribute("href"));
        page.Find(".condition dd button").Click();
        Assert.Contains($"POST {All}/11/replay", screen.Server.Asked);
        Assert.DoesNotContain("не понято", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_is_disconnected_only_after_a_question()
    {
        using var screen = Administrator(Bot, Sick);
        screen.Server.Accepts($"DELETE {All}/11");
        var page = screen.Show<ChannelsPage>();
        page.Find(".channel-open").Click();
        page.Find("#disconnect").Click();
        Assert.Equal(["#disconnect-channel"], screen.Called("beseda.openDialog"));
        Assert.Equal(2, page.FindAll(".channel-row").Count);
        page.Find("#disconnect-channel .danger").Click();
        Assert.Equal("sales@example.com", Assert.Single(page.FindAll(".channel-row")).QuerySelector(".channel-name")!.TextContent);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public void Only_administrators_find_the_page_in_their_menu()
    {
        using var screen = new Screen(Language.Russian);
        Assert.Empty(screen.Show<Header>().FindAll("[data-act=channels]"));
        screen.Scene.Board.Load(screen.Scene.Desk() with { Me = screen.Scene.Board.Me! with { Role = Role.Administrator } });
        Assert.Equal("Каналы", screen.Show<Header>().Find("[data-act=channels]").TextContent);
    }

    [Fact]
    public void The_page_takes_the_place_of_the_chats_and_gives_it_back()
    {
        using var screen = Administrator(Bot);
        screen.Scene.Board.Load(screen.Scene.Desk() with { Me = screen.Scene.Board.Me! with { Role = Role.Administrator } });
        var panes = screen.Show<Panes>();
        Assert.Empty(panes.FindAll(".channels"));
        panes.InvokeAsync(() => screen.Of<Beseda.Workplace.Browsing.Browser>().OnAct("channels"));
        Assert.NotNull(panes.Find(".channels"));
        Assert.Empty(panes.FindAll(".lists, .talk"));
        panes.InvokeAsync(() => screen.Of<Beseda.Workplace.Browsing.Browser>().OnAct("leave"));
        Assert.Empty(panes.FindAll(".channels"));
        Assert.NotNull(panes.Find(".lists"));
    }

    [Fact]
    public void The_standard_texts_are_those_that_are_said()
    {
        foreach (var kind in (string[])["telegram", "mail"])
        {
            foreach (var language in StandardTexts.Languages)
            {
                var (shown, said) = (StandardTexts.Of(kind, language), Beseda.Domain.Channels.Dialogue.StandardOf(kind, language));
                Assert.Equal(
                    [said.Greeting, said.Wait, said.Away, said.Joined, said.Closed, said.Rate, said.Recommend, said.Thanks, said.CloseButton],
                    StandardTexts.All.Select(one => one.Get(shown)));
            }
        }
    }
}
