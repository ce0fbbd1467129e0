using Beseda.Client;
using Beseda.Workplace.Channels;
using Beseda.Workplace.Operators;
using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>
/// Everything open that this operator may see: a snapshot of the desk, and every event since. No I/O, no components;
/// it says in <see cref="Pulse"/> what must be drawn again.
/// </summary>
public sealed class Board(Pulse pulse, TimeProvider clock)
{
    /// <summary>Timelines kept for a quick way back; about as many as an operator has conversations.</summary>
    private const int Remembered = 8;

    private readonly Dictionary<long, Chat> chats = [];
    private readonly Dictionary<long, List<Entry>> unknown = [];
    private readonly HashSet<Chat> typing = [];
    private readonly List<Log> logs = [];

    public Me? Me { get; private set; }

    public Roster Roster { get; } = new();

    public Abilities Abilities { get; } = new();

    public Section Mine { get; } = new((a, b) => (Offered(a), a.Id).CompareTo((Offered(b), b.Id)));

    public Section Waiting { get; } = new((a, b) => (a.WaitingSince, a.Id).CompareTo((b.WaitingSince, b.Id)));

    public Section Others { get; } = new((a, b) => (b.LastAt, b.Id).CompareTo((a.LastAt, a.Id)));

    /// <summary>The conversation on the page; it may be closed by now.</summary>
    public Chat? Open { get; private set; }

    /// <summary>The open conversation's timeline.</summary>
    public Log? Log { get; private set; }

    /// <summary>Heard of but not known: to be fetched, and given to <see cref="Learn"/> or <see cref="Forget"/>.</summary>
    public IEnumerable<long> Unknown => unknown.Keys;

    /// <summary>Everything up to here is in; an answer that knows less has to be asked for again.</summary>
    public long Position { get; private set; }

    /// <summary>What deserves a look from another browser tab.</summary>
    public int Calls { get; private set; }

    /// <summary>All that are known, in no order.</summary>
    public IEnumerable<Chat> All => chats.Values;

    public Chat? Find(long id) => chats.GetValueOrDefault(id);

    public void Load(Desk desk)
    {
        (Me, Position) = (desk.Me, desk.Seq);
        Roster.Load(desk);
        Abilities.Load(desk.Channels);
        var before = chats.ToDictionary();
        chats.Clear();
        unknown.Clear();
        foreach (var known in desk.Conversations)
        {
            // The same object, so that what only events tell (why, unanswered since) and rows on the screen stay.
            if (before.TryGetValue(known.Id, out var chat)) chat.Take(known, desk.Seq);
            chats[known.Id] = chat ?? new Chat(known, desk.Seq);
        }
        if (Open is { } open) Open = chats.GetValueOrDefault(open.Id) ?? open;
        logs.RemoveAll(log => log != Log);
        pulse.Mark(Part.All);
    }

    /// <summary>Somebody else may sit here next.</summary>
    public void Clear()
    {
        chats.Clear();
        unknown.Clear();
        typing.Clear();
        logs.Clear();
        (Me, Open, Log, Position) = (null, null, null, 0);
    }

    public void Apply(FeedFrame frame)
    {
        if (frame is EntryFrame { Entry.Seq: var seq }) Position = Math.Max(Position, seq);
        switch (frame)
        {
            case EntryFrame { Entry: OperatorStatusChanged changed }: Changed(changed); break;
            case EntryFrame { Entry: VisitorIdentified identified }: Identified(identified); break;
            case EntryFrame { Entry: { Conversation: { } id } entry }: Happened(id, entry); break;
            case TypingFrame { Signal: var signal }: Types(signal); break;
        }
    }

    /// <summary>Puts a conversation on the page, or none. True when its timeline must be fetched and given to
    /// <see cref="Learn"/>.</summary>
    public bool Show(long? id)
    {
        if (Open is { IsOpen: false } left) chats.Remove(left.Id);
        Log?.Shrink();
        Open = id is { } known ? chats.GetValueOrDefault(known) : null;
        Log = id is { } wanted ? Remember(wanted) : null;
        pulse.Mark(Part.All);
        return Log is { Loaded: false };
    }

