using System.Globalization;
using System.Text;

namespace Beseda.Journal.Tests.Tallies;

/// <summary>A fact as numbers with commas between, and the words apart.</summary>
internal sealed class TallyCodec : ICodec<Fact>
{
    /// <summary>These cannot be written down: a codec with a bug.</summary>
    public const string Unwritable = "unwritable";

    public Encoded Encode(Fact happened) => happened switch
    {
        Counted { Words: Unwritable } => throw new NotSupportedException("A codec with a bug."),
        Counted e => new(e.Tally, null, 1, Bytes(e.Tally, e.Amount), e.Words is null ? null : Encoding.UTF8.GetBytes(e.Words)),
        Closed e => new(e.Tally, null, 2, Bytes(e.Tally), null),
        Reminded e => new(e.Tally, null, 3, Bytes(e.Tally, e.Due.UtcTicks), null),
        Rang e => new(e.Tally, null, 4, Bytes(e.Tally), null),
        Became e => new(null, e.Into, 5, Bytes(e.From, e.Into), null),
        _ => throw new NotSupportedException(),
    };

    public Fact Decode(in Encoded encoded)
    {
        var numbers = Encoding.UTF8.GetString(encoded.Body).Split(',').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return encoded.Kind switch
        {
            1 => new Counted(numbers[0], numbers[1], encoded.Words is { } words ? Encoding.UTF8.GetString(words) : null),
            2 => new Closed(numbers[0]),
            3 => new Reminded(numbers[0], new DateTimeOffset(numbers[1], TimeSpan.Zero)),
            4 => new Rang(numbers[0]),
            5 => new Became(numbers[0], numbers[1]),
            var unheard => new Unheard(unheard),
        };
    }

    private static byte[] Bytes(params long[] numbers) => Encoding.UTF8.GetBytes(string.Join(',', numbers));
}
