using Beseda.Domain.Conversations;
using Beseda.Domain.Ratings;
using Beseda.Server.Doors;
using Beseda.Server.Visitors;

namespace Beseda.Server.Conversations;

/// <summary>What else a visitor does with a conversation: reads, closes, rates, looks back.</summary>
internal static class VisitorConversation
{
    public static Task<IResult> Read(Wire.ReadRequest request, VisitorPrincipal visitor, HttpContext http, ChatJournal journal) =>
        journal.SubmitAsync(http, visitor.Token.Account, visitor.Actor, new ReadMessages(null, request.Seq));

    public static Task<IResult> Close(Wire.CloseRequest? request, VisitorPrincipal visitor, HttpContext http, ChatJournal journal)
    {
        var conversation = request?.Conversation is { } named ? new ConversationId(named) : (ConversationId?)null;
        return journal.SubmitAsync(http, visitor.Token.Account, visitor.Actor, new CloseConversation(conversation));
    }

    public static Task<IResult> Rate(Wire.RatingRequest request, VisitorPrincipal visitor, HttpContext http, ChatJournal journal)
    {
        if (request.Scale is not (5 or 10))
            return Task.FromResult<IResult>(Problems.Invalid("scale", "5 or 10."));
        if (Checks.Optional("note", request.Note, 1_000, out var note) is { } wrong)
            return Task.FromResult(wrong);
        var about = request.Operator is { } person ? new OperatorId(person) : (OperatorId?)null;
        var rate = new RateConversation(new ConversationId(request.Conversation), about, request.Scale, request.Score, note);
        return journal.SubmitAsync(http, visitor.Token.Account, visitor.Actor, rate);
    }

    public static async Task<IResult> Timeline(VisitorPrincipal visitor, ChatJournal journal, long before = long.MaxValue, int limit = 50)
    {
        var (account, id) = (visitor.Token.Account, visitor.Token.Visitor);
        var state = await journal.StateAsync(account);
        var page = await journal.Readers.ReadAsync(session =>
            Timelines.OfVisitor(session, journal, account, id, before, Math.Clamp(limit, 1, Timelines.MostEntries)));
        var telling = new Telling(state, state.Visitors.GetValueOrDefault(id), ToOperators: false);
        return TypedResults.Ok(new Wire.TimelinePage(state.Seq, page.Told(telling), page.HasMore));
    }
}