    /// <summary>A conversation's snapshot, fetched because it was unknown or is being opened.</summary>
    public void Learn(ConversationTimeline timeline)
    {
        var id = timeline.Conversation.Id;
        if (chats.TryGetValue(id, out var chat)) chat.Take(timeline.Conversation, timeline.Seq);
        else chats[id] = chat = new Chat(timeline.Conversation, timeline.Seq);
        if (unknown.Remove(id, out var since)) since.ForEach(entry => chat.Apply(entry));
        chat.Learn(timeline);
        if (Log?.Conversation == id)
        {
            Open = chat;
            Log.Begin(timeline);
        }
        else if (!chat.IsOpen)
        {
            chats.Remove(id);
        }
        pulse.Mark(Part.All);
    }

    /// <summary>It is not for us to see after all.</summary>
    public void Forget(long id) => unknown.Remove(id);

    /// <summary>Drafts that were not repeated; true while there are others.</summary>
    public bool ForgetDrafts()
    {
        var now = clock.GetUtcNow();
        foreach (var chat in typing.Where(chat => chat.Forget(now) || chat.Draft is null).ToList())
        {
            typing.Remove(chat);
            Touched(chat);
        }
        return typing.Count > 0;
    }

    /// <summary>Puts the lists in order again.</summary>
    /// <param name="still">Rows keep their places: the pointer is over them.</param>
    public void Arrange(bool still)
    {
        var me = Me?.Id;
        var open = chats.Values.Where(chat => chat.IsOpen).ToLookup(chat =>
            chat.Status == ConversationStatus.Queued ? Waiting : chat.Operator == me ? Mine : Others);
        foreach (var section in new[] { Mine, Waiting, Others }) section.Arrange(open[section], still);
        Calls = Waiting.Count + Mine.Chats.Count(chat => chat.Status == ConversationStatus.Assigned || chat.Unread > 0);
    }

    private void Happened(long id, Entry entry)
    {
        foreach (var log in logs)
            if (log.Conversation == id && log.Add(entry) && log == Log) pulse.Mark(Part.Talk);
        if (unknown.TryGetValue(id, out var waiting)) waiting.Add(entry);
        if (chats.TryGetValue(id, out var chat)) Update(chat, entry);
        else if (waiting is not null) return;
        else if (entry is ConversationStarted { Visitor: { } visitor } started) Add(new Chat(Begun(id, visitor, started), entry.Seq));
        else if (entry is ConversationQueued or ConversationAssigned or ConversationAccepted or ConversationTransferred) unknown[id] = [entry];
        // Whose it is now has a name that the event does not tell.
        if (entry is ConversationMoved) unknown.TryAdd(id, []);
    }

    private Log Remember(long id)
    {
        var log = logs.Find(one => one.Conversation == id) ?? new Log(id);
        logs.Remove(log);
        logs.Insert(0, log);
        if (logs.Count > Remembered) logs.RemoveAt(Remembered);
        return log;
    }

    private void Update(Chat chat, Entry entry)
    {
        var before = chat.IsOpen ? chat.Operator : null;
        if (!chat.Apply(entry)) return;
        var after = chat.IsOpen ? chat.Operator : null;
        if (before != after) Roster.Moved(before, after);
        if (!chat.IsOpen && chat != Open) chats.Remove(chat.Id);
        Touched(chat);
    }

    private void Add(Chat chat)
    {
        chats[chat.Id] = chat;
        Touched(chat);
    }

    private void Types(TypingSignal signal)
    {
        if (!chats.TryGetValue(signal.Conversation, out var chat) || !chat.Types(signal, clock.GetUtcNow())) return;
        typing.Add(chat);
        Touched(chat);
    }

    private void Changed(OperatorStatusChanged changed)
    {
        Roster.Changed(changed);
        if (changed.Operator == Me?.Id) Me = Me with { Status = changed.Status };
        pulse.Mark(Part.Head | Part.Talk);
    }

    private void Identified(VisitorIdentified identified)
    {
        foreach (var chat in chats.Values.Where(chat => chat.Visitor.Id == identified.Visitor))
            if (chat.Apply(identified)) Touched(chat);
    }

    private void Touched(Chat chat) => pulse.Mark(chat == Open ? Part.Lists | Part.Talk : Part.Lists);

    /// <summary>Offers come first, the most urgent on top; the rest keep their places while they last.</summary>
    private static DateTimeOffset Offered(Chat chat) =>
        chat.Status == ConversationStatus.Assigned ? chat.Until ?? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;

    private static DeskConversation Begun(long id, VisitorCard visitor, ConversationStarted started) => new(
        id, visitor, started.Channel, started.Location, started.Department, ConversationStatus.Queued, null,
        started.At, started.At, null, null, null, 0);
}
