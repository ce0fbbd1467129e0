using System.Collections.Immutable;
using System.Text;
using Beseda.Domain.Conversations;

namespace Beseda.Server.Channels;

/// <summary>What came to a channel's door, before anybody believes it.</summary>
internal sealed record Arrival(byte[] Body, IHeaderDictionary Headers, IQueryCollection Query, string Method);

/// <summary>What an arrival turned out to be.</summary>
/// <param name="Authentic">False: it does not come from the platform.</param>
/// <param name="Reply">Null: 200 and nothing.</param>
internal sealed record Reading(bool Authentic, IReadOnlyList<Item> Items, Reply? Reply = null)
{
    /// <summary>Where the answer has to be asked for first.</summary>
    public Func<CancellationToken, Task<Reply>>? Ask { get; init; }

    public static readonly Reading Forged = new(false, []);

    public static Reading Of(IReadOnlyList<Item> items, Reply? reply = null) => new(true, items, reply);

    public static Reading Only(Reply reply) => new(true, [], reply);
}

/// <summary>An answer as the platform prescribes it.</summary>
internal sealed record Reply(string Body, string ContentType = "text/plain", int Status = 200)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);
}

/// <summary>One update, as it is kept if it must be.</summary>
/// <param name="Key">Its own id in the channel: the same twice is the same.</param>
/// <param name="Raw">As <see cref="IConnection.Parse"/> understands it.</param>
internal sealed record Item(string Key, byte[] Raw, Update Update);

/// <summary>What is known of a visitor from the channel.</summary>
/// <param name="Phone">Only if the channel says that it is their own.</param>
internal sealed record Person(string? Name = null, string? Username = null, string? Language = null, string? Phone = null, string? Email = null);

/// <summary>A file of an update: known, but not here yet.</summary>
/// <param name="Source">As <see cref="IConnection.FetchAsync"/> understands it.</param>
internal sealed record Enclosed(string Name, string Source, string ContentType, long Size = 0, int? Width = null, int? Height = null);

/// <summary>What happened in a channel, in words that all channels share.</summary>
/// <param name="From">The visitor, as the channel names them.</param>
internal abstract record Update(string From)
{
    private const int LongestName = 500;
    private const int LongestWhy = 100;

    /// <summary>Reads one of whatever shape: an update that nobody foresaw is kept, and holds up none that comes after it.</summary>
    public static Update Understand(Func<Update> read)
    {
        try
        {
            return Believed(read());
        }
        catch (Exception strange) when (strange is not OutOfMemoryException)
        {
            return new Unknown($"another shape: {strange.GetType().Name}");
        }
    }

    /// <summary>Nothing is made up for what a platform has left out or overdone: neither who it was nor what it is about.</summary>
    private static Update Believed(Update update) => update switch
    {
        Nothing => update,
        Unknown { Why.Length: > 0 and <= LongestWhy } => update,
        Unknown unknown => new Unknown(string.IsNullOrEmpty(unknown.Why) ? "no kind" : MessageText.Clean(unknown.Why[..LongestWhy])),
        _ when !IsName(update.From) => new Unknown("of nobody"),
        Wrote { Files: var files } when files.Any(file => string.IsNullOrEmpty(file.Source)) => new Unknown("a file from nowhere"),
        Mirrored { Files: var files } when files.Any(file => string.IsNullOrEmpty(file.Source)) => new Unknown("a file from nowhere"),
        _ => Named(update).All(IsName) ? update : new Unknown("something without a name"),
    };

    private static IEnumerable<string?> Named(Update update) => update switch
    {
        Wrote wrote => [wrote.Id],
        Mirrored mirrored => [mirrored.Id],
        Started started => [started.Id],
        Edited edited => [edited.Id],
        Deleted deleted => [deleted.Id],
        Pressed pressed => [pressed.Id],
        Confirmed confirmed => confirmed.Ids,
        Failed failed => [failed.Id],
        Echoed echoed => [echoed.Id, echoed.Mark],
        _ => [],
    };

    private static bool IsName(string? text) => text is { Length: > 0 and <= LongestName };

    /// <summary>As far as the update itself says.</summary>
    public Person? Who { get; init; }

    /// <summary>What the link said by which they came; null: they came by none, or it said nothing.</summary>
    public string? Referral { get; init; }

    /// <param name="Id">What the channel calls the message.</param>
    public sealed record Wrote(string From, string Id, string Text) : Update(From)
    {
        public ImmutableArray<Enclosed> Files { get; init; } = [];
        public string? ReplyTo { get; init; }
        /// <summary>In a channel that numbers the messages of a chat without gaps.</summary>
        public long? Number { get; init; }
        /// <summary>What a letter repeats of those before it.</summary>
        public string? Quoted { get; init; }
        public string? Subject { get; init; }
        /// <summary>No person wrote it.</summary>
        public bool Automatic { get; init; }
    }

    public sealed record Started(string From, string Id) : Update(From)
    {
        public long? Number { get; init; }
    }

    /// <summary>Opened the chat, and said nothing by it; may not be written to yet.</summary>
    public sealed record Opened(string From) : Update(From);

    public sealed record Edited(string From, string Id, string Text) : Update(From);

    public sealed record Deleted(string From, string Id) : Update(From);

    /// <param name="Id">What the channel calls the press.</param>
    /// <param name="Label">What stands on the button.</param>
    public sealed record Pressed(string From, string Id, string Payload, string Label) : Update(From)
    {
        /// <summary>In a channel that numbers the messages of a chat, and where a press is one.</summary>
        public long? Number { get; init; }
        /// <summary>For whoever answers it.</summary>
        public string? Token { get; init; }
    }

    public sealed record Stopped(string From, bool IsStopped) : Update(From);

    /// <param name="Ids">Messages that the device has.</param>
    public sealed record Confirmed(string From, IReadOnlyList<string> Ids, bool Seen) : Update(From);

    /// <summary>What the platform had taken could not be delivered after all.</summary>
    /// <param name="Code">As the platform names it: never what people wrote.</param>
    public sealed record Failed(string From, string Id, string Code) : Update(From);

    /// <summary>Everything with a number up to this one has been seen.</summary>
    public sealed record SeenUpTo(string From, long Number) : Update(From);

    /// <summary>Everything that was sent up to then has been seen, or is on the device.</summary>
    public sealed record ConfirmedUntil(string From, DateTimeOffset Until, bool Seen) : Update(From);

    public sealed record Typing(string From) : Update(From);

    /// <summary>Somebody of the company answered past Beseda.</summary>
    public sealed record Mirrored(string From, string Id, string Text) : Update(From)
    {
        public ImmutableArray<Enclosed> Files { get; init; } = [];
        public long? Number { get; init; }
    }

    /// <summary>What Beseda itself has sent, come back.</summary>
    /// <param name="Mark">As <see cref="Part.Mark"/>.</param>
    public sealed record Echoed(string From, string Id, string Mark) : Update(From);

    /// <summary>Is of no consequence here.</summary>
    public sealed record Nothing() : Update("");

    /// <param name="Why">A code for people who look for the fault.</param>
    public sealed record Unknown(string Why) : Update("");
}
