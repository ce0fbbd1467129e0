using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Beseda.Journal.Postgres;

/// <summary>What travels in one notification, between the processes of one database.</summary>
/// <param name="From">The process that sends it, which hears it too.</param>
/// <param name="Moved">Account and head.</param>
/// <param name="Resets">Account, kind and id of a feed key.</param>
internal sealed record PostgresLetter(
    string From, IReadOnlyList<long[]> Moved, IReadOnlyList<PostgresLetter.Signalled> Signals, IReadOnlyList<long[]> Resets)
{
    public const string Channel = "beseda";

    /// <summary>Bytes: PostgreSQL takes less than 8,000.</summary>
    private const int Largest = 7_900;

    private static readonly LetterJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });

    public static PostgresLetter? Read(byte[] payload) => JsonSerializer.Deserialize(payload, Json.PostgresLetter);

    /// <summary>As few letters as hold all of it. What alone is too large is left out.</summary>
    public static IEnumerable<byte[]> Write(
        string from, IReadOnlyList<long[]> moved, IReadOnlyList<Signalled> signals, IReadOnlyList<long[]> resets)
    {
        var letter = JsonSerializer.SerializeToUtf8Bytes(new PostgresLetter(from, moved, signals, resets), Json.PostgresLetter);
        if (letter.Length < Largest)
            return [letter];
        if (moved.Count + signals.Count + resets.Count < 2)
            return [];
        return
        [
            .. Write(from, Half(moved, 0), Half(signals, 0), Half(resets, 0)),
            .. Write(from, Half(moved, 1), Half(signals, 1), Half(resets, 1)),
        ];
    }

    private static T[] Half<T>(IReadOnlyList<T> all, int which) =>
        which == 0 ? [.. all.Take(all.Count / 2)] : [.. all.Skip(all.Count / 2)];

    internal sealed record Signalled(long Account, string Packed);
}

[JsonSerializable(typeof(PostgresLetter))]
internal sealed partial class LetterJson : JsonSerializerContext;
