using Beseda.Domain.Conversations;
using Beseda.Domain.Metrics;

namespace Beseda.Domain.Tests.Laws;

/// <summary>
/// One conversation counted by hand, from its events and the words of the contract: by looking back and forth over the whole
/// list, as nothing in the product does.
/// </summary>
internal sealed class Counted
{
    private static readonly TimeSpan ForVisitor = TimeSpan.FromMinutes(4), ForOperator = TimeSpan.FromMinutes(10);

    private readonly List<(Elapsed At, ConversationEvent What)> moments;

    public Counted(IEnumerable<Recorded> conversation)
    {
        var events = conversation.ToList();
        moments = [.. events.Where(one => Counts((ConversationEvent)one.Event)).Select(one => (Moment(events[0].At, one), (ConversationEvent)one.Event))];
    }

    public Elapsed? Closed => moments.Where(one => one.What is ConversationClosed).Select(one => (Elapsed?)one.At).SingleOrDefault();

    public Elapsed? WaitingSince => moments.Where(one => one.What is ConversationQueued).Select(one => (Elapsed?)one.At).FirstOrDefault();

    public Elapsed? FirstResponse => Human().Select(one => (Elapsed?)(one - WaitingSince!.Value)).FirstOrDefault();

    /// <summary>Of each acceptance that follows an entry into a queue, from the first such entry after the acceptance before.</summary>
    public IEnumerable<Elapsed> Waits => from accepted in Moments<ConversationAccepted>()
                                         let before = Before(accepted).FindLastIndex(one => one.What is ConversationAccepted)
                                         let queued = Before(accepted).Skip(before + 1).Where(one => one.What is ConversationQueued).ToList()
                                         where queued.Count > 0
                                         select accepted - queued[0].At;

    /// <summary>From the first visitor's message after a human's to the next human's.</summary>
    public IEnumerable<Elapsed> Responses => from answer in Human()
                                             let before = Before(answer).FindLastIndex(one => IsHuman(one.What))
                                             let asked = Before(answer).Skip(before + 1).Where(one => IsVisitor(one.What)).ToList()
                                             where asked.Count > 0
                                             select answer - asked[0].At;

    /// <summary>Every stint by its operator: how long until they wrote, and what they did, gap by gap.</summary>
    public IEnumerable<(OperatorId Operator, Elapsed? Reaction, Elapsed Handled)> Stints
    {
        get
        {
            for (var i = 0; i < moments.Count; i++)
            {
                if (moments[i].What is not ConversationAccepted accepted)
                    continue;
                var end = moments.FindIndex(i + 1, one => Leaves(one.What, accepted.Operator));
                var held = moments[i..(end < 0 ? moments.Count : end + 1)];
                var wrote = held.FindIndex(one => one.What is MessagePosted { Author.Operator: { } person } && person == accepted.Operator);
                var handled = held.Zip(held.Skip(1)).Select(gap => Capped(gap.Second.At - gap.First.At, Awaited(gap.Second.At) ? ForOperator : ForVisitor));
                yield return (accepted.Operator, wrote < 0 ? null : held[wrote].At - held[0].At, handled.Aggregate(default(Elapsed), (sum, gap) => sum + gap));
            }
        }
    }

    public ConversationOutcome? Outcome
    {
        get
        {
            if (Closed is not { } closed)
                return null;
            if (!moments.Exists(one => IsVisitor(one.What)))
                return ConversationOutcome.Silent;
            if (Human().Any())
                return ConversationOutcome.Handled;
            if (WaitingSince is not { } since)
                return ConversationOutcome.Contained;
            if (!moments.Exists(one => one.What is ConversationQueued { WithinHours: true }) && (closed - since).Worked == 0)
                return ConversationOutcome.OffHours;
            if (Moments<ConversationAccepted>().Any())
                return ConversationOutcome.Unanswered;
            return (closed - since).Passed < 5_000_000 ? ConversationOutcome.ShortAbandon : ConversationOutcome.Abandoned;
        }
    }

    private static bool Counts(ConversationEvent happened) => happened
        is ConversationQueued or ConversationAssigned or ConversationAccepted or ConversationTransferred or ConversationClosed
        || IsVisitor(happened) || IsHuman(happened) || happened is MessagePosted { Author.Kind: AuthorKind.Bot, Note: false };

    private static Elapsed Moment(DateTimeOffset start, Recorded recorded)
    {
        var passed = (recorded.At - start).Ticks / 10;
        return new Elapsed(passed, ((ConversationEvent)recorded.Event).Worked ?? passed);
    }

    /// <summary>Just before it a visitor's message had no human's after it.</summary>
    private bool Awaited(Elapsed at) => Before(at).FindLast(one => IsVisitor(one.What) || IsHuman(one.What)).What is { } last && IsVisitor(last);

    private static bool Leaves(ConversationEvent happened, OperatorId from) => happened
        is ConversationTransferred or ConversationQueued or ConversationClosed or ConversationAccepted
        || happened is ConversationAssigned assigned && assigned.Operator != from;

    private static Elapsed Capped(Elapsed gap, TimeSpan cap) =>
        new(Math.Min(gap.Passed, cap.Ticks / 10), Math.Min(gap.Worked, cap.Ticks / 10));

    private static bool IsVisitor(ConversationEvent happened) => happened is MessagePosted { Note: false, Author.Kind: AuthorKind.Visitor };

    private static bool IsHuman(ConversationEvent happened) => happened is MessagePosted { Note: false, Author.Kind: AuthorKind.Operator };

    private IEnumerable<Elapsed> Human() => moments.Where(one => IsHuman(one.What)).Select(one => one.At);

    private IEnumerable<Elapsed> Moments<T>() => moments.Where(one => one.What is T).Select(one => one.At);

    private List<(Elapsed At, ConversationEvent What)> Before(Elapsed at) => [.. moments.TakeWhile(one => one.At.Passed < at.Passed)];
}
