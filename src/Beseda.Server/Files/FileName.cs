using Beseda.Domain.Conversations;

namespace Beseda.Server.Files;

/// <summary>What a person calls a file: one line without a path, short enough for every file system.</summary>
internal static class FileName
{
    public const int MaxLength = 200;

    /// <summary>Longer ones are no extensions, but the end of a sentence.</summary>
    private const int MaxExtension = 20;
    private const string Nameless = "file";

    public static string Clean(string name)
    {
        var line = new string([.. MessageText.CleanLine(name).Where(c => !Turns(c))]);
        // Old browsers send the whole path.
        line = line[(line.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return line.Trim('.', ' ').Length == 0 ? Nameless : Shorten(line);
    }

    /// <summary>Changes the direction of text: with one of these a program ends in <c>.txt</c> to the eye.</summary>
    private static bool Turns(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
            return name;
        var extension = Path.GetExtension(name) is { Length: <= MaxExtension } known ? known : "";
        var stem = MaxLength - extension.Length;
        if (char.IsHighSurrogate(name[stem - 1]))
            stem--;
        return name[..stem] + extension;
    }
}
