using System.Collections.Immutable;
using Beseda.Domain.Channels;
using Beseda.Domain.Files;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Conversations;

/// <summary>
/// The one way a message enters, whoever brings it. A visitor writes to the company: into the open conversation, or a new
/// one; an operator writes into a conversation that is theirs, or a note into any they see.
/// </summary>
/// <param name="Text">Already cleaned: see <see cref="MessageText"/>. May be empty where there are files.</param>
public sealed record PostMessage(string ClientId, string Text) : Command
{
    /// <summary>Needed by operators, not read for visitors.</summary>
    public ConversationId? Conversation { get; init; }
    public bool Note { get; init; }
    public long? ReplyTo { get; init; }
    public DepartmentId? Department { get; init; }
    public string Channel { get; init; } = "site";
    public string? Location { get; init; }
    /// <summary>Of the visitor's browser, two letters, where no channel says.</summary>
    public string? Language { get; init; }
    public ImmutableArray<MessageFile>? Files { get; init; }
    /// <summary>One for each of <see cref="Files"/>.</summary>
    public ImmutableArray<FileWords>? FileWords { get; init; }
    public ImmutableArray<Button>? Buttons { get; init; }

    /// <summary>See <see cref="MessagePosted.External"/>.</summary>
    public string? External { get; init; }
    /// <summary>See <see cref="MessagePosted.Number"/>.</summary>
    public long? Number { get; init; }
    /// <summary>It has waited long enough for the numbers before its own.</summary>
    public bool Late { get; init; }
    /// <summary>Like <see cref="ReplyTo"/>, as the channel calls it; one that is not known is passed over.</summary>
    public string? ReplyToExternal { get; init; }

    /// <summary>See <see cref="MessageWords.Quoted"/>.</summary>
    public string? Quoted { get; init; }
    /// <summary>See <see cref="MessageWords.Subject"/>.</summary>
    public string? Subject { get; init; }
    /// <summary>No person wrote it: it is shown where people talk, and starts nothing.</summary>
    public bool Automatic { get; init; }

    internal Refusal? Decide(Decision decision, Actor by) => by switch
    {
        Actor.Visitor { Id: var visitor } => FromVisitor(decision, visitor),
        Actor.Operator { Id: var person } => FromOperator(decision, person),
        _ => Refusal.NotAllowed,
    };

    private Refusal? FromVisitor(Decision decision, VisitorId visitor)
    {
        var state = decision.State;
        var known = state.VisitorOrNew(visitor);
        if (!Late && Number > known.LastNumber + 1)
            return Refusal.OutOfOrder;
        var open = known.Open;
        if (ReplyTo is { } seq && !(Answers(state, seq, visitor, open) is { Note: false }))
            return Refusal.ReplyNotFound;

        if (open is { } running)
        {
            // Who writes wants to be answered.
            if (state.Conversations[running].Stopped && !Automatic)
                decision.Add(new VisitorStopped(running, visitor, false));
            Post(decision, running, visitor, new Author(AuthorKind.Visitor));
            return null;
        }

        if (Automatic)
            return Refusal.ConversationClosed;
        if (Department is { } asked && !state.Departments.ContainsKey(asked))
            return Refusal.DepartmentNotFound;
        if ((Department ?? Queueing.Default(state)?.Id) is not { } department)
            return Refusal.NoDepartment;

        var started = new ConversationId(decision.NextSeq);
        decision.Add(new ConversationStarted(started, visitor, department, Channel, Location, "visitor") { Language = known.Language ?? Language });
        Post(decision, started, visitor, new Author(AuthorKind.Visitor));
        Queueing.Enter(decision, decision.State.Conversations[started], department, QueueReason.New, started.Value);
        return null;
    }

    private Refusal? FromOperator(Decision decision, OperatorId person)
    {
        var state = decision.State;
        if (Conversation is not { } id || !state.Conversations.TryGetValue(id, out var conversation)
            || !Visibility.Sees(state, new Actor.Operator(person), conversation))
            return Refusal.ConversationNotFound;
        if (ReplyTo is { } seq && Answers(state, seq, conversation.Visitor, id) is null)
            return Refusal.ReplyNotFound;
        if (!Note && Hinders(conversation, person) is { } refusal)
            return refusal;

        if (!Note && conversation.Stage == Stage.Assigned)
            decision.Add(new ConversationAccepted(id, conversation.Visitor, person) { Pauses = state.Account.Pauses });
        Post(decision, id, conversation.Visitor, new Author(AuthorKind.Operator, person));
        return null;
    }

    /// <summary>The older message, if it is this visitor's or stands in this conversation (which may have moved here).</summary>
    private static MessageStub? Answers(AccountState state, long seq, VisitorId visitor, ConversationId? conversation) =>
        state.Messages.GetValueOrDefault(seq) is { } stub && (stub.Visitor == visitor || stub.Conversation == conversation) ? stub : null;

    /// <summary>Writing into what is offered to me accepts it.</summary>
    private static Refusal? Hinders(Conversation conversation, OperatorId person) => conversation.Stage switch
    {
        Stage.Closed => Refusal.ConversationClosed,
        Stage.Queued => Refusal.NotTaken,
        Stage.Assigned or Stage.Active => conversation.Operator == person ? null : Refusal.AlreadyTaken,
    };

    private void Post(Decision decision, ConversationId conversation, VisitorId visitor, Author author)
    {
        var answers = ReplyTo ?? (ReplyToExternal is { } external && decision.State.Externals.TryGetValue((visitor, external), out var seq) ? seq : null);
        var posted = decision.Add(new MessagePosted(
            conversation, visitor, author, ClientId, Note, answers,
            new MessageWords(Text) { Files = FileWords, Buttons = Buttons, Quoted = Quoted, Subject = Subject })
        {
            External = External,
            Number = Number,
            Files = Files,
        });
        decision.Answer(posted, conversation, visitor);
    }
}
