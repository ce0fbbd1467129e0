using Beseda.Protocol;

namespace Beseda.Server.Tests.Conversations;

/// <summary>A conversation from its first word to its rating, over the wire.</summary>
public sealed class Dialogue_tests(Server server)
{
    [Fact]
    public async Task The_dialogue_of_the_case()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        await anna.BeAsync(OperatorStatus.Online);
        var guest = await company.ReceiveAsync();
        await using var theirs = await guest.ListenAsync();
        await using var hers = await anna.ListenAsync();

        var id = (await guest.WriteAsync("Здравствуйте! Какая максимальная скорость домашнего интернета вы предоставляете?")).Conversation;
        await hers.NextAsync("conversation.queued");
        (await anna.DoAsync(id, "take")).Must(204);
        Assert.Equal("Анна", (await theirs.NextAsync("conversation.accepted")).Json().GetProperty("operator").GetProperty("name").GetString());
        await anna.WriteAsync(id, "Добрый день! В каком регионе?");
        await guest.WriteAsync("В Томске");
        await anna.WriteAsync(id, "До 1 Гбит/с: https://provider.example/tomsk");
        await guest.WriteAsync("Спасибо!");
        (await guest.PostAsync("close")).Must(204);
        var asked = await theirs.NextAsync("rating.asked");
        Assert.Equal(5, asked.Json().GetProperty("scale").GetInt32());
        (await guest.PostAsync("rating", new RatingRequest(id, 5, 5, Note: "Быстро"))).Must(204);

