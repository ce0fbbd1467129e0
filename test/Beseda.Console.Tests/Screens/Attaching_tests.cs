using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Frame;
using Beseda.Workplace.Texts;
using Bunit;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Screens;

/// <summary>Files before they are sent, and what stands in an answer's way.</summary>
public sealed class Attaching_tests
{
    private const string Answer = """{"id":"f1","name":"стол.jpg","size":900,"contentType":"image/jpeg","url":"/files/f1/x"}""";

    private static DeskConversation In(string channel) => Chat(5, ConversationStatus.Active, Anna) with { Channel = channel };

    private static (Screen, IRenderedComponent<Composer>, Beseda.Workplace.Browsing.Browser) Show(DeskConversation chat, params Entry[] timeline)
    {
        var screen = new Screen(Language.Russian, chat, Chat(6, ConversationStatus.Active, Anna));
        screen.Of<Tray>().Open("demo.2");
        screen.Of<Outbox>().Open("demo.2");
        screen.Open(chat, timeline);
        return (screen, screen.Show<Composer>(), screen.Of<Beseda.Workplace.Browsing.Browser>());
    }

    private static void Pick(IRenderedComponent<Composer> composer, string act, string key) =>
        composer.Find("#tray").TriggerEvent("onpick", new PickEventArgs { Act = act, Id = key });

    [Fact]
    public void A_file_is_uploaded_before_it_is_sent_and_needs_no_words()
    {
        var (screen, composer, browser) = Show(In("site"));
        using var shown = screen;
        composer.InvokeAsync(() => browser.OnPicked("k1", 5, "стол.jpg", 900, "image/jpeg", "data:image/jpeg;base64,AA"));
        composer.InvokeAsync(() => browser.OnUploading("k1", 40));
        Assert.Equal("40", composer.Find("progress").GetAttribute("value"));
        Assert.StartsWith("data:", composer.Find("#tray img").GetAttribute("src"), StringComparison.Ordinal);

        composer.InvokeAsync(() => browser.OnUploaded("k1", Answer));
        Assert.Empty(composer.FindAll("progress"));
        composer.InvokeAsync(() => browser.OnSend(""));
        Assert.Empty(composer.FindAll("#tray"));
        var sent = screen.Of<Outbox>().Of(5).Single();
        Assert.Equal(("", "f1", "стол.jpg"), (sent.Message.Text, sent.Message.Files!.Single(), sent.Files!.Single().Name));
    }

