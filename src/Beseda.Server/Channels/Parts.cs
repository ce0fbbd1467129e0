using System.Collections.Immutable;
using Beseda.Domain.Channels;

namespace Beseda.Server.Channels;

/// <summary>Makes of a message what a channel can take.</summary>
internal static class Parts
{
    /// <param name="text">May be empty where there are files.</param>
    /// <param name="mark">Names the message to us.</param>
    /// <param name="key">A number of the message that no other has.</param>
    public static List<Part> Of(
        IPlatform platform, string to, string text, ImmutableArray<Button> buttons, IReadOnlyList<Attachment> files, string? replyTo, string mark, int key)
    {
        var can = platform.Description.Capabilities;
        var kept = platform.WritesLetters ? Fitting(can, files) : [.. files.Where(file => file.File.Size <= can.MaxFile)];
        var links = files.Except(kept).Where(file => file.Url is not null).Select(file => $"{file.Name}: {file.Url}");
        var numbered = buttons.Length > can.Buttons;
        var lines = numbered ? Numbering.Lines(buttons) : [];
        var whole = string.Join('\n', ((string[])[text]).Concat(lines).Concat(links).Where(line => line.Length > 0));

        var bodies = whole.Length == 0 ? [] : Splitting.Pieces(whole, can.TextLength).ToList();
        var parts = bodies.ConvertAll(body => new Part(to, body, 0) { Mark = "" });
        if (platform.WritesLetters && kept.Count > 0)
            parts = [(parts.FirstOrDefault() ?? new Part(to, "", 0) { Mark = "" }) with { File = kept[0], More = [.. kept.Skip(1)] }, .. parts.Skip(1)];
        else
            parts.AddRange(kept.Select(file => new Part(to, "", 0) { File = file, Mark = "" }));
        if (parts.Count == 0)
            return parts;

        parts[0] = parts[0] with { ReplyTo = can.Replies ? replyTo : null };
        var pressed = Math.Max(bodies.Count - 1, 0);
        if (!numbered)
            parts[pressed] = parts[pressed] with { Buttons = buttons };
        return [.. parts.Select((part, i) => part with { Key = unchecked((key * 31) + i), Mark = $"{mark}:{i}:{parts.Count}" })];
    }

    /// <summary>A letter takes so many bytes, in however many files.</summary>
    private static List<Attachment> Fitting(Wire.Capabilities can, IReadOnlyList<Attachment> files)
    {
        var left = can.MaxFile;
        return [.. files.Where(file => file.File.Size <= left && (left -= file.File.Size) >= 0)];
    }
}
