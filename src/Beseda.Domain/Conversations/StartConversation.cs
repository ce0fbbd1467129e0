namespace Beseda.Domain.Conversations;

/// <summary>
/// A visitor of a channel presses Start: a conversation begins without a word of theirs. While one is open, the same
/// says where it stands.
/// </summary>
/// <param name="Location">What the link said that led here.</param>
public sealed record StartConversation(string ClientId, string Channel, string? Location, DepartmentId? Department) : Command
{
    /// <summary>See <see cref="MessagePosted.Number"/>: pressing Start may be a message of its own.</summary>
    public long? Number { get; init; }

    /// <summary>In <see cref="ConversationStarted.Source"/>.</summary>
    public const string Source = "start";

    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.Visitor { Id: var visitor })
            return Refusal.NotAllowed;
        var state = decision.State;
        if (state.VisitorOrNew(visitor).Open is not null)
            return null;
        if ((Department is { } asked && state.Departments.ContainsKey(asked) ? asked : Queueing.Default(state)?.Id) is not { } department)
            return Refusal.NoDepartment;

        var id = new ConversationId(decision.NextSeq);
        var started = decision.Add(new ConversationStarted(id, visitor, department, Channel, Location, Source) { Language = state.VisitorOrNew(visitor).Language, Number = Number });
        decision.Answer(started, id, visitor);
        Queueing.Enter(decision, decision.State.Conversations[id], department, QueueReason.New, id.Value);
        return null;
    }
}
