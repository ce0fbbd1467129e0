using Beseda.Protocol;

namespace Beseda.Server.Tests.Conversations;

/// <summary>Who sees what, at every door.</summary>
public sealed class Visibility_tests(Server server)
{
    [Fact]
    public async Task An_operator_of_another_department_finds_nothing_of_a_conversation_anywhere()
    {
        var company = await Company.OpenAsync(server);
        var sales = await company.AddDepartmentAsync("Продажи");
        var anna = await company.HireAsync("Анна");
        var stranger = await company.HireAsync("Сергей", departments: [sales]);
        var elsewhere = (await Company.OpenAsync(server)).Admin;
        await using var his = await stranger.ListenAsync();
        var guest = await company.ReceiveAsync();
        var posted = await guest.WriteAsync("Секрет", department: company.Department);
        var id = posted.Conversation;
        (await anna.DoAsync(id, "take")).Must(204);
        await anna.WriteAsync(id, "Заметка", note: true);

        foreach (var other in new[] { stranger, elsewhere })
        {
            (await other.GetAsync($"/api/operator/conversations/{id}/timeline")).Must(404, "conversation-not-found");
            foreach (var (what, body) in Acts(company.Department, posted.Seq))
                (await other.DoAsync(id, what, body)).Must(404, "conversation-not-found");
            Assert.DoesNotContain((await other.DeskAsync()).Conversations, one => one.Id == id);
            Assert.Empty((await other.GetAsync("/api/operator/conversations")).Read<ConversationPage>().Conversations);
        }

        var head = (await guest.WriteAsync("Ещё")).Seq;
        (await guest.PostAsync("typing", new TypingRequest("Секрет"))).Must(204);
        (await guest.PostAsync("close")).Must(204);
        await stranger.BeAsync(OperatorStatus.Online);
        await his.NextAsync(frame => frame.Event == "operator.status" && frame.Id > head);
        Assert.All(his.Heard, frame => Assert.DoesNotContain($"\"conversation\":{id}", frame.Data, StringComparison.Ordinal));
        (await stranger.GetAsync($"/api/operator/conversations/{id}/timeline")).Must(404);
    }

    [Fact]
    public async Task Supervisors_see_everything_and_only_administrators_administer()
    {
        var company = await Company.OpenAsync(server);
        var sales = await company.AddDepartmentAsync("Продажи");
        var vera = await company.HireAsync("Вера", Role.Supervisor, departments: [sales]);
        var anna = await company.HireAsync("Анна");
        await using var hers = await vera.ListenAsync();
        var guest = await company.ReceiveAsync();
        var posted = await guest.WriteAsync("Здравствуйте!");

        Assert.Contains(await hers.EntriesUntilAsync(posted.Seq), frame => frame.Id == posted.Seq);
        Assert.Single((await vera.DeskAsync()).Conversations);
        Assert.Equal(3, (await vera.TimelineAsync(posted.Conversation)).Events.Count);
        foreach (var person in new[] { vera, anna })
            foreach (var path in new[] { "account", "departments", "operators", "journal" })
                (await person.GetAsync($"/api/admin/{path}")).Must(403, "not-allowed");
        (await anna.PostAsync("/api/admin/departments", new DepartmentSettings("Моё"))).Must(403, "not-allowed");
    }

    [Fact]
    public async Task A_conversation_handed_to_another_department_disappears_for_the_first_and_appears_for_the_second()
    {
        var company = await Company.OpenAsync(server);
        var sales = await company.AddDepartmentAsync("Продажи");
        var bystander = await company.HireAsync("Борис");
        var anna = await company.HireAsync("Анна");
        var seller = await company.HireAsync("Сергей", departments: [sales]);
        await using var before = await bystander.ListenAsync();
        await using var after = await seller.ListenAsync();
        var guest = await company.ReceiveAsync();
        var id = (await guest.WriteAsync("Здравствуйте!", department: company.Department)).Conversation;
        (await anna.DoAsync(id, "take")).Must(204);

        (await anna.DoAsync(id, "transfer", new TransferRequest(Department: sales, Comment: "Хочет тариф"))).Must(204);
        var then = await guest.WriteAsync("Алло?");

        Assert.Equal("Хочет тариф", (await after.NextAsync("conversation.transferred")).Json().GetProperty("comment").GetString());
        Assert.Contains(await after.EntriesUntilAsync(then.Seq), frame => frame.Id == then.Seq);
        Assert.Single((await seller.DeskAsync()).Conversations);
        Assert.Equal(sales, (await before.NextAsync("conversation.transferred")).Json().GetProperty("to").GetProperty("department").GetInt64());
        await seller.BeAsync(OperatorStatus.Online);
        await before.NextAsync("operator.status");
        Assert.DoesNotContain(before.Heard, frame => frame.Id == then.Seq);
        Assert.Empty((await bystander.DeskAsync()).Conversations);

        // Whose it was may still look.
        Assert.Contains((await anna.TimelineAsync(id)).Events, entry => entry.Seq == then.Seq);
    }

