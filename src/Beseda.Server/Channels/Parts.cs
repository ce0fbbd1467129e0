using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Channels;

namespace Beseda.Server.Channels;

/// <summary>Makes of a message what a channel can take.</summary>
internal static class Parts
{
    /// <param name="text">May be empty where there are files.</param>
    /// <param name="mark">Names the message to us.</param>
    /// <param name="key">A number of the message that no other has.</param>
    public static List<Part> Of(
        Wire.Capabilities can, string to, string text, ImmutableArray<Button> buttons, IReadOnlyList<Attachment> files, string? replyTo, string mark, int key)
    {
        var kept = files.Where(file => Takes(can, file)).ToList();
        var links = files.Except(kept).Where(file => file.Url is not null).Select(file => $"{file.Name}: {file.Url}");
        var numbered = buttons.Length > can.Buttons;
        var lines = numbered ? buttons.Select((button, i) => Numbered(button, i)) : [];
        var whole = string.Join('\n', ((string[])[text]).Concat(lines).Concat(links).Where(line => line.Length > 0));

        var bodies = whole.Length == 0 ? [] : Splitting.Pieces(whole, can.TextLength).ToList();
        var parts = bodies.ConvertAll(body => new Part(to, body, 0) { Mark = "" });
        parts.AddRange(kept.Select(file => new Part(to, "", 0) { File = file, Mark = "" }));
        if (parts.Count == 0)
            return parts;

        parts[0] = parts[0] with { ReplyTo = can.Replies ? replyTo : null };
        var pressed = Math.Max(bodies.Count - 1, 0);
        if (!numbered)
            parts[pressed] = parts[pressed] with { Buttons = buttons };
        return [.. parts.Select((part, i) => part with { Key = unchecked((key * 31) + i), Mark = $"{mark}:{i}:{parts.Count}" })];
    }

    private static bool Takes(Wire.Capabilities can, Attachment file) => file.File.Size <= can.MaxFile;

    private static string Numbered(Button button, int i) => string.Create(
        CultureInfo.InvariantCulture, $"{i + 1}. {button.Text}{(button.Url is null ? "" : $" {button.Url}")}");
}
