using System.Text;
using System.Text.Json;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Storage;

namespace Beseda.Server.Tests.Storage;

/// <summary>
/// What lies on customers' disks: samples of every kind of every release, one a line (number and name, body, words). A
/// release adds a file of its own and never changes an old one.
/// </summary>
public sealed class Sample_tests
{
    private static readonly Type[] StoredEnums =
    [
        typeof(AuthorKind), typeof(Closer), typeof(CloseReason), typeof(DeliveryFault), typeof(FileStage), typeof(Hindrance), typeof(LinkCause),
        typeof(QueueReason), typeof(Domain.Operators.Role), typeof(Routed), typeof(Rule), typeof(Status), typeof(StatusCause),
    ];

    private static readonly ChatCodec Codec = new();

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Storage"), "events-*.txt").SelectMany(File.ReadAllLines)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_a_release_wrote_every_later_one_reads(string sample)
    {
        var (name, stored) = Parse(sample);

        var again = Codec.Encode(Codec.Decode(stored));

        Assert.Equal(name, KindNames.Of((Kind)stored.Kind));
        Assert.Equal((stored.Kind, Text(stored.Body), Text(stored.Words)), (again.Kind, Text(again.Body), Text(again.Words)));
    }

    [Fact]
    public void Every_kind_and_every_value_of_what_is_stored_by_name_has_a_sample()
    {
        var samples = Samples.Select(row => row.Data).ToList();
        Assert.Equal(Enum.GetValues<Kind>(), samples.Select(sample => (Kind)Parse(sample).Stored.Kind).Distinct().Order());
        foreach (var name in StoredEnums.SelectMany(Enum.GetNames))
            Assert.Contains(samples, sample => sample.Contains($"\"{JsonNamingPolicy.CamelCase.ConvertName(name)}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_of_a_newer_release_is_kept_and_changes_nothing() =>
        Assert.Equal(new Domain.Unknown(9_999), Codec.Decode(new Encoded(1, 2, 9_999, "?"u8.ToArray(), null)));

    private static (string Name, Encoded Stored) Parse(string sample)
    {
        if (sample.Split('\t') is not [var kind, var body, var words] || kind.Split(' ') is not [var number, var name])
            throw new FormatException(sample);
        return (name, new Encoded(null, null, short.Parse(number), Encoding.UTF8.GetBytes(body), words.Length == 0 ? null : Encoding.UTF8.GetBytes(words)));
    }

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);
}
