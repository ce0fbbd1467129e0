using System.Text.Json;
using Beseda.Domain.Conversations;
using Beseda.Protocol;
using Beseda.Server.Storage;

namespace Beseda.Server.Tests.Storage;

/// <summary>Rows of open conversations are written now and then; nothing of what was said is missing from what is read.</summary>
public sealed class Open_conversation_tests
{
    [Fact]
    public async Task What_was_said_since_the_row_was_written_is_there_after_a_restart()
    {
        await using var server = await Server.StartAsync(["--limits", "off"]);
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var (talker, quiet) = (await company.ReceiveAsync(), await company.ReceiveAsync());
        var asked = (await quiet.WriteAsync("вопрос")).Conversation;
        var talk = (await talker.WriteAsync("раз")).Conversation;
        (await anna.DoAsync(talk, "take")).Must(204);
        (await anna.DoAsync(asked, "take")).Must(204);

        // As many as the index of SQLite enters at once, and more.
        var rows = new HashSet<long>();
        for (var i = 0; i < 300; i++)
        {
            await talker.WriteAsync($"{i}");
            await anna.WriteAsync(talk, $"Ответ {i}");
            rows.Add(await RowAsync(company, talk));
        }

        await talker.WriteAsync("ещё");
        var last = await quiet.WriteAsync("и ещё");
        await anna.WriteAsync(asked, "Заметка", note: true);
        await quiet.WriteAsync("и снова");
        (await anna.DoAsync(asked, "read", new ReadRequest(last.Seq))).Must(204);
        Assert.InRange(rows.Count, 1, 30);

        var (before, desk) = (await StatesAsync(company), await anna.DeskAsync());
        await server.RestartAsync();

        Assert.Equal(before, await StatesAsync(company));
        Assert.Equal(desk.Conversations, (await anna.DeskAsync()).Conversations);
        var history = (await anna.GetAsync("/api/operator/conversations")).Read<ConversationPage>().Conversations;
        Assert.Equal(desk.Conversations.Reverse(), history);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(32, 7)]
    [InlineData(64, 0)]
    [InlineData(1_000, 3)]
    public void However_the_numbers_of_a_conversation_fall_its_row_is_written_now_and_then(int step, int first)
    {
        var (talk, longest, since, written) = (New(), 0, 0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var isWritten = ConversationRows.IsToBeSaved(talk, talk with { LastMessage = i, Unread = i }, [first + ((long)i * step)]);
            (since, written) = (isWritten ? 0 : since + 1, written + (isWritten ? 1 : 0));
            longest = Math.Max(longest, since);
        }

        Assert.InRange(longest, 128, 4_000);
        Assert.InRange(written, 500, 1_200);
    }

    [Fact]
    public void Whatever_happens_to_a_conversation_is_written_at_once()
    {
        var talk = New();
        Assert.All(
            (Conversation[])[
                talk with { Stage = Stage.Active }, talk with { Operator = new(2) }, talk with { Visitor = new(8) }, talk with { Department = new(3) },
                talk with { Missed = [new(2)] }, talk with { Order = 4 }, talk with { Until = DateTimeOffset.UnixEpoch }, talk with { Ratings = [new(new(2), 5, talk.StartedAt)] },
            ],
            now => Assert.True(ConversationRows.IsToBeSaved(talk, now, [])));
        Assert.True(ConversationRows.IsToBeSaved(null, talk, []));
        Assert.True(ConversationRows.IsToBeSaved(talk with { Stage = Stage.Closed }, talk with { Stage = Stage.Closed, ReadByVisitor = 4 }, []));
        Assert.False(ConversationRows.IsToBeSaved(talk, talk, []));
    }

    private static Conversation New() => new()
    {
        Id = new(7),
        Visitor = new(1),
        Department = new(1),
        Channel = "site",
        Stage = Stage.Queued,
        StartedAt = DateTimeOffset.UnixEpoch,
        WaitingSince = DateTimeOffset.UnixEpoch,
        LastMessageAt = DateTimeOffset.UnixEpoch,
    };

    private static Task<long> RowAsync(Company company, long conversation) => company.Journal.Readers.ReadAsync(session =>
        session["select seq from conversations where account = $1 and id = $2"].Bind(1, company.Id.Value).Bind(2, conversation).One(row => row.Number(0)));

    private static async Task<List<string>> StatesAsync(Company company) =>
        [.. (await company.Journal.StateAsync(company.Id)).Conversations.Values.OrderBy(one => one.Id.Value)
            .Select(one => JsonSerializer.Serialize(one, StoredJson.Instance.Conversation))];
}
