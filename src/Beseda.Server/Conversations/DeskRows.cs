using Beseda.Domain.Conversations;
using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Conversations;

/// <summary>Conversations as rows of an operator's lists.</summary>
internal static class DeskRows
{
    public static Wire.DeskConversation Of(Session session, AccountId account, AccountState state, Conversation one) => Of(session, account, state, [one])[0];

    /// <summary>All at once: a list of hundreds is a handful of queries.</summary>
    public static List<Wire.DeskConversation> Of(Session session, AccountId account, AccountState state, IReadOnlyList<Conversation> all)
    {
        var seqs = all.Select(one => one.LastMessage).Where(seq => seq != 0).ToList();
        var posted = ChatRows.Posted(session, account, seqs).ToDictionary(row => row.Seq, row => row.Message);
        var since = Timelines.States(session, account, seqs);
        return [.. all.Select(one => Row(state, one, posted.TryGetValue(one.LastMessage, out var message) ? Last(state, one, message, since.GetValueOrDefault(one.LastMessage)) : null))];
    }

    private static Wire.DeskConversation Row(AccountState state, Conversation one, Wire.LastMessage? last) => new(
        one.Id.Value, new Telling(state, state.Visitors.GetValueOrDefault(one.Visitor), ToOperators: true).Card(one.Visitor),
        one.Channel, one.Location, one.Department.Value, Names.Of(one.Stage), one.Operator?.Value ?? (one.IsOpen ? null : one.LastOperator?.Value),
        one.StartedAt, one.WaitingSince, one.Until, state.Index.Position(one), last, one.Unread,
        one.Category?.Value, one.Tags is { } tags ? [.. tags.Select(tag => tag.Value)] : null);

    private static Wire.LastMessage Last(AccountState state, Conversation one, MessagePosted message, Present? since)
    {
        var told = new Telling(state, null, ToOperators: true).OfMessage(one.LastMessage, one.LastMessageAt, message, since);
        return new Wire.LastMessage(
            told.Seq, told.At, one.LastMessage == one.LastVisitorMessage ? Wire.AuthorKind.Visitor : Wire.AuthorKind.Operator,
            told.Text, Note: false, told.Files is { Count: > 0 } files ? files : null);
    }
}
