using System.Globalization;
using System.Net;
using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Frame;
using Beseda.Workplace.Texts;
using Bunit;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Screens;

/// <summary>Messages of every kind, and what can be done with them.</summary>
public sealed class Message_tests
{
    private static readonly FileLink Photo = new("p", "стол.jpg", 2_000_000, "image/jpeg", "/files/p/стол.jpg", 1200, 900, "/files/p/thumbnail");
    private static readonly FileLink Bill = new("b", "счёт.pdf", 284_000, "application/pdf", "/files/b/счёт.pdf");
    private static readonly FileLink Voice = new("v", "voice.ogg", 9_000, "audio/ogg", "/files/v/voice.ogg");

    private static DeskConversation Telegram => Chat(5, ConversationStatus.Active, Anna) with { Channel = "telegram" };

    private static (Screen, IRenderedComponent<Timeline>) Show(DeskConversation chat, params Entry[] timeline)
    {
        var screen = new Screen(Language.Russian, chat);
        screen.Open(chat, timeline);
        return (screen, screen.Show<Timeline>());
    }

    private static void Pick(IRenderedComponent<Timeline> talk, string act, long id, string where = ".log") =>
        talk.Find(where).TriggerEvent("onpick", new PickEventArgs { Act = act, Id = id.ToString(CultureInfo.InvariantCulture) });

    [Fact]
    public void A_picture_has_its_place_before_it_is_there_and_opens_in_a_tab_of_its_own()
    {
        var (screen, talk) = Show(Telegram, Message("") with { Files = [Photo] });
        using var shown = screen;
        var picture = talk.Find("a.picture");
        Assert.Equal(("/files/p/стол.jpg", "_blank"), (picture.GetAttribute("href"), picture.GetAttribute("target")));
        Assert.Contains("width:280px;aspect-ratio:280/210", picture.GetAttribute("style"), StringComparison.Ordinal);
        Assert.Equal("/files/p/thumbnail", picture.QuerySelector("img")!.GetAttribute("src"));
        Assert.Empty(talk.FindAll(".message .text"));
    }

    [Fact]
    public void What_a_letter_quotes_is_folded_and_gone_with_the_letter()
    {
        var letter = Message("Когда починят?") with { Quoted = "> Мастер <b>приедет</b> завтра" };
        var (screen, talk) = Show(Telegram, letter);
        using var shown = screen;
        Assert.Equal("Когда починят?", talk.Find(".message .text").TextContent);
        var quote = talk.Find("details.repeated");
        Assert.False(quote.HasAttribute("open"));
        Assert.Equal("> Мастер <b>приедет</b> завтра", quote.QuerySelector(".text")!.TextContent);

        var (other, gone) = Show(Telegram, letter with { Text = null, Quoted = null });
        using var hidden = other;
        Assert.Empty(gone.FindAll("details"));
    }

