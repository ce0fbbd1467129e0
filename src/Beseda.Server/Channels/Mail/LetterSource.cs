using System.Globalization;

namespace Beseda.Server.Channels.Mail;

/// <summary>Where a file of a letter is found later: <c>UIDVALIDITY:UID:FORM:SPEC:MESSAGE-ID</c>.</summary>
/// <param name="Spec">Of the part; empty: all of the letter.</param>
/// <param name="Id">Finds the letter when its server has numbered letters anew; empty: it has none.</param>
internal readonly record struct LetterSource(uint Validity, uint Uid, LetterForm Form, string Spec, string Id)
{
    public static LetterSource Read(string source) =>
        source.Split(':', 5) is [var validity, var uid, var form, var spec, var id]
        && uint.TryParse(validity, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && uint.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var letter)
        && Enum.TryParse<LetterForm>(form, out var known)
            ? new LetterSource(number, letter, known, spec, id)
            : throw new PlatformException(PlatformFault.Refused, "no source of a file");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Validity}:{Uid}:{Form}:{Spec}:{Id}");
}

internal enum LetterForm
{
    /// <summary>As it lies there.</summary>
    File,
    /// <summary>The letter's own text, made harmless.</summary>
    Page,
}