        var rated = await hers.NextAsync("conversation.rated");
        Assert.Equal((5, "Быстро"), (rated.Json().GetProperty("score").GetInt32(), rated.Json().GetProperty("note").GetString()));
        Assert.Equal(
            ["conversation.started", "message.posted", "conversation.queued", "conversation.assigned", "conversation.accepted", "message.posted",
                "message.posted", "message.posted", "message.posted", "conversation.closed", "rating.asked", "conversation.rated"],
            (await company.JournalAsync()).Where(e => e.Conversation == id).Select(e => e.Kind));
        Assert.Empty((await anna.DeskAsync()).Conversations);
        Assert.NotEqual(id, (await guest.WriteAsync("Ещё вопрос")).Conversation);
    }

    [Fact]
    public async Task One_takes_and_the_others_are_told_that_it_is_taken()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        var id = (await guest.WriteAsync("Здравствуйте!")).Conversation;
        var clerks = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => company.HireAsync($"Оператор {n}")));

        var answers = await Task.WhenAll(clerks.Select(clerk => clerk.DoAsync(id, "take")));

        var winner = clerks[Array.FindIndex(answers, answer => answer.Status == 204)];
        Assert.Single(answers, answer => answer.Status == 204);
        Assert.All(answers.Where(answer => answer.Status != 204), answer => answer.Must(409, "already-taken"));
        (await winner.DoAsync(id, "take")).Must(204);
        Assert.Single(await company.JournalAsync(), e => e.Kind == "conversation.accepted");
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_by_name()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var boris = await company.HireAsync("Борис");
        await anna.BeAsync(OperatorStatus.Online);
        var guest = await company.ReceiveAsync();
        var id = (await guest.WriteAsync("Здравствуйте!")).Conversation;

        (await anna.DoAsync(id, "messages", new OperatorMessage("a", "Привет"))).Must(409, "not-taken");
        (await guest.PostAsync("rating", new RatingRequest(id, 5, 5))).Must(409, "not-asked");
        (await anna.DoAsync(id, "take")).Must(204);
        (await boris.DoAsync(id, "messages", new OperatorMessage("a", "Привет"))).Must(409, "already-taken");
        (await boris.DoAsync(id, "close")).Must(409, "already-taken");
        (await boris.DoAsync(id, "transfer", new TransferRequest(Department: company.Department))).Must(409, "already-taken");
        (await anna.DoAsync(id, "transfer", new TransferRequest(boris.Id))).Must(409, "operator-unavailable");
        (await anna.DoAsync(id, "transfer", new TransferRequest(999))).Must(404, "operator-not-found");
        (await anna.DoAsync(id, "transfer", new TransferRequest(Department: 999))).Must(422, "department-not-found");
        (await anna.DoAsync(id, "transfer", new TransferRequest())).Must(422, "invalid");
        (await anna.DoAsync(id, "transfer", new TransferRequest(boris.Id, company.Department))).Must(422, "invalid");
        (await anna.DoAsync(id, "messages", new OperatorMessage("a", "Привет", ReplyTo: 999))).Must(422, "reply-not-found");
        (await guest.PostAsync("messages", new VisitorMessage("b", "Привет", ReplyTo: 1))).Must(422, "reply-not-found");
        (await anna.DoAsync(id, "close")).Must(204);
        (await anna.DoAsync(id, "close")).Must(204);
        (await anna.DoAsync(id, "take")).Must(409, "conversation-closed");
        (await anna.DoAsync(id, "messages", new OperatorMessage("c", "Привет"))).Must(409, "conversation-closed");
        (await guest.PostAsync("rating", new RatingRequest(id, 10, 5))).Must(422, "wrong-scale");
        (await guest.PostAsync("rating", new RatingRequest(id, 7, 5))).Must(422, "invalid");
        (await guest.PostAsync("rating", new RatingRequest(id, 5, 6))).Must(422, "score-out-of-range");
        (await guest.PostAsync("rating", new RatingRequest(id, 5, 5))).Must(204);
        (await guest.PostAsync("rating", new RatingRequest(id, 5, 5))).Must(204);
        Assert.Single(await company.JournalAsync(), e => e.Kind == "conversation.rated");
    }

    [Fact]
    public async Task A_message_sent_again_is_the_same_message_whatever_it_says_now()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var guest = await company.ReceiveAsync();
        var first = await guest.WriteAsync("Здравствуйте!", "one");

        var again = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => guest.WriteAsync($"Иначе {n}", "one")));
        (await anna.DoAsync(first.Conversation, "take")).Must(204);
        var hers = await anna.WriteAsync(first.Conversation, "Добрый день!", clientId: "one");
        var hersAgain = await anna.WriteAsync(first.Conversation, "Добрый день!", clientId: "one");
        (await guest.PostAsync("close")).Must(204);
        var later = await guest.WriteAsync("Здравствуйте!", "one");

        Assert.All(again.Append(later), answer => Assert.Equal(first, answer));
        Assert.Equal(hers, hersAgain);
        Assert.NotEqual(first.Seq, hers.Seq);
        Assert.Equal(2, (await company.JournalAsync()).Count(e => e.Kind == "message.posted"));
    }

    [Fact]
    public async Task A_visitor_s_draft_is_shown_to_operators_and_the_visitor_learns_only_that_one_types()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var boris = await company.HireAsync("Борис");
        var guest = await company.ReceiveAsync();
        var id = (await guest.WriteAsync("Здравствуйте!")).Conversation;
        (await anna.DoAsync(id, "take")).Must(204);
        await using var hers = await anna.ListenAsync();
        await using var theirs = await guest.ListenAsync();
        var head = (await company.JournalAsync()).Count;

        (await guest.PostAsync("typing", new TypingRequest("Мой паро\u0000ль"))).Must(204);
        var draft = await hers.NextAsync("typing");
        Assert.Null(draft.Id);
        Assert.Equal($$$"""{"conversation":{{{id}}},"author":{"kind":"visitor"},"head":{{{head}}},"draft":"Мой пароль"}""", draft.Data);

        (await boris.DoAsync(id, "typing", new TypingRequest("Подсказываю"))).Must(204);
        (await anna.DoAsync(id, "typing", new TypingRequest("Сейчас посмотрю"))).Must(204);
        var typing = await theirs.NextAsync("typing");
        Assert.Equal($$$"""{"conversation":{{{id}}},"author":{"kind":"operator","name":"Анна"},"head":{{{head}}}}""", typing.Data);
        Assert.DoesNotContain(theirs.Heard, frame => frame.Data.Contains("Борис", StringComparison.Ordinal));
        Assert.Equal(head, (await company.JournalAsync()).Count);
    }

    [Fact]
    public async Task Unread_is_what_the_visitor_wrote_since_somebody_whose_it_is_looked()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var boris = await company.HireAsync("Борис");
        var guest = await company.ReceiveAsync();
        await using var theirs = await guest.ListenAsync();
        var id = (await guest.WriteAsync("Раз")).Conversation;
        var last = (await guest.WriteAsync("Два")).Seq;
        (await anna.DoAsync(id, "take")).Must(204);
        Assert.Equal(2, await UnreadAsync());

        (await boris.DoAsync(id, "read", new ReadRequest(last))).Must(204);
        Assert.Equal(2, await UnreadAsync());
        (await anna.DoAsync(id, "read", new ReadRequest(last))).Must(204);
        Assert.Equal(0, await UnreadAsync());
        var read = (await theirs.NextAsync("message.read")).Json();
        Assert.Equal((last, "operator"), (read.GetProperty("message").GetInt64(), read.GetProperty("by").GetString()));

        await guest.WriteAsync("Три");
        Assert.Equal(1, await UnreadAsync());
        var answer = await anna.WriteAsync(id, "Ответ");
        Assert.Equal(0, await UnreadAsync());
        (await guest.PostAsync("read", new ReadRequest(answer.Seq + 1_000))).Must(204);
        (await guest.PostAsync("read", new ReadRequest(answer.Seq))).Must(204);
        var marks = (await company.JournalAsync()).Where(e => e.Kind == "message.read").Select(e => e.Body.GetProperty("message").GetInt64());
        Assert.Equal([last, answer.Seq], marks);

        async Task<int> UnreadAsync() => (await anna.DeskAsync()).Conversations.Single(one => one.Id == id).Unread;
    }
}
