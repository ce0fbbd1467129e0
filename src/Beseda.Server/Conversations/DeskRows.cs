using Beseda.Domain.Conversations;
using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Conversations;

/// <summary>A conversation as a row of an operator's lists.</summary>
internal static class DeskRows
{
    public static Wire.DeskConversation Of(Session session, AccountId account, AccountState state, Conversation one) => new(
        one.Id.Value, new Telling(state, state.Visitors.GetValueOrDefault(one.Visitor), ToOperators: true).Card(one.Visitor),
        one.Channel, one.Location, one.Department.Value, Names.Of(one.Stage), one.Operator?.Value ?? (one.IsOpen ? null : one.LastOperator?.Value),
        one.StartedAt, one.WaitingSince, one.Until, state.Index.Position(one), Last(session, account, one), one.Unread);

    private static Wire.LastMessage? Last(Session session, AccountId account, Conversation one) => one.LastMessage == 0
        ? null
        : new Wire.LastMessage(
            one.LastMessage, one.LastMessageAt,
            one.LastMessage == one.LastVisitorMessage ? Wire.AuthorKind.Visitor : Wire.AuthorKind.Operator,
            ChatRows.Text(session, account, one.LastMessage), Note: false);
}
