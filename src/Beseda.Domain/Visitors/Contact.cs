namespace Beseda.Domain.Visitors;

/// <summary>Telephone numbers and e-mail addresses, written in one way so that the same are equal.</summary>
public static class Contact
{
    /// <summary>As E.164 has it: the country's code and at most 15 digits in all.</summary>
    private const int FewestDigits = 11, MostDigits = 15;

    /// <returns>Digits that begin with the country's code; null: it is no whole number. In Russia people dial 8 where the code is 7.</returns>
    public static string? Phone(string? text)
    {
        if (text is null)
            return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length is < FewestDigits or > MostDigits)
            return null;
        return digits is ['8', _, _, _, _, _, _, _, _, _, _] ? $"7{digits[1..]}" : digits;
    }

    /// <returns>Null: it is none.</returns>
    public static string? Email(string? text) =>
        text?.Trim() is { Length: > 2 and <= 254 } trimmed && trimmed.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < trimmed.Length - 1
            ? trimmed.ToLowerInvariant()
            : null;

    /// <summary>By which a visitor may be recognised: <c>phone:…</c>, <c>email:…</c>.</summary>
    public static IEnumerable<string> Of(VisitorProfile? profile)
    {
        if (Phone(profile?.Fields.GetValueOrDefault("phone")) is { } phone)
            yield return $"phone:{phone}";
        if (Email(profile?.Fields.GetValueOrDefault("email")) is { } email)
            yield return $"email:{email}";
    }
}
