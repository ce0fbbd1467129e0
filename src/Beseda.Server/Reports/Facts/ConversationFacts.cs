using System.Text.Json;
using Beseda.Domain.Conversations;

namespace Beseda.Server.Reports.Facts;

/// <summary>
/// What reports know of some conversations, in columns: counting thousands of them touches what is asked for and nothing else.
/// </summary>
internal sealed class ConversationFacts
{
    private readonly long[]?[] columns = new long[]?[Enum.GetValues<Column>().Length];

    /// <param name="beginning">Not after the first of them started; in whole seconds.</param>
    /// <param name="names">Of channels, locations and languages; the first is "".</param>
    public ConversationFacts(DateTimeOffset beginning, IReadOnlyList<string> names)
    {
        (Beginning, Names) = (beginning, names);
    }

    public DateTimeOffset Beginning { get; }
    public IReadOnlyList<string> Names { get; }
    public int Count => this[Column.Id].Length;

    /// <summary>Of a block that has been read.</summary>
    public long[] this[Column column]
    {
        get => columns[(int)column] ?? throw new InvalidOperationException($"{column} was not read.");
        private set => columns[(int)column] = value;
    }

    public bool Has(Block block) => columns[(int)block.Columns().First] is not null;

    /// <summary>Those whose tally is known.</summary>
    /// <param name="beginning">Null: when the first of them started.</param>
    public static ConversationFacts Of(IEnumerable<Conversation> conversations, DateTimeOffset? beginning = null)
    {
        var known = conversations.Where(one => one.Tally is not null).OrderBy(one => one.Id).ToList();
        var writing = new FactWriting(beginning ?? WholeSecond(known.Count == 0 ? DateTimeOffset.UnixEpoch : known[0].StartedAt));
        known.ForEach(writing.Add);
        var facts = new ConversationFacts(writing.Beginning, writing.Names);
        foreach (var column in Enum.GetValues<Column>())
            facts[column] = [.. writing[column]];
        return facts;
    }

    public byte[] Write(Block block)
    {
        var (first, last) = block.Columns();
        var packed = new Packing();
        for (var column = first; column <= last; column++)
            packed.Write(this[column]);
        return packed.ToArray();
    }

    public void Read(Block block, ReadOnlySpan<byte> packed)
    {
        var (first, last) = block.Columns();
        for (var column = first; column <= last; column++)
            this[column] = Packing.Read(ref packed, column == first ? [] : this[column - 1]);
    }

    public static byte[] WriteNames(IReadOnlyList<string> names) => JsonSerializer.SerializeToUtf8Bytes(names, FactJson.Default.IReadOnlyListString);

    public static IReadOnlyList<string> ReadNames(ReadOnlySpan<byte> names) => JsonSerializer.Deserialize(names, FactJson.Default.IReadOnlyListString) ?? [];

    public static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
