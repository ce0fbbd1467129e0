using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Viber;

/// <summary>A keyboard or a carousel, whose members are named in capitals.</summary>
internal static partial class ViberButtons
{
    private const int Width = 6;
    private const int LargestKeyboard = 30 * 1024;

    /// <summary>Rows of buttons; none when there is no keyboard, null when it is wrong.</summary>
    public static IReadOnlyList<IReadOnlyList<Button>>? Read(JsonNode? keyboard, string type)
    {
        if (keyboard is null)
            return [];
        if (keyboard["Type"]?.ToString() != type || keyboard["Buttons"] is not JsonArray { Count: > 0 } buttons || Wire.Text(keyboard).Length > LargestKeyboard)
            return null;
        List<List<Button>> rows = [];
        var left = 0;
        foreach (var button in buttons)
        {
            if (Read(button) is not { } read)
                return null;
            var columns = button!["Columns"]?.GetValue<int>() ?? Width;
            if (columns > left)
            {
                rows.Add([]);
                left = Width;
            }
            left -= columns;
            rows[^1].Add(read);
        }
        return rows;
    }

    private static Button? Read(JsonNode? button)
    {
        var body = button?["ActionBody"]?.ToString();
        var kind = button?["ActionType"]?.ToString() switch
        {
            null or "reply" => ButtonKind.Reply,
            "open-url" => ButtonKind.Link,
            "share-phone" => ButtonKind.Contact,
            "location-picker" => ButtonKind.Location,
            "none" => ButtonKind.Other,
            _ => (ButtonKind?)null,
        };
        if (kind is null || (string.IsNullOrEmpty(body) && kind is ButtonKind.Reply or ButtonKind.Link))
            return null;
        var label = WebUtility.HtmlDecode(Tags().Replace(button!["Text"]?.ToString() ?? "", ""));
        var silent = button["Silent"] is JsonValue value && value.TryGetValue<bool>(out var says) && says;
        return new Button(label.Length > 0 ? label : body ?? "", silent && kind == ButtonKind.Reply ? ButtonKind.Callback : kind.Value, body, kind == ButtonKind.Link ? body : null);
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
