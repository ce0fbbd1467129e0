using System.Runtime.InteropServices;

namespace Beseda.Journal;

/// <summary>
/// The newest frames of one account, and who waits for which. A feed holds nothing but its position: who is slow falls
/// behind into the database.
/// </summary>
public sealed class AccountFeeds
{
    private const int RingSize = 4_096;
    private const int SignalRingSize = 256;

    private readonly Lock gate = new();
    private readonly Pulse pulse;
    private readonly Action moved;
    private readonly Dictionary<FeedKey, Readers> readers = [];
    private Frame?[] ring = [];
    private Frame?[] signals = [];
    private long head;
    private long signalHead;

    /// <param name="moved">Called after each publication.</param>
    internal AccountFeeds(Pulse pulse, Action moved) => (this.pulse, this.moved) = (pulse, moved);

    /// <summary>The last committed event.</summary>
    public long Head => Volatile.Read(ref head);

    internal bool IsQuiet
    {
        get
        {
            lock (gate)
                return readers.Count == 0;
        }
    }

    /// <summary>Sends something that is no fact to whoever listens now.</summary>
    public void Signal(Frame signal)
    {
        lock (gate)
        {
            if (!signal.Keys.Any(readers.ContainsKey))
                return;
            if (signals.Length == 0)
                signals = new Frame[SignalRingSize];
            signals[++signalHead % SignalRingSize] = signal;
            foreach (var feed in ReadersOf(signal))
                feed.Signalled();
        }
    }

    /// <summary>Ends the feeds of a key: their readers are to load a new snapshot.</summary>
    public void Reset(FeedKey key)
    {
        lock (gate)
            if (readers.TryGetValue(key, out var waiting))
                foreach (var feed in waiting.All)
                    feed.MarkReset();
    }

    internal Feed Open(IReadOnlyList<FeedKey> keys, long? after)
    {
        lock (gate)
        {
            var feed = new Feed(this, pulse, keys, after ?? head) { SignalPosition = signalHead };
            foreach (var key in keys)
                CollectionsMarshal.GetValueRefOrAddDefault(readers, key, out _).Add(feed);
            return feed;
        }
    }

    internal void Close(Feed feed)
    {
        lock (gate)
            foreach (var key in feed.Keys)
                if (readers.ContainsKey(key) && CollectionsMarshal.GetValueRefOrNullRef(readers, key).Remove(feed))
                    readers.Remove(key);
    }

    /// <summary>
    /// The account was loaded, as of this. What lies between the head and it was committed without being published, by a
    /// commit whose answer got lost: who waits must look into the database.
    /// </summary>
    internal void StartAt(long seq)
    {
        lock (gate)
        {
            if (seq <= head)
                return;
            var missed = head + 1;
            Volatile.Write(ref head, seq);
            foreach (var waiting in readers.Values)
                foreach (var feed in waiting.All)
                    feed.Published(missed);
        }
    }

    internal void Publish(IReadOnlyList<Frame> frames)
    {
        lock (gate)
        {
            if (ring.Length == 0)
                ring = new Frame[RingSize];
            foreach (var frame in frames)
                ring[frame.Seq % RingSize] = frame;
            Volatile.Write(ref head, frames[^1].Seq);
            foreach (var frame in frames)
                foreach (var feed in ReadersOf(frame))
                    feed.Published(frame.Seq);
        }

        moved();
    }

    internal void Clear()
    {
        lock (gate)
        {
            ring = [];
            signals = [];
        }
    }

    /// <summary>
    /// Copies what a feed has yet to look at. Events it was not woken for are skipped, so a quiet feed's position moves with
    /// the head at no cost.
    /// </summary>
    /// <param name="from">Where to go on when the answer is <see cref="FeedStep.Behind"/>.</param>
    internal FeedStep Read(Feed feed, List<Frame> into, int most, out long from)
    {
        lock (gate)
        {
            ReadSignals(feed, into);
            from = feed.First(head);
            if (feed.IsReset || feed.Position > head)
                return FeedStep.Reset;
            if (from > head)
                return FeedStep.UpToDate;
            if (ring.Length == 0 || ring[from % RingSize]?.Seq != from)
                return FeedStep.Behind;

            var to = Math.Min(head, from + most - 1);
            for (var seq = from; seq <= to; seq++)
                into.Add(ring[seq % RingSize]!);
            feed.MoveTo(to, more: to < head);
            return FeedStep.Read;
        }
    }

    /// <summary>After reading from the database.</summary>
    internal void MoveTo(Feed feed, long position)
    {
        lock (gate)
            feed.MoveTo(position, more: true);
    }

    private void ReadSignals(Feed feed, List<Frame> into)
    {
        if (feed.TakeSignalled())
            for (var number = Math.Max(feed.SignalPosition, signalHead - SignalRingSize) + 1; number <= signalHead; number++)
                if (signals.Length > 0 && signals[number % SignalRingSize] is { } signal && signal.Keys.Any(feed.Keys.Contains))
                    into.Add(signal);
        feed.SignalPosition = signalHead;
    }

    /// <summary>A feed with several of the frame's keys comes several times.</summary>
    private IEnumerable<Feed> ReadersOf(Frame frame)
    {
        foreach (var key in frame.Keys)
            if (readers.TryGetValue(key, out var waiting))
                foreach (var feed in waiting.All)
                    yield return feed;
    }

    /// <summary>The feeds of one key: nearly always one, which then costs no set.</summary>
    private struct Readers
    {
        private Feed? only;
        private HashSet<Feed>? many;

        public readonly IEnumerable<Feed> All => many ?? (IEnumerable<Feed>)(only is null ? [] : new[] { only });

        public void Add(Feed feed)
        {
            if (only is null && many is null)
                only = feed;
            else
                (many ??= [only!]).Add(feed);
        }

        /// <returns>True when none is left.</returns>
        public bool Remove(Feed feed)
        {
            if (many is null)
                return only == feed;
            many.Remove(feed);
            return many.Count == 0;
        }
    }
}

/// <summary>How far a feed came.</summary>
public enum FeedStep
{
    /// <summary>Nothing more now: wait.</summary>
    UpToDate,
    /// <summary>Read some; there may be more.</summary>
    Read,
    /// <summary>What comes next is no longer in memory.</summary>
    Behind,
    /// <summary>The reader's numbers do not count here, or it is too far behind, or was told so: load a new snapshot.</summary>
    Reset,
}
