using System.Text.Json;
using MimeKit;

namespace Beseda.Server.Channels.Mail;

/// <summary>A letter as it is taken, and kept where it must be: its head, what it says, and where its files lie on the server.</summary>
/// <param name="Head">Its header lines, as they came.</param>
/// <param name="Report">Of a letter that says what became of another: its machine-readable part, and the head of the other.</param>
internal sealed record Letter(uint Validity, uint Uid, byte[] Head, IReadOnlyList<Passage> Passages, IReadOnlyList<LetterFile> Files, string? Report, string? Returned)
{
    public static Letter Read(ReadOnlyMemory<byte> raw) => JsonSerializer.Deserialize<Letter>(raw.Span) ?? throw new FormatException("no letter");

    public byte[] ToRaw() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>The head alone, understood.</summary>
    public MimeMessage Open()
    {
        using var head = new MemoryStream(Head);
        return MimeMessage.Load(head);
    }
}

/// <summary>A piece of what a letter says, in the forms that it comes in.</summary>
/// <param name="Spec">Where the richer form lies in the letter.</param>
internal sealed record Passage(string? Plain, string? Html, string Spec);

/// <param name="Spec">Where it lies in the letter: RFC 3501, section 6.4.5.</param>
/// <param name="Inline">The name under which the letter's text shows it; null: it is only enclosed.</param>
internal sealed record LetterFile(string Name, string ContentType, long Size, string Spec, string? Inline);
