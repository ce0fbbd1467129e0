using Beseda.Protocol;
using static Microsoft.Playwright.Assertions;

namespace Beseda.Browser.Tests.Widget;

/// <summary>A visitor and an operator talk.</summary>
[Collection(nameof(OnTheSite))]
public sealed class Dialogue(WidgetSite site)
{
    [Fact]
    public async Task A_visitor_asks_waits_is_answered_closes_and_rates()
    {
        const string Question = "Здравствуйте! Какая максимальная скорость домашнего интернета вы предоставляете?";
        await using var visitor = await site.VisitorAsync();
        var anna = await site.OperatorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        await chat.WriteAsync(Question);
        await chat.SaysAsync("Пожалуйста, подождите, оператор скоро подключится.");

        var asked = (await anna.FindAsync(Question)).Last!.Seq;
        var conversation = await anna.TakeAsync(Question);
        await chat.SaysAsync("К чату подключился оператор: Анна");
        await anna.TypeAsync(conversation, "Добр");
        await chat.SaysAsync("Анна печатает");
        await anna.SayAsync(conversation, "Из какого вы региона?");
        await Expect(chat.State).ToContainTextAsync("Прочитано");
        await chat.WriteAsync("Бердск");
        await anna.SayAsync(conversation, "До 1000 Мбит/с: https://example.org/gigabit", replyTo: asked);
        await Expect(chat.Theirs.Last.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://example.org/gigabit");
        await Expect(chat.Panel.Locator("blockquote")).ToContainTextAsync(Question);
        await anna.SayAsync(conversation, "the visitor must not see this", note: true);
        await chat.WriteAsync("Спасибо!");
        await chat.IsSentAsync();

        await chat.Button("Завершить чат").ClickAsync();
        await chat.Button("Завершить").ClickAsync();
        await chat.SaysAsync("Оцените работу оператора: Анна");
        await Expect(chat.Panel).Not.ToContainTextAsync("must not see");
        await RatesAsync(chat, conversation);
    }

    private async Task RatesAsync(ChatWindow chat, long conversation)
    {
        await chat.Button("Оценка 3 из 5").ClickAsync();
        await chat.SaysAsync("Спасибо за оценку!");
        await chat.Button("Оценка 5 из 5").ClickAsync();
        await Expect(chat.Panel.Locator(".stars .on")).ToHaveCountAsync(5);
        await Eventually.HoldsAsync("the journal has both ratings", async () => (await RatingsAsync(conversation)).SequenceEqual([3, 5]));
        await chat.Page.ReloadAsync();
        await Expect(chat.Panel.Locator(".stars .on")).ToHaveCountAsync(5);
    }

    private async Task<IEnumerable<int>> RatingsAsync(long conversation) =>
        from entry in await site.JournalAsync()
        where entry.Kind == Kinds.ConversationRated && entry.Conversation == conversation
        select entry.Body.GetProperty("score").GetInt32();

    [Fact]
    public async Task A_rating_may_be_skipped_and_is_not_asked_for_again()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        var (anna, conversation) = await TalkAsync(chat, "skip-1");
        await anna.CloseAsync(conversation);
        await chat.SaysAsync("Оператор завершил чат");
        await chat.Button("Пропустить").ClickAsync();
        await Expect(chat.Panel.Locator(".stars")).ToHaveCountAsync(0);
        await chat.Page.ReloadAsync();
        await chat.SaysAsync("Оператор завершил чат");
        await Expect(chat.Panel.Locator(".stars")).ToHaveCountAsync(0);
        await chat.WriteAsync("skip-2");
        await chat.SaysAsync("Пожалуйста, подождите");
    }

    [Fact]
    public async Task A_closed_window_counts_what_was_said_on_every_page()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        var (anna, conversation) = await TalkAsync(chat, "badge-1");
        await chat.Page.Keyboard.PressAsync("Escape");
        await Expect(chat.Panel).ToBeHiddenAsync();
        await anna.SayAsync(conversation, "one");
        await anna.SayAsync(conversation, "two");
        var badge = chat.Page.Locator("beseda-chat .badge");
        await Expect(badge).ToHaveTextAsync("2");
        await chat.Page.GotoAsync("/demo/account");
        await Expect(badge).ToHaveTextAsync("2");
        await Expect(chat.Launcher).ToHaveAccessibleNameAsync("Открыть чат. Новых сообщений: 2");
        await chat.Launcher.ClickAsync();
        await Expect(badge).ToBeHiddenAsync();
        await Eventually.HoldsAsync("the operator sees that it was read", async () =>
            (await site.JournalAsync()).Any(entry => entry.Kind == Kinds.MessageRead && entry.Conversation == conversation));
        await anna.CloseAsync(conversation);
    }

    [Fact]
    public async Task The_operator_sees_what_the_visitor_types()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        var (anna, conversation) = await TalkAsync(chat, "draft-1");
        var seen = anna.SeesDraftAsync(conversation, "почему так дор");
        // A signal may be lost, so the visitor goes on typing.
        await Eventually.HoldsAsync("the operator sees the draft", async () =>
        {
            await chat.Composer.FillAsync("почему так дор");
            return seen.IsCompleted;
        });
        await seen;
        await anna.CloseAsync(conversation);
    }

    [Fact]
    public async Task History_loads_upward_and_keeps_the_reader_s_place()
    {
        await using var visitor = await site.VisitorAsync();
        var chat = await ChatWindow.OpenAsync(visitor);
        var (anna, conversation) = await TalkAsync(chat, "history-0");
        for (var i = 1; i <= 120; i++)
            await anna.SayAsync(conversation, $"line {i}");
        await chat.Page.ReloadAsync();
        await Expect(chat.Theirs.Last).ToHaveTextAsync("line 120");
        var shown = await chat.Theirs.CountAsync();
        Assert.InRange(shown, 1, 119);
        var log = chat.Panel.GetByRole(AriaRole.Log);
        var first = (await chat.Theirs.First.TextContentAsync())!;
        var place = await log.EvaluateAsync<double>("(log, text) => { log.scrollTop = 150; return [...log.querySelectorAll('p')].find(p => p.textContent === text).getBoundingClientRect().top; }", first);
        await Expect(chat.Theirs).Not.ToHaveCountAsync(shown);
        await Eventually.HoldsAsync("the row stands where it stood", async () =>
            Math.Abs(await log.EvaluateAsync<double>("(log, text) => [...log.querySelectorAll('p')].find(p => p.textContent === text).getBoundingClientRect().top", first) - place) <= 1);
        await anna.SayAsync(conversation, "news");
        await chat.Button("Новых сообщений: 1").ClickAsync();
        await Expect(chat.Theirs.Last).ToBeInViewportAsync();
        await anna.CloseAsync(conversation);
    }

    private async Task<(Colleague, long)> TalkAsync(ChatWindow chat, string question)
    {
        var anna = await site.OperatorAsync();
        await chat.WriteAsync(question);
        await chat.IsSentAsync();
        var conversation = await anna.TakeAsync(question);
        await chat.SaysAsync("К чату подключился оператор: Анна");
        return (anna, conversation);
    }
}
