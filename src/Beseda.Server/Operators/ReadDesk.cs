using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Server.Channels;
using Beseda.Server.Conversations;
using Beseda.Server.Storage;

namespace Beseda.Server.Operators;

/// <summary><c>GET /api/operator/desk</c>: one state, told whole. <c>GET …/conversations</c>: what was before.</summary>
internal static class ReadDesk
{
    private const int MostScanned = 2_000;

    public static async Task<IResult> Get(OperatorPrincipal caller, ChatJournal journal, TimeProvider clock)
    {
        var state = await journal.StateAsync(caller.Account);
        var person = state.Operators.GetValueOrDefault(caller.Id) ?? caller.Person;
        var seen = state.Conversations.Values.Where(one => one.IsOpen && Visibility.Sees(person, one)).OrderBy(one => one.Id.Value).ToList();
        var rows = await journal.Readers.ReadAsync(session => DeskRows.Of(session, caller.Account, state, seen));
        return TypedResults.Ok(new Wire.Desk(
            state.Seq, journal.Id, clock.GetUtcNow(), Me(person), [.. state.Operators.Values.Where(one => one.Enabled).Select(one => Row(state, one))],
            [.. state.Departments.Values.Select(one => new Wire.DeskDepartment(one.Id.Value, one.Name, Names.Of(one.Routing)))], rows,
            [.. Platforms.All.Select(one => new Wire.DeskChannel(one.Kind, one.Description.Capabilities))],
            [.. state.Labels.Values.Select(Names.Of)]));
    }

    /// <summary>Newest first, the ones this operator sees; <c>next</c> goes into <c>before</c>.</summary>
    public static async Task<IResult> History(
        OperatorPrincipal caller, ChatJournal journal, string? visitor = null, long before = long.MaxValue, int limit = 50)
    {
        var state = await journal.StateAsync(caller.Account);
        var wanted = Math.Clamp(limit, 1, 200);
        return TypedResults.Ok(await journal.Readers.ReadAsync(session =>
        {
            var found = new List<Wire.DeskConversation>();
            var next = before;
            var scanned = 0;
            while (found.Count < wanted && scanned < MostScanned)
            {
                var page = ConversationRows.Before(session, caller.Account, next, wanted);
                if (page.Count == 0)
                    return new Wire.ConversationPage(found, null);
                foreach (var row in page.TakeWhile(_ => found.Count < wanted))
                {
                    var one = row.IsOpen ? state.Conversations.GetValueOrDefault(row.Id, row) : row;
                    (next, scanned) = (one.Id.Value, scanned + 1);
                    if (!Visibility.Sees(caller.Person, one) || (visitor is not null && Names.Of(one.Visitor) != visitor))
                        continue;
                    var rows = new NamedRows(state);
                    rows.Add(one.Visitor);
                    found.Add(DeskRows.Of(session, caller.Account, rows.Load(session, caller.Account), one));
                }
            }

            return new Wire.ConversationPage(found, next);
        }));
    }

    private static Wire.Me Me(Operator person) => new(
        person.Id.Value, person.Profile.Name, person.Profile.Email, Names.Of(person.Role), Names.Of(person.Status), person.Limit,
        [.. person.Departments.Select(one => one.Value)]);

    private static Wire.DeskOperator Row(AccountState state, Operator person) => new(
        person.Id.Value, person.Profile.Name, person.Profile.Title, person.Profile.Avatar, Names.Of(person.Role), Names.Of(person.Shown),
        state.Index.Of(person.Id).Count, person.Limit, [.. person.Departments.Select(one => one.Value)]);
}