    [Fact]
    public void What_is_sent_too_early_goes_when_its_last_file_is_there()
    {
        var (screen, composer, browser) = Show(In("site"));
        using var shown = screen;
        composer.InvokeAsync(() => browser.OnPicked("k1", 5, "стол.jpg", 900, "image/jpeg", null));
        composer.InvokeAsync(() => browser.OnAct("send-later"));
        Assert.Contains("Отправится, как только всё загрузится", composer.Markup, StringComparison.Ordinal);
        Assert.Empty(screen.Called("beseda.send"));
        composer.InvokeAsync(() => browser.OnUploaded("k1", Answer));
        Assert.Single(screen.Called("beseda.send"));
        Assert.DoesNotContain("Отправится", composer.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_upload_says_why_and_is_tried_again_or_removed()
    {
        var (screen, composer, browser) = Show(In("site"));
        using var shown = screen;
        composer.InvokeAsync(() => browser.OnPicked("k1", 5, "фильм.mkv", 9_000_000_000, "video/x-matroska", null));
        composer.InvokeAsync(() => browser.OnNotUploaded("k1", "too-large"));
        Assert.Contains("Не загружено: слишком большой", composer.Find(".attached.failed").TextContent, StringComparison.Ordinal);
        composer.InvokeAsync(() => browser.OnAct("send-later"));
        Assert.Empty(screen.Called("beseda.send"));

        Pick(composer, "retry", "k1");
        Assert.Equal(["k1"], screen.Called("beseda.files.retry"));
        Assert.NotNull(composer.Find(".attached.underway"));
        Pick(composer, "remove", "k1");
        Assert.Equal(["k1"], screen.Called("beseda.files.drop"));
        Assert.Empty(composer.FindAll("#tray"));
    }

    [Fact]
    public void Each_conversation_has_a_tray_of_its_own()
    {
        var (screen, composer, browser) = Show(In("site"));
        using var shown = screen;
        composer.InvokeAsync(() => browser.OnPicked("k1", 6, "другому.pdf", 900, "application/pdf", null));
        Assert.Empty(composer.FindAll("#tray"));
        screen.Open(Chat(6, ConversationStatus.Active, Anna));
        composer.InvokeAsync(screen.Scene.Pulse.Now);
        Assert.Contains("другому.pdf", composer.Find("#tray").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_uploaded_survives_a_reload()
    {
        using var screen = new Screen(Language.Russian, In("site"));
        screen.Browser.Setup<string[]>("beseda.stored", "beseda.files.demo.2.").SetResult(
            ["""{"Key":"k1","Conversation":5,"Name":"стол.jpg","Size":900,"ContentType":"image/jpeg","Percent":100,"State":1,"Link":{"Id":"f1","Name":"стол.jpg","Size":900,"ContentType":"image/jpeg","Url":"/x"}}"""]);
        screen.Of<Tray>().Open("demo.2");
        Assert.Equal("f1", screen.Of<Tray>().Take(5).Single().Id);
        Assert.Empty(screen.Of<Tray>().Of(5));
    }

    [Fact]
    public void A_file_too_large_for_the_channel_goes_as_a_link_and_a_text_too_long_in_pieces()
    {
        var (screen, composer, browser) = Show(In("telegram"));
        using var shown = screen;
        composer.InvokeAsync(() => browser.OnPicked("k1", 5, "большой.zip", 1_001, "application/zip", null));
        composer.InvokeAsync(() => browser.OnPicked("k2", 5, "малый.zip", 1_000, "application/zip", null));
        Assert.Equal([true, false], composer.FindAll(".attached").Select(file => file.TextContent.Contains("уйдёт ссылкой", StringComparison.Ordinal)));
        Assert.Equal("4096", composer.Find("#composer").GetAttribute("data-limit"));
        Assert.Contains("Длиннее 4096 знаков", composer.Find("#too-long").TextContent, StringComparison.Ordinal);

        composer.Find(".compose").TriggerEvent("onpick", new PickEventArgs { Act = "note" });
        Assert.False(composer.Find("#composer").HasAttribute("data-limit"));
    }

    [Fact]
    public void On_the_site_nothing_is_too_long_or_too_late()
    {
        var (screen, composer, _) = Show(In("site"), Message("давно"));
        using var shown = screen;
        screen.Scene.Clock.Advance(TimeSpan.FromDays(30));
        composer.InvokeAsync(screen.Scene.Pulse.Now);
        Assert.False(composer.Find("#composer").HasAttribute("data-limit"));
        Assert.Empty(composer.FindAll(".compose-limit.bad"));
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    public void The_composer_says_when_the_time_to_answer_is_over(int hours, bool over)
    {
        var (screen, composer, _) = Show(In("messenger"), Message("вопрос"));
        using var shown = screen;
        screen.Scene.Clock.Advance(TimeSpan.FromHours(hours));
        Assert.Equal(over, composer.FindAll(".compose-limit.bad").Any(line => line.TextContent.Contains("24 ч", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_time_to_answer_begins_anew_with_every_message_of_the_visitor()
    {
        var (screen, composer, _) = Show(In("messenger"), Message("вопрос"));
        using var shown = screen;
        screen.Scene.Clock.Advance(TimeSpan.FromHours(30));
        composer.InvokeAsync(() => screen.Of<Composing>().Reset());
        Assert.NotNull(composer.Find(".compose-limit.bad"));
        screen.Scene.Says(5, "ещё вопрос");
        composer.InvokeAsync(screen.Scene.Pulse.Beat);
        Assert.Empty(composer.FindAll(".compose-limit.bad"));
    }

    [Fact]
    public void The_composer_says_that_the_visitor_has_stopped_the_bot()
    {
        var (screen, composer, _) = Show(In("telegram"), Message("вопрос"));
        using var shown = screen;
        screen.Scene.Tell(5, new VisitorStopped { Seq = 0, At = default, Stopped = true });
        composer.InvokeAsync(screen.Scene.Pulse.Beat);
        Assert.Contains("остановил бота (Telegram)", composer.Find(".compose-limit.bad").TextContent, StringComparison.Ordinal);
        screen.Scene.Tell(5, new VisitorStopped { Seq = 0, At = default, Stopped = false });
        composer.InvokeAsync(screen.Scene.Pulse.Beat);
        Assert.Empty(composer.FindAll(".compose-limit.bad"));
    }
}
