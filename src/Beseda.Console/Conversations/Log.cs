using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>
/// A conversation's timeline, and the window of it that is drawn: the newest 80 entries at first, 60 more whenever an
/// edge comes near, never above 240. Holds everything from its oldest entry to now: a page below, the feed above.
/// </summary>
public sealed class Log(long conversation)
{
    public const int First = 80, Step = 60, Most = 240;

    /// <summary>What is kept of a conversation that is not on the page; WebAssembly's memory never shrinks.</summary>
    public const int Kept = 200;

    /// <summary>As many changes as may come while a page is fetched.</summary>
    private const int Remembered = 200;

    private readonly List<Entry> entries = [];
    private readonly List<Entry> changes = [];
    private long oldest = long.MaxValue;
    private int from, to;

    public long Conversation => conversation;

    /// <summary>The newest page has been fetched.</summary>
    public bool Loaded { get; private set; }

    /// <summary>The server has older entries.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Older ones: ask for the page before this.</summary>
    public long Oldest => oldest;

    /// <summary>The visitor has seen everything up to here.</summary>
    public long ReadByVisitor { get; private set; }

    public long Newest => entries.Count == 0 ? 0 : entries[^1].Seq;

    public IReadOnlyList<Entry> Window => entries.GetRange(from, to - from);

    /// <summary>The entry before the window decides how its first is drawn.</summary>
    public Entry? Before => from > 0 ? entries[from - 1] : null;

    public bool AtStart => from == 0;

    public bool AtEnd => to == entries.Count;

    public Entry? Find(long seq) => At(seq) is >= 0 and var index ? entries[index] : null;

    public IEnumerable<T> Of<T>() where T : Entry => entries.OfType<T>();

    /// <summary>Of this conversation: above its beginning stands what the same person said before.</summary>
    public IEnumerable<T> Own<T>() where T : Entry => Of<T>().Where(entry => entry.Conversation == conversation);

    /// <summary>From the feed; false when it changes nothing.</summary>
    public bool Add(Entry entry)
    {
        if (Aftermath.Of(entry) is { } message)
        {
            changes.Add(entry);
            if (changes.Count > Remembered) changes.RemoveAt(0);
            return Change(message, entry);
        }
        var read = ReadByVisitor;
        var follows = AtEnd && to - from < Most;
        var index = Insert(entry);
        if (index >= 0 && (follows || index < to)) to++;
        return index >= 0 || ReadByVisitor > read;
    }

    /// <summary>The newest page, first or again.</summary>
    public void Begin(ConversationTimeline page)
    {
        if (Loaded && (page.Events.Count == 0 || page.Events[0].Seq > Newest)) Clear();
        var known = oldest;
        Take(page);
        if (page.Events.Count == 0 || page.Events[0].Seq < known) HasMore = page.HasMore || page.HasHistory;
        if (page.Events.Count > 0) oldest = Math.Min(oldest, page.Events[0].Seq);
        Loaded = true;
        ToEnd();
    }

    /// <summary>The page before <see cref="Oldest"/>.</summary>
    public void Extend(ConversationTimeline page)
    {
        var added = Take(page);
        from += added;
        to += added;
        HasMore = page.HasMore;
        if (page.Events.Count > 0) oldest = Math.Min(oldest, page.Events[0].Seq);
    }

    /// <summary>Moves the window up; false when there is nothing more in memory.</summary>
    public bool Up()
    {
        if (from == 0) return false;
        from = Math.Max(0, from - Step);
        to = Math.Min(to, from + Most);
        return true;
    }

    public bool Down()
    {
        if (AtEnd) return false;
        to = Math.Min(entries.Count, to + Step);
        from = Math.Max(from, to - Most);
        return true;
    }

    public void ToEnd()
    {
        to = entries.Count;
        from = Math.Max(0, to - First);
    }

    /// <summary>The conversation leaves the page.</summary>
    public void Shrink()
    {
        if (entries.Count > Kept)
        {
            entries.RemoveRange(0, entries.Count - Kept);
            (oldest, HasMore) = (entries[0].Seq, true);
        }
        ToEnd();
    }

    private void Clear()
    {
        entries.Clear();
        (oldest, from, to) = (long.MaxValue, 0, 0);
    }

    /// <summary>A page tells messages as they are by then: what the feed has told since is to be told again.</summary>
    /// <returns>How many were new.</returns>
    private int Take(ConversationTimeline page)
    {
        var added = 0;
        foreach (var entry in page.Events)
        {
            if (entry is MessagePosted && At(entry.Seq) is >= 0 and var known) entries[known] = entry;
            else if (Insert(entry) >= 0) added++;
        }
        foreach (var change in changes)
            if (change.Seq > page.Seq && Aftermath.Of(change) is { } message) Change(message, change);
        return added;
    }

    private bool Change(long message, Entry change)
    {
        if (At(message) is not (>= 0 and var index) || entries[index] is not MessagePosted said) return false;
        entries[index] = Aftermath.After(said, change);
        return true;
    }

    /// <summary>Where it was put; negative when it was there or is nothing to draw.</summary>
    private int Insert(Entry entry)
    {
        if (entry is MessageRead { By: AuthorKind.Visitor } read) ReadByVisitor = Math.Max(ReadByVisitor, read.Message);
        if (entry is MessagePosted { Author.Kind: AuthorKind.Visitor }) ReadByVisitor = Math.Max(ReadByVisitor, entry.Seq);
        var place = IsDrawn(entry) ? ~At(entry.Seq) : -1;
        if (place >= 0) entries.Insert(place, entry);
        return place;
    }

    private static bool IsDrawn(Entry entry) => entry is MessagePosted or ConversationStarted or ConversationQueued
        or ConversationAssigned or ConversationAccepted or ConversationTransferred or ConversationClosed or ConversationMoved
        or ConversationMerged or ConversationLabelled or RatingAsked or ConversationRated or VisitorIdentified or VisitorStopped;

    /// <summary>Its index, or the complement of where it belongs.</summary>
    private int At(long seq)
    {
        if (entries.Count == 0 || entries[^1].Seq < seq) return ~entries.Count;
        int low = 0, high = entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (entries[middle].Seq == seq) return middle;
            if (entries[middle].Seq < seq) low = middle + 1; else high = middle - 1;
        }
        return ~low;
    }
}
