using System.Collections.Immutable;
using Beseda.Domain.Conversations;

namespace Beseda.Domain.Metrics;

/// <summary>
/// What is counted of one conversation, folded from its events and from nothing else. All moments are told since its start;
/// what reports say of it follows from this.
/// </summary>
public sealed record Tally
{
    /// <summary>Who gives up sooner was hardly waiting.</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(5);

    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>The last moment that was told: see <see cref="Reads"/>.</summary>
    public Elapsed Clock { get; init; }

    public int VisitorMessages { get; init; }
    public int OperatorMessages { get; init; }
    public int BotMessages { get; init; }
    public int Transfers { get; init; }

    /// <summary>When it first entered a human queue.</summary>
    public Elapsed? WaitingSince { get; init; }
    /// <summary>It entered one while the department worked.</summary>
    public bool WithinHours { get; init; }
    /// <summary>It waits in a queue since then. An offer that lapses ends no wait.</summary>
    public Elapsed? QueuedAt { get; init; }
    /// <summary>From entering a queue to being accepted.</summary>
    public ImmutableArray<Wait> Waits { get; init; } = [];

    /// <summary>Of the visitor's messages, the first that no human has answered.</summary>
    public Elapsed? UnansweredSince { get; init; }
    public ImmutableArray<Wait> Responses { get; init; } = [];
    /// <summary>From <see cref="WaitingSince"/> to the first public message by a human.</summary>
    public Wait? FirstResponse { get; init; }

    public ImmutableArray<Stint> Stints { get; init; } = [];
    /// <summary>Until there the present stint's handling is counted.</summary>
    public Elapsed HandledUntil { get; init; }
    /// <summary>Null: <see cref="Pauses.Standard"/>.</summary>
    public Pauses? Pauses { get; init; }

    public Elapsed? Closed { get; init; }

    /// <summary>Null while it is open.</summary>
    public ConversationOutcome? Outcome => this switch
    {
        { Closed: null } => null,
        { VisitorMessages: 0 } => ConversationOutcome.Silent,
        { OperatorMessages: > 0 } => ConversationOutcome.Handled,
        { WaitingSince: null } => ConversationOutcome.Contained,
        { WithinHours: false } when Waited.Worked == 0 => ConversationOutcome.OffHours,
        { Stints.Length: > 0 } => ConversationOutcome.Unanswered,
        _ => Waited.Passed < ShortWait.Ticks / TimeSpan.TicksPerMicrosecond ? ConversationOutcome.ShortAbandon : ConversationOutcome.Abandoned,
    };

    private Elapsed Waited => Closed is { } closed && WaitingSince is { } since ? closed - since : default;

    /// <summary>Time may be counted from such an event, or to it: it tells the conversation's working clock.</summary>
    public static bool Reads(ConversationEvent happened) => happened switch
    {
        ConversationQueued or ConversationAssigned or ConversationAccepted or ConversationTransferred or ConversationClosed => true,
        MessagePosted message => message is { Note: false, Author.Kind: not AuthorKind.System },
        _ => false,
    };

    public Tally After(ConversationEvent happened, DateTimeOffset at)
    {
        if (!Reads(happened))
            return this;
        var passed = Passed(at);
        var now = new Elapsed(passed, happened.Worked ?? passed);
        var next = happened switch
        {
            ConversationQueued e => Left(now) with
            {
                WaitingSince = WaitingSince ?? now,
                WithinHours = WithinHours || e.WithinHours,
                QueuedAt = QueuedAt ?? now,
            },
            ConversationAssigned e => Stints is [.., { To: null } running] && running.Operator != e.Operator ? Left(now) : this,
            ConversationAccepted e => Accepted(e, now),
            ConversationTransferred => Left(now) with { Transfers = Transfers + 1 },
            ConversationClosed => Left(now) with { Closed = now, QueuedAt = null },
            MessagePosted e => Posted(e.Author, now),
            _ => this,
        };
        return next with { Clock = now };
    }

    /// <summary>Since the start, in microseconds.</summary>
    public long Passed(DateTimeOffset at) => (at - StartedAt).Ticks / TimeSpan.TicksPerMicrosecond;

    private Tally Accepted(ConversationAccepted e, Elapsed now)
    {
        var before = Left(now);
        return before with
        {
            Waits = QueuedAt is { } since ? Waits.Add(new Wait(e.Operator, now - since)) : Waits,
            QueuedAt = null,
            Stints = before.Stints.Add(new Stint(e.Operator, now)),
            HandledUntil = now,
            Pauses = e.Pauses,
        };
    }

    private Tally Posted(Author author, Elapsed now) => author.Kind switch
    {
        AuthorKind.Visitor => Counted(now) with { VisitorMessages = VisitorMessages + 1, UnansweredSince = UnansweredSince ?? now },
        AuthorKind.Operator => Answered(author.Operator, now),
        _ => Counted(now) with { BotMessages = BotMessages + 1 },
    };

    private Tally Answered(OperatorId? person, Elapsed now)
    {
        var counted = Counted(now);
        return counted with
        {
            OperatorMessages = OperatorMessages + 1,
            FirstResponse = FirstResponse ?? (WaitingSince is { } waiting ? new Wait(person, now - waiting) : null),
            Responses = UnansweredSince is { } asked ? Responses.Add(new Wait(person, now - asked)) : Responses,
            UnansweredSince = null,
            Stints = counted.Stints is [.. var earlier, { To: null, Reaction: null } running] && running.Operator == person
                ? [.. earlier, running with { Reaction = now - running.From }]
                : counted.Stints,
        };
    }

    /// <summary>The gap that ends now is counted to whoever has the conversation.</summary>
    private Tally Counted(Elapsed now)
    {
        if (Stints is not [.. var earlier, { To: null } running])
            return this;
        var pauses = Pauses ?? Pauses.Standard;
        var gap = (now - HandledUntil).AtMost(UnansweredSince is null ? pauses.Visitor : pauses.Operator);
        return this with { Stints = [.. earlier, running with { Handled = running.Handled + gap }], HandledUntil = now };
    }

    /// <summary>It is nobody's from here on.</summary>
    private Tally Left(Elapsed now)
    {
        var counted = Counted(now);
        return counted.Stints is [.. var earlier, { To: null } running] ? counted with { Stints = [.. earlier, running with { To = now }] } : counted;
    }
}
