using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Frame;
using Beseda.Workplace.SignIn;
using Beseda.Workplace.Texts;
using Bunit;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Screens;

public sealed class Screen_tests
{
    private const string Evil = "<img src=x onerror=alert(1)>";

    [Fact]
    public void What_people_write_is_text_and_never_markup()
    {
        var chat = Chat(5, ConversationStatus.Active, Anna, new LastMessage(1, Noon, AuthorKind.Visitor, Evil, false)) with
        {
            Visitor = new VisitorCard("v", Evil),
            Location = Evil,
        };
        using var screen = new Screen(Language.English, chat);
        screen.Open(chat, Message(Evil + " https://a.example/<b>\"onclick=\"alert(1)"), Message("ok", Anna) with { ReplyTo = 1 });
        screen.Scene.Types(5, Evil);

        foreach (var part in new[] { screen.Show<ChatList>().Markup, screen.Show<TalkPane>().Markup, screen.Show<Facts>().Markup })
        {
            Assert.DoesNotContain("<img", part, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;img", part, StringComparison.Ordinal);
        }
        var link = Assert.Single(screen.Show<TalkPane>().FindAll("a[target=_blank]"));
        Assert.Equal("https://a.example/", link.GetAttribute("href"));
        Assert.Contains("noopener", link.GetAttribute("rel"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_lists_show_who_waits_what_is_mine_and_how_many_are_unread()
    {
        var offered = Chat(7, ConversationStatus.Assigned, Anna) with { Until = Noon.AddSeconds(30) };
        using var screen = new Screen(Language.Russian,
            Chat(4, last: new LastMessage(1, Noon, AuthorKind.Visitor, "Алло?", false)), Chat(6, ConversationStatus.Active, Anna, unread: 2), offered,
            Chat(8, ConversationStatus.Active, Nikolay));
        var list = screen.Show<ChatList>();
        Assert.Equal(["Мои чаты", "Ожидают", "Остальные"], list.FindAll(".section-head").Select(head => head.FirstChild!.TextContent.Trim().TrimEnd('0', '1', '2') is { Length: > 0 } name ? name : head.QuerySelector(".fold")!.TextContent));
        Assert.Equal(["7", "6", "4"], list.FindAll(".row").Select(row => row.GetAttribute("data-id")));
        Assert.Equal("Принять", list.Find("[data-id='7'] .take").TextContent);
        Assert.NotNull(list.Find("[data-id='7'] time[data-until]"));
        Assert.Equal("2", list.Find("[data-id='6'] .badge").TextContent);
        Assert.Equal("Взять", list.Find("[data-id='4'] .take").TextContent);
        Assert.Contains("Алло?", list.Find("[data-id='4']").TextContent, StringComparison.Ordinal);

        list.Find(".lists").TriggerEvent("onpick", new PickEventArgs { Act = "fold" });
        Assert.NotNull(list.Find("[data-id='8']"));
    }

    [Fact]
    public void A_row_is_drawn_again_only_when_its_chat_changed()
    {
        using var screen = new Screen(Language.Russian, Chat(4), Chat(6));
        var list = screen.Show<ChatList>();
        var rows = list.FindComponents<ChatRow>();
        var before = rows.Select(row => row.RenderCount).ToList();
        screen.Scene.Says(6, "новое");
        list.InvokeAsync(screen.Scene.Pulse.Now);
        Assert.Equal([before[0], before[1] + 1], rows.Select(row => row.RenderCount));
        Assert.Contains("новое", list.Find("[data-id='6']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_drawn_while_the_tab_is_hidden_and_everything_when_it_is_seen_again()
    {
        using var screen = new Screen(Language.Russian, Chat(4));
        var list = screen.Show<ChatList>();
        var drawn = list.RenderCount;
        list.InvokeAsync(() => screen.Of<Beseda.Workplace.Browsing.Browser>().OnVisible(false));
        screen.Scene.Says(4, "пока никто не смотрит");
        list.InvokeAsync(screen.Scene.Pulse.Beat);
        Assert.Equal(drawn, list.RenderCount);
        list.InvokeAsync(() => screen.Of<Beseda.Workplace.Browsing.Browser>().OnVisible(true));
        Assert.Contains("пока никто не смотрит", list.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConversationStatus.Queued, null, "Взять", true)]
    [InlineData(ConversationStatus.Assigned, Anna, "Принять", false)]
    [InlineData(ConversationStatus.Active, Anna, null, false)]
    [InlineData(ConversationStatus.Active, Nikolay, null, true)]
    [InlineData(ConversationStatus.Closed, Anna, null, true)]
    public void The_composer_writes_to_the_visitor_only_in_my_own_chats_and_notes_everywhere(
        ConversationStatus status, long? person, string? button, bool onlyNotes)
    {
        var chat = Chat(5, status, person);
        using var screen = new Screen(Language.Russian, chat);
        screen.Open(chat);
        var composer = screen.Show<Composer>();
        Assert.Equal(button, composer.FindAll(".compose-state button").SingleOrDefault()?.FirstChild!.TextContent.Trim());
        Assert.Equal(onlyNotes, composer.Find(".compose").ClassList.Contains("note"));
        Assert.Equal(onlyNotes, composer.Find("#note-toggle").HasAttribute("disabled"));
    }

    [Fact]
    public void A_note_is_chosen_for_one_message_and_not_for_the_next_chat()
    {
        var (one, other) = (Chat(5, ConversationStatus.Active, Anna), Chat(6, ConversationStatus.Active, Anna));
        using var screen = new Screen(Language.Russian, one, other);
        screen.Open(one);
        var composer = screen.Show<Composer>();
        composer.Find(".compose").TriggerEvent("onpick", new PickEventArgs { Act = "note" });
        Assert.True(composer.Find(".compose").ClassList.Contains("note"));
        screen.Open(other);
        composer.InvokeAsync(screen.Scene.Pulse.Now);
        Assert.False(composer.Find(".compose").ClassList.Contains("note"));
    }

    [Fact]
    public void Why_this_operator_is_told_in_words()
    {
        var chat = Chat(5, ConversationStatus.Active, Anna);
        using var screen = new Screen(Language.Russian, chat);
        screen.Open(chat, new ConversationAssigned
        {
            Seq = 0,
            At = default,
            Operator = Anna,
            Why = new Why("longest-idle", [new Considered(Anna, 1, 4, Noon)], [new PassedOver(Nikolay, "at-limit")], new Dictionary<string, int> { ["away"] = 3 }),
        });
        var facts = screen.Show<Facts>().Find(".facts").TextContent;
        Assert.Contains("Среди равных свободен дольше всех", facts, StringComparison.Ordinal);
        Assert.Contains("предел чатов", facts, StringComparison.Ordinal);
        Assert.Contains("и ещё 3: отошёл", facts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_message_says_why_and_offers_another_try()
    {
        using var screen = new Screen(Language.Russian);
        var item = new Outgoing("c1", 5, new OperatorMessage("c1", "привет"), Noon, Sending.Failed, "already-taken");
        var line = screen.Show<LineView>(with => with.Add(view => view.Line, new OutgoingLine("c1", item, null)));
        Assert.Contains("Этот чат уже у другого оператора", line.Find(".failed").TextContent, StringComparison.Ordinal);
        Assert.Equal(["retry", "discard"], line.FindAll("[data-act]").Select(button => button.GetAttribute("data-act")));
        Assert.All(line.FindAll("[data-act]"), button => Assert.Equal("c1", button.GetAttribute("data-id")));
    }

    [Fact]
    public void A_chat_is_handed_over_to_those_who_can_answer_first()
    {
        var chat = Chat(5, ConversationStatus.Active, Anna);
        using var screen = new Screen(Language.Russian, chat);
        screen.Open(chat);
        screen.Scene.Board.Apply(new Beseda.Client.EntryFrame(new OperatorStatusChanged { Seq = 900, At = Noon, Operator = Nikolay, Status = OperatorStatus.Offline, Cause = "set" }));
        var dialog = screen.Show<HandOver>();
        dialog.InvokeAsync(() => dialog.Instance.Ask(screen.Scene[5]!));
        Assert.Equal(["Николай", "Поддержка", "Продажи"], dialog.FindAll(".targets .name").Select(name => name.TextContent));
        Assert.True(dialog.Find(".primary").HasAttribute("disabled"));
        dialog.Find(".find").Input("прод");
        Assert.Equal(["Продажи"], dialog.FindAll(".targets .name").Select(name => name.TextContent));
        Assert.False(dialog.Find(".primary").HasAttribute("disabled"));
    }

    [Fact]
    public void The_sign_in_form_asks_for_the_account_only_when_there_are_several()
    {
        using var screen = new Screen(Language.English);
        LoginRequest? sent = null;
        var form = screen.Show<SignInForm>(with => with.Add(one => one.Words, new Words(Language.English)).Add(one => one.OnSubmit, request => sent = request));
        form.Find("[name=email]").Change(" anna@demo.example ");
        form.Find("[name=password]").Change("beseda-demo");
        form.Find("form").Submit();
        Assert.Equal(new LoginRequest("anna@demo.example", "beseda-demo"), sent);

        form.Render(with => with.Add(one => one.Accounts, [new AccountChoice("demo", "Demo"), new AccountChoice("acme", "Acme")]));
        form.FindAll("[name=account]")[1].Change("acme");
        form.Find("form").Submit();
        Assert.Equal(new LoginRequest("anna@demo.example", "beseda-demo", "acme"), sent);
    }
}
