using Beseda.Domain.Conversations;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Storage;

namespace Beseda.Server.Conversations;

/// <summary>Who writes in a conversation, from wherever they write, and what operators know of that.</summary>
internal static class OperatorPerson
{
    public const int MostConversations = 50;
    private const int MostAlike = 5, MostAddresses = 20;

    public static async Task<IResult> Get(long id, OperatorPrincipal caller, ChatJournal journal)
    {
        var state = await journal.StateAsync(caller.Account);
        var read = await journal.Readers.ReadAsync(session =>
        {
            if (Seen(session, state, caller, id) is not { } conversation)
                return null;
            var visitors = Addresses(session, caller.Account, state, conversation.Visitor);
            var wide = visitors.Aggregate(state, (now, visitor) => now.With(visitor));
            var conversations = ConversationRows.Of(session, caller.Account, visitors.Select(one => one.Id.Value), MostConversations)
                .Select(one => state.Conversations.GetValueOrDefault(one.Id, one)).Where(one => Visibility.Sees(caller.Person, one));
            return new Wire.Person(
                state.Seq, [.. visitors.Select(one => Told(state, one))], [.. conversations.Select(one => DeskRows.Of(session, caller.Account, wide, one))],
                Alike(session, state, caller, visitors));
        });
        return read is null ? Problems.Of(Refusal.ConversationNotFound) : TypedResults.Ok(read);
    }

    public static async Task<IResult> Merge(long id, Wire.MergeRequest request, OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        var state = await journal.StateAsync(caller.Account);
        var (one, other) = await journal.Readers.ReadAsync(session =>
            (Seen(session, state, caller, id), Seen(session, state, caller, request.Conversation)));
        return one is null || other is null
            ? Problems.Of(Refusal.ConversationNotFound)
            : await journal.SubmitAsync(http, caller.Account, caller.Actor, new MergeVisitors(new Writer(one.Id, one.Visitor), new Writer(other.Id, other.Visitor)));
    }

    public static async Task<IResult> Separate(long id, Wire.SeparateRequest request, OperatorPrincipal caller, HttpContext http, ChatJournal journal)
    {
        if (request.Visitors.Count is 0 or > MostAddresses)
            return Problems.Invalid("visitors", $"1 to {MostAddresses}.");
        var state = await journal.StateAsync(caller.Account);
        return await journal.Readers.ReadAsync(session => Seen(session, state, caller, id)) is { } conversation
            ? await journal.SubmitAsync(http, caller.Account, caller.Actor, new SeparateVisitors(
                new Writer(conversation.Id, conversation.Visitor), [.. request.Visitors.Select(Names.Visitor).OfType<VisitorId>()]))
            : Problems.Of(Refusal.ConversationNotFound);
    }

    /// <summary>The visitor first, then whoever is the same person.</summary>
    public static List<Visitor> Addresses(Session session, AccountId account, AccountState state, VisitorId id)
    {
        var visitor = state.Visitors.GetValueOrDefault(id) ?? ChatRows.Visitor(session, account, id) ?? new Visitor(id);
        return visitor.Person is { } person
            ? [visitor, .. PersonRows.VisitorsOf(session, account, [person.Value]).Where(one => one.Id != id).OrderBy(one => one.Id.Value)]
            : [visitor];
    }

    private static Conversation? Seen(Session session, AccountState state, OperatorPrincipal caller, long id) =>
        (state.Conversations.GetValueOrDefault(new ConversationId(id)) ?? ConversationRows.Find(session, caller.Account, new ConversationId(id))) is { } conversation
        && Visibility.Sees(caller.Person, conversation)
            ? conversation
            : null;

    private static Wire.Address Told(AccountState state, Visitor visitor)
    {
        var channel = visitor.Channel is { } id ? state.Channels.GetValueOrDefault(id) : null;
        return new Wire.Address(
            new Telling(state, visitor, ToOperators: true).Card(visitor.Id), channel?.Kind ?? "site", channel?.Name, visitor.Profile?.Fields);
    }

    /// <summary>Only of conversations that this operator sees: whoever else goes by a number is none of their business.</summary>
    private static List<Wire.Alike> Alike(Session session, AccountState state, OperatorPrincipal caller, List<Visitor> known)
    {
        var contacts = known.SelectMany(one => Contact.Of(one.Profile)).ToHashSet();
        if (contacts.Count == 0)
            return [];
        var alike = new List<Wire.Alike>();
        foreach (var other in PersonRows.Alike(session, caller.Account, contacts, MostAddresses).Where(one => known.TrueForAll(mine => mine.Id != one.Id)))
            if (alike.Count < MostAlike && ConversationRows.Of(session, caller.Account, [other.Id.Value], MostConversations)
                .Find(one => Visibility.Sees(caller.Person, one)) is { } newest)
                alike.Add(new Wire.Alike(
                    DeskRows.Of(session, caller.Account, state.With(other), state.Conversations.GetValueOrDefault(newest.Id, newest)),
                    [.. Contact.Of(other.Profile).Where(contacts.Contains).Select(contact => contact.Split(':')[0])]));
        return alike;
    }
}
