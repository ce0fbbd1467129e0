using Beseda.Domain.Conversations;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Feeds;
using Beseda.Server.Operators;
using Beseda.Server.Visitors;

namespace Beseda.Server.Conversations;

/// <summary>
/// Who is typing. A visitor's draft is shown to operators as it grows; a visitor only learns that an operator types.
/// </summary>
internal static class Typing
{
    private const int MaxDraft = 2_000;

    public static async Task<IResult> ByVisitor(Wire.TypingRequest request, VisitorPrincipal visitor, ChatJournal journal)
    {
        var draft = MessageText.Clean(request.Draft ?? "");
        await ShowAsync(journal, visitor.Token.Account, visitor.Token.Visitor, draft.Length > MaxDraft ? MessageText.Clean(draft[..MaxDraft]) : draft);
        return TypedResults.NoContent();
    }

    /// <param name="draft">Null: it is not told what.</param>
    public static async Task ShowAsync(ChatJournal journal, AccountId account, VisitorId visitor, string? draft)
    {
        var state = await journal.StateAsync(account);
        if (state.VisitorOrNew(visitor).Open is not { } open || !state.Conversations.TryGetValue(open, out var conversation))
            return;
        var signal = new Wire.TypingSignal(open.Value, new Wire.Author(Wire.AuthorKind.Visitor), state.Seq, draft);
        journal.Signal(account, new SignalFrame(
            SignalFrame.OperatorKeys(conversation), conversation, null, EventStream.Signal(Wire.Signals.Typing, signal)));
    }

    public static async Task<IResult> ByOperator(
        long id, Wire.TypingRequest request, OperatorPrincipal caller, ChatJournal journal, Channels.TypingNews channels)
    {
        var state = await journal.StateAsync(caller.Account);
        if (!state.Conversations.TryGetValue(new ConversationId(id), out var conversation) || !Visibility.Sees(state, caller.Actor, conversation))
            return Problems.Of(Refusal.ConversationNotFound);
        if (!conversation.IsOpen)
            return TypedResults.NoContent();

        var stopped = string.IsNullOrEmpty(request.Draft) ? "" : null;
        var author = new Telling(state, null, ToOperators: true).Card(caller.Id);
        var toOperators = new Wire.TypingSignal(id, new(Wire.AuthorKind.Operator, author.Id, author.Name), state.Seq, stopped);
        var toVisitor = toOperators with { Author = new(Wire.AuthorKind.Operator, null, author.Name, author.Avatar) };
        journal.Signal(caller.Account, new SignalFrame(
            [FeedKeys.Of(conversation.Visitor), .. SignalFrame.OperatorKeys(conversation)], conversation,
            conversation.Operator == caller.Id ? EventStream.Signal(Wire.Signals.Typing, toVisitor) : null,
            EventStream.Signal(Wire.Signals.Typing, toOperators)));
        if (stopped is null && conversation.Operator == caller.Id)
            channels.Show(caller.Account, state, conversation);
        return TypedResults.NoContent();
    }
}
