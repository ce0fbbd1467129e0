using System.Net;
using System.Text.Json.Nodes;
using Beseda.Domain.Channels;

namespace Beseda.Server.Channels.Viber;

/// <summary>Buttons in place of the keyboard, named in capitals. The keyboard of a message replaces that of the one before, also with none.</summary>
internal static class ViberKeyboard
{
    /// <summary>Silent presses came with it.</summary>
    public const int MinApiVersion = 6;

    private const int Width = 6;

    /// <summary>So many letters fit into a sixth of the width, and into half of it.</summary>
    private const int Narrow = 4;
    private const int Half = 14;

    /// <summary>A press comes as a text, and nobody says this by chance.</summary>
    private const string Ours = "beseda:";

    /// <summary>Null: no buttons.</summary>
    public static JsonObject? Of(Part part)
    {
        var buttons = part.Buttons.Concat(part.Standing).DistinctBy(button => button.Payload ?? button.Url ?? button.Text).ToList();
        if (buttons.Count == 0)
            return null;
        var longest = buttons.Max(button => button.Text.Length);
        var columns = longest <= Narrow ? 1 : longest <= Half && buttons.Count > 1 ? Width / 2 : Width;
        return new JsonObject
        {
            ["Type"] = "keyboard",
            ["DefaultHeight"] = false,
            ["Buttons"] = new JsonArray([.. buttons.Select(button => One(button, columns))]),
        };
    }

    /// <summary>What a text that a visitor sent presses; null: it is only a text.</summary>
    public static string? Pressed(string text) =>
        text.StartsWith(Ours, StringComparison.Ordinal) && text[Ours.Length..] is var payload && Button.Meaning(payload) is not null ? payload : null;

    private static JsonNode One(Button button, int columns)
    {
        var isOurs = button.Payload is { } payload && Button.Meaning(payload) is not null;
        return new JsonObject
        {
            ["Columns"] = columns,
            ["Rows"] = 1,
            ["ActionType"] = button.Url is null ? "reply" : "open-url",
            ["ActionBody"] = button.Url ?? (isOurs ? $"{Ours}{button.Payload}" : button.Text),
            // It may hold tags, so that what is none has to be escaped.
            ["Text"] = WebUtility.HtmlEncode(button.Text),
            ["TextSize"] = "regular",
            ["Silent"] = isOurs,
        };
    }
}