    [Fact]
    public async Task A_visitor_sees_nothing_of_another_s()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var guest = await company.ReceiveAsync();
        var posted = await guest.WriteAsync("Секрет");
        var other = await company.ReceiveAsync();
        await using var feed = await other.ListenAsync("?since=0");
        (await anna.DoAsync(posted.Conversation, "take")).Must(204);

        (await other.PostAsync("close", new CloseRequest(posted.Conversation))).Must(404, "conversation-not-found");
        (await other.PostAsync("rating", new RatingRequest(posted.Conversation, 5, 5))).Must(404, "conversation-not-found");
        (await other.PostAsync("messages", new VisitorMessage("a", "Ответ", ReplyTo: posted.Seq))).Must(422, "reply-not-found");
        Assert.Empty((await other.TimelineAsync()).Events);

        var own = await other.WriteAsync("Своё");
        Assert.All(await feed.EntriesUntilAsync(own.Seq), frame => Assert.Equal(own.Conversation, frame.Json().GetProperty("conversation").GetInt64()));
        Assert.DoesNotContain((await other.TimelineAsync()).Events, entry => entry.Conversation != own.Conversation);
    }

    [Fact]
    public async Task A_visitor_never_gets_notes_reasons_comments_or_who_an_author_is_inside()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var boris = await company.HireAsync("Борис");
        await boris.BeAsync(OperatorStatus.Online);
        var guest = await company.ReceiveAsync();
        await using var feed = await guest.ListenAsync();
        var id = (await guest.WriteAsync("Здравствуйте!")).Conversation;
        (await anna.DoAsync(id, "take")).Must(204);
        await anna.WriteAsync(id, "internal-note", note: true);
        (await anna.DoAsync(id, "transfer", new TransferRequest(boris.Id, Comment: "internal-comment"))).Must(204);
        (await boris.DoAsync(id, "take")).Must(204);
        await boris.WriteAsync(id, "Добрый день!");
        var last = (await guest.WriteAsync("Спасибо")).Seq;

        var told = string.Join('\n', (await feed.EntriesUntilAsync(last)).Select(frame => frame.Data));
        var timeline = (await guest.GetAsync("timeline?limit=200")).Text;
        var session = (await guest.Caller.PostAsync("/api/visitor/session", new SessionRequest(company.Key, Token: guest.Session.Token))).Text;
        foreach (var text in new[] { told, timeline, session })
        {
            Assert.Contains("Добрый день!", text, StringComparison.Ordinal);
            foreach (var secret in new[] { "internal-note", "internal-comment", "\"why\"", "\"comment\"", anna.Email, boris.Email, "\"considered\"" })
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.Contains("\"author\":{\"kind\":\"operator\",\"name\":\"Борис\"}", text, StringComparison.Ordinal);
        }

        Assert.Contains("internal-note", (await anna.GetAsync($"/api/operator/conversations/{id}/timeline")).Text, StringComparison.Ordinal);
    }

    private static (string What, object? Body)[] Acts(long department, long seq) =>
    [
        ("take", null), ("close", null), ("messages", new OperatorMessage("a", "Привет")), ("messages", new OperatorMessage("b", "Заметка", Note: true)),
        ("transfer", new TransferRequest(Department: department)), ("typing", new TypingRequest("а")), ("read", new ReadRequest(seq)),
    ];
}