    [Fact]
    public void A_file_is_a_row_with_name_and_size_and_says_when_it_is_on_its_way_or_lost()
    {
        var (screen, talk) = Show(Telegram, Message("вот") with
        {
            Files =
            [
                Bill, Bill with { Id = "w", Url = null, State = FileState.Pending }, Bill with { Id = "l", Url = null, State = FileState.Lost },
                Photo with { Id = "w2", Url = null, State = FileState.Pending },
            ],
        });
        using var shown = screen;
        Assert.Equal("счёт.pdf284 КБ", talk.Find("a.file").TextContent.Trim());
        Assert.Equal("счёт.pdfна пути", talk.Find(".file.pending").TextContent.Trim());
        Assert.Equal("счёт.pdfполучить не удалось", talk.Find(".file.lost").TextContent.Trim());
        Assert.Contains("280px", talk.Find(".picture.pending").GetAttribute("style"), StringComparison.Ordinal);
        Assert.Single(talk.FindAll("a.file"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//elsewhere.example/x")]
    [InlineData("data:text/html,x")]
    public void An_address_that_could_run_something_is_no_link(string url)
    {
        var (screen, talk) = Show(Telegram, Message("") with { Files = [Bill with { Url = url }, Photo with { Url = url, ThumbnailUrl = url }] });
        using var shown = screen;
        Assert.Empty(talk.FindAll("a, img"));
    }

    [Fact]
    public void A_file_that_arrives_takes_the_place_that_was_kept_for_it()
    {
        var (screen, talk) = Show(Telegram, Message("") with { Files = [Photo with { Url = null, ThumbnailUrl = null, State = FileState.Pending }] });
        using var shown = screen;
        var kept = talk.Find(".picture").GetAttribute("style");
        screen.Scene.Tell(5, new FileArrived { Seq = 0, At = default, Message = 1, File = Photo });
        talk.InvokeAsync(screen.Scene.Pulse.Beat);
        Assert.Equal(kept, talk.Find("a.picture").GetAttribute("style"));
    }

    [Fact]
    public void Buttons_are_shown_and_cannot_be_pressed_and_what_a_channel_said_is_nobodys()
    {
        var (screen, talk) = Show(Telegram, Message("Подождите") with { Author = new Author(AuthorKind.System), Buttons = [new Button("Завершить чат", "close")] });
        using var shown = screen;
        var said = talk.Find(".message.System");
        Assert.Equal("Завершить чат", said.QuerySelector(".chips li")!.TextContent);
        Assert.Empty(said.QuerySelectorAll("button, a, header"));
        Assert.Contains("Автоматическое сообщение", said.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_follow_a_message_to_the_visitors_device()
    {
        var (screen, talk) = Show(Telegram, Message("ответ", Anna));
        using var shown = screen;
        Assert.Equal("underway", Mark());
        Tell(new MessageSent { Seq = 0, At = default, Message = 1 });
        Assert.Equal("sent", Mark());
        Tell(new MessageDelivered { Seq = 0, At = default, Message = 1 });
        Assert.Equal("delivered", Mark());
        Tell(new MessageRead { Seq = 0, At = default, Message = 1, By = AuthorKind.Visitor });
        Assert.Equal("read", Mark());

        string? Mark() => talk.Find(".message.Me .mark").ClassName?.Split(' ')[^1];

        void Tell(Entry entry)
        {
            screen.Scene.Tell(5, entry);
            talk.InvokeAsync(screen.Scene.Pulse.Beat);
        }
    }

    [Fact]
    public void On_the_site_a_message_is_sent_as_soon_as_the_server_has_it()
    {
        var (screen, talk) = Show(Chat(5, ConversationStatus.Active, Anna), Message("ответ", Anna));
        using var shown = screen;
        Assert.NotNull(talk.Find(".message.Me .mark.sent"));
    }

    [Theory]
    [InlineData("refused", "мессенджер не принимает")]
    [InlineData("blocked", "остановил бота")]
    [InlineData("too-late", "время для ответа вышло")]
    [InlineData("expired", "слишком долго не отвечал")]
    [InlineData("channel-off", "канал выключен")]
    public void A_message_that_was_not_delivered_says_why_and_is_sent_again(string reason, string said)
    {
        var (screen, talk) = Show(Telegram, Message("ответ", Anna) with { Delivery = Delivery.Failed, Failure = reason });
        using var shown = screen;
        screen.Server.Accepts("POST /api/operator/conversations/5/messages/1/resend");
        Assert.Contains(said, talk.Find(".message.Me p.failed").TextContent, StringComparison.Ordinal);
        Assert.NotNull(talk.Find(".mark.failed"));
        Pick(talk, "resend", 1);
        Assert.Equal(["POST /api/operator/conversations/5/messages/1/resend"], screen.Server.Asked);
        screen.Scene.Tell(5, new MessageResent { Seq = 0, At = default, Message = 1 });
        talk.InvokeAsync(screen.Scene.Pulse.Beat);
        Assert.NotNull(talk.Find(".mark.underway"));
        Assert.Empty(talk.FindAll(".message .failed"));
    }

    [Fact]
    public void An_edited_message_is_marked_a_deleted_one_is_a_line_and_a_stop_is_told()
    {
        var (screen, talk) = Show(Telegram, Message("было"), Message("лишнее", Anna), new VisitorStopped { Seq = 0, At = default, Stopped = true });
        using var shown = screen;
        screen.Scene.Tell(5, new MessageEdited { Seq = 0, At = default, Message = 1, Text = "стало" });
        screen.Scene.Tell(5, new MessageDeleted { Seq = 0, At = default, Message = 2, By = AuthorKind.Operator });
        talk.InvokeAsync(screen.Scene.Pulse.Beat);
        Assert.Contains("стало", talk.Find(".message.Visitor").TextContent, StringComparison.Ordinal);
        Assert.Equal("изменено", talk.Find(".edited").TextContent);
        Assert.Equal("Сообщение удалено", talk.Find(".message.Me .gone").TextContent);
        Assert.Empty(talk.FindAll(".message.Me .acts, .message.Me .mark"));
        Assert.Contains("Посетитель остановил бота", talk.Find(".event").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("site", Anna, "copy reply edit delete")]
    [InlineData("site", Nikolay, "copy reply")]
    [InlineData("site", null, "copy reply")]
    [InlineData("telegram", Anna, "copy reply edit delete")]
    [InlineData("messenger", Anna, "copy")]
    [InlineData("gone", Anna, "copy")]
    public void The_menu_offers_what_the_channel_can_do(string channel, long? author, string offered)
    {
        var (screen, talk) = Show(Chat(5, ConversationStatus.Active, Anna) with { Channel = channel }, Message("текст", author));
        using var shown = screen;
        Pick(talk, "menu", 1);
        Assert.Equal(offered.Split(' '), talk.FindAll("#message-menu button").Select(button => button.GetAttribute("data-act")));
        Assert.Single(screen.Called("beseda.openMenu"));
        Pick(talk, "copy", 0, "#message-menu");
        Assert.Equal(["текст"], screen.Called("beseda.copy"));
    }

    [Fact]
    public void A_message_is_deleted_only_after_a_question()
    {
        var (screen, talk) = Show(Telegram, Message("лишнее", Anna));
        using var shown = screen;
        screen.Server.Accepts("DELETE /api/operator/conversations/5/messages/1");
        Pick(talk, "menu", 1);
        Pick(talk, "delete", 0, "#message-menu");
        Assert.Empty(screen.Server.Asked);
        Assert.Contains("#delete-message", screen.Called("beseda.openDialog"));
        talk.Find("#delete-message form").Submit();
        Assert.Equal(["DELETE /api/operator/conversations/5/messages/1"], screen.Server.Asked);
    }

    [Fact]
    public void What_is_spoken_or_filmed_plays_where_it_stands()
    {
        var film = new FileLink("m", "двор.mp4", 900_000, "video/mp4", "/files/m/двор.mp4");
        var (screen, talk) = Show(Telegram, Message("") with { Files = [Voice, film] });
        using var shown = screen;
        Assert.Equal("/files/v/voice.ogg", talk.Find("audio[controls]").GetAttribute("src"));
        Assert.Equal("Голосовое сообщение", talk.Find(".sound figcaption").TextContent);
        Assert.Equal("/files/m/двор.mp4", talk.Find("video[controls]").GetAttribute("src"));
    }

    [Theory]
    [InlineData("image/jpeg", "стол.jpg", "Фото", "Photo")]
    [InlineData("video/mp4", "двор.mp4", "Видео", "Video")]
    [InlineData("audio/ogg", "voice.ogg", "Голосовое сообщение", "Voice message")]
    [InlineData("audio/mpeg", "песня.mp3", "Аудио", "Audio")]
    [InlineData("application/pdf", "счёт.pdf", "Документ счёт.pdf", "Document счёт.pdf")]
    [InlineData("application/octet-stream", "", "Файл", "File")]
    public void A_message_without_words_is_named_by_its_file(string type, string name, string russian, string english)
    {
        FileLink[] files = [new("f", name, 1, type, "/files/f")];
        Assert.Equal((russian, english), (new Words(Language.Russian).Preview("", files), new Words(Language.English).Preview("", files)));
    }

    [Fact]
    public void A_place_is_named_and_leads_to_the_map()
    {
        const string Kremlin = "https://www.openstreetmap.org/?mlat=55.7558&mlon=37.6173#map=16/55.7558/37.6173";
        var (screen, talk) = Show(Telegram, Message(Kremlin));
        using var shown = screen;
        Assert.Equal((Kremlin, "Место на карте"), (talk.Find("a.file").GetAttribute("href"), talk.Find("a.file .file-name").TextContent));
        Assert.Equal("Place on the map", new Words(Language.English).Preview(Kremlin, []));
    }

    [Fact]
    public void What_a_channel_cannot_do_with_a_message_is_said_where_one_looks_for_it()
    {
        var (screen, talk) = Show(Telegram, Message("готово", Anna), Message("спасибо"));
        using var shown = screen;
        Pick(talk, "menu", 1);
        Assert.Empty(talk.FindAll(".menu-note"));
        screen.Scene.Board.Abilities.Load([new DeskChannel("telegram", new Capabilities(4096))]);
        Pick(talk, "menu", 1);
        Assert.Equal("Telegram: нельзя цитировать, изменить, удалить", talk.Find(".menu-note").TextContent);
        Pick(talk, "menu", 2);
        Assert.Equal("Telegram: нельзя цитировать", talk.Find(".menu-note").TextContent);
    }

    [Fact]
    public void Several_files_are_counted()
    {
        var words = new Words(Language.Russian);
        Assert.Equal(("3 фото", "Файлов: 2"), (words.Preview("", [Photo, Photo, Photo]), words.Preview("", [Photo, Bill])));
    }

    [Fact]
    public void The_list_names_what_has_no_words()
    {
        var chat = Telegram with { Last = new LastMessage(1, Noon, AuthorKind.Visitor, "", false, [Voice]) };
        using var screen = new Screen(Language.Russian, chat, Chat(6, ConversationStatus.Active, Anna));
        var list = screen.Show<ChatList>();
        Assert.Equal("Голосовое сообщение", list.Find("[data-id='5'] .preview").TextContent);
        Assert.Contains("#i-voice", list.Find("[data-id='5'] .row-low .icon").InnerHtml, StringComparison.Ordinal);
        screen.Scene.Tell(5, Message("") with { Files = [Photo] });
        screen.Scene.Tell(6, Message("", Anna) with { Files = [Bill] });
        list.InvokeAsync(screen.Scene.Pulse.Now);
        Assert.Equal("Фото", list.Find("[data-id='5'] .preview").TextContent);
        Assert.Equal($"Вы: Документ {Bill.Name}", list.Find("[data-id='6'] .preview").TextContent);
        Assert.Contains("Telegram", list.Find("[data-id='5'] .name .sr").TextContent, StringComparison.Ordinal);
        Assert.Contains("#ch-telegram", list.Find("[data-id='5'] .channel-icon").InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_to_edit_puts_the_words_back_into_the_composer()
    {
        using var screen = new Screen(Language.Russian, Telegram);
        screen.Open(Telegram, Message("было", Anna));
        screen.Server.Refuses("PUT /api/operator/conversations/5/messages/1", HttpStatusCode.Conflict, "conversation-closed");
        var composer = screen.Show<Composer>();
        composer.InvokeAsync(() => screen.Of<Beseda.Workplace.Browsing.Browser>().OnAct("edit-last"));
        Assert.Equal(["было"], screen.Called("beseda.edit"));
        Assert.Contains("Изменение сообщения", composer.Find(".answered").TextContent, StringComparison.Ordinal);
        composer.InvokeAsync(() => screen.Of<Beseda.Workplace.Browsing.Browser>().OnSend("стало"));
        Assert.Contains("""PUT /api/operator/conversations/5/messages/1 {"text":"стало"}""", screen.Server.Asked.Select(System.Text.RegularExpressions.Regex.Unescape));
        Assert.Equal(["было", null, "стало"], screen.Called("beseda.edit"));
    }
}
