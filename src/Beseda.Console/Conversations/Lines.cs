using Beseda.Workplace.Browsing;
using Beseda.Workplace.Channels;
using Beseda.Workplace.Operators;
using Beseda.Workplace.Texts;
using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>A line of the drawn timeline. Equal lines are not drawn again.</summary>
public abstract record Line(string Key);

public sealed record DayLine(string Key, string Label) : Line(Key);

public sealed record EventLine(string Key, string Text, string Time, string? Comment) : Line(Key);

/// <summary>System: what a channel said by itself.</summary>
public enum Side { Visitor, Me, Colleague, Robot, System }

/// <summary>How far a message has got. Of others' only a failure is told.</summary>
public enum Mark { None, Underway, Sent, Delivered, Read, Failed }

/// <param name="Follows">Goes on from the line above: no name, no gap.</param>
public sealed record MessageLine(
    string Key, MessagePosted Message, Side Side, string Author, string Time, bool Follows, Mark Mark, string? Quote) : Line(Key);

public sealed record OutgoingLine(string Key, Outgoing Item, string? Quote) : Line(Key);

/// <summary>Makes lines of a timeline's window.</summary>
public sealed class Lines(Words words, Roster roster, Func<DateTimeOffset, Moment> moment, long me)
{
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    /// <summary>Asking the browser for a time costs more than remembering it.</summary>
    private readonly Dictionary<long, Moment> moments = [];

    /// <param name="carried">The channel confirms what it was given: until it does, a message is underway.</param>
    public List<Line> Of(Log log, VisitorCard visitor, IEnumerable<Outgoing> outgoing, bool carried = false)
    {
        var lines = new List<Line>();
        var before = log.Before;
        var day = before is null ? "" : At(before).Day;
        foreach (var entry in log.Window)
        {
            var at = At(entry);
            if (at.Day != day)
            {
                lines.Add(new DayLine(day = at.Day, at.DayLabel));
                before = null;
            }
            if (Drawn(entry, before, at, log, visitor, carried) is not { } line) continue;
            lines.Add(line);
            before = entry;
        }
        if (!log.AtEnd) return lines;
        foreach (var item in outgoing) lines.Add(new OutgoingLine(item.ClientId, item, Quote(item.Message.ReplyTo, log)));
        return lines;
    }

    private Line? Drawn(Entry entry, Entry? before, Moment at, Log log, VisitorCard visitor, bool carried)
    {
        if (entry is not MessagePosted message)
            return words.Line(entry, roster) is { } text
                ? new EventLine($"e{entry.Seq}", text, at.Time, (entry as ConversationTransferred)?.Comment)
                : null;
        var side = SideOf(message.Author);
        // Of what the same person said elsewhere before, only the words are told.
        var here = message.Conversation == log.Conversation;
        return new MessageLine(
            // A message keeps the row it had while it was on its way.
            side == Side.Me ? message.ClientId : $"m{message.Seq}", message, side, here || message.Author.Name is null ? Name(message.Author, visitor) : message.Author.Name, at.Time,
            Follows(message, before), here ? MarkOf(message, side, message.Seq <= log.ReadByVisitor, carried) : Mark.None, Quote(message.ReplyTo, log));
    }

    private Side SideOf(Author author) => author.Kind switch
    {
        AuthorKind.Visitor => Side.Visitor,
        AuthorKind.Operator => author.Id == me ? Side.Me : Side.Colleague,
        AuthorKind.Bot => Side.Robot,
        AuthorKind.System => Side.System,
    };

    private static Mark MarkOf(MessagePosted message, Side side, bool read, bool carried)
    {
        if (message.Note || side == Side.Visitor || Abilities.IsDeleted(message)) return Mark.None;
        if (message.Delivery == Delivery.Failed) return Mark.Failed;
        if (side != Side.Me) return Mark.None;
        if (read) return Mark.Read;
        return message.Delivery switch
        {
            Delivery.Delivered => Mark.Delivered,
            null when carried => Mark.Underway,
            _ => Mark.Sent,
        };
    }

    private string Name(Author author, VisitorCard visitor) => author.Kind switch
    {
        AuthorKind.Visitor => words.Visitor(visitor),
        AuthorKind.Operator => author.Name ?? roster.Name(author.Id),
        AuthorKind.Bot or AuthorKind.System => author.Name ?? words.Product,
    };

    private string? Quote(long? seq, Log log) =>
        seq is not { } known ? null : log.Find(known) is MessagePosted said ? words.Preview(said.Text, said.Files) : words.QuoteGone;

    private static bool Follows(MessagePosted message, Entry? before) =>
        before is MessagePosted above && above.Author.Kind == message.Author.Kind && above.Author.Id == message.Author.Id
        && above.Note == message.Note && above.Conversation == message.Conversation && message.At - above.At < Together;

    private Moment At(Entry entry)
    {
        if (!moments.TryGetValue(entry.Seq, out var known)) moments[entry.Seq] = known = moment(entry.At);
        return known;
    }
}
