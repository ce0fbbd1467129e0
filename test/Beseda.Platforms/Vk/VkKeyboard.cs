using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Vk;

/// <summary>A message's <c>keyboard</c>: below the message, or in place of the customer's own.</summary>
internal sealed record VkKeyboard(bool Inline, bool OneTime, IReadOnlyList<IReadOnlyList<Button>> Rows)
{
    private static readonly string[] Colours = ["primary", "secondary", "positive", "negative"];

    /// <summary>Null when the call says nothing of a keyboard.</summary>
    public static VkKeyboard? Read(Arguments arguments)
    {
        if (!arguments.Has("keyboard"))
            return null;
        JsonObject json;
        try
        {
            json = arguments.Json("keyboard") as JsonObject ?? throw VkRefusal.Keyboard("object expected");
        }
        catch (JsonException)
        {
            throw VkRefusal.Keyboard("keyboard is not a valid JSON");
        }
        var inline = Says(json, "inline");
        var rows = (json["buttons"] as JsonArray ?? throw VkRefusal.Keyboard("buttons is required"))
            .Select(row => (row as JsonArray ?? throw VkRefusal.Keyboard("array expected")).Select(Read).ToArray()).ToArray();
        Check(inline, rows);
        return new VkKeyboard(inline, Says(json, "one_time"), rows);
    }

    private static bool Says(JsonObject json, string what) => json[what] is JsonValue value && value.TryGetValue<bool>(out var says) && says;

    private static void Check(bool inline, Button[][] rows)
    {
        if (rows.Length > (inline ? 6 : 10) || rows.Any(row => row.Length is 0 or > 5))
            throw VkRefusal.Keyboard("too many rows or columns");
        if (rows.Sum(row => row.Length) > (inline ? 10 : 40))
            throw VkRefusal.Keyboard("too many buttons");
    }

    private static Button Read(JsonNode? button)
    {
        var action = button?["action"] as JsonObject ?? throw VkRefusal.Keyboard("button action is required");
        var kind = action["type"]?.ToString() switch
        {
            "text" => ButtonKind.Reply,
            "callback" => ButtonKind.Callback,
            "open_link" => ButtonKind.Link,
            "location" => ButtonKind.Location,
            "vkpay" or "open_app" => ButtonKind.Other,
            _ => throw VkRefusal.Keyboard("unknown action type"),
        };
        var label = action["label"]?.ToString() ?? (kind == ButtonKind.Location ? "Отправить местоположение" : "");
        if (label.Length is 0 or > 40)
            throw VkRefusal.Keyboard("label length should be between 1 and 40");
        if (button?["color"]?.ToString() is { } colour && (!Colours.Contains(colour) || kind is not (ButtonKind.Reply or ButtonKind.Callback)))
            throw VkRefusal.Keyboard("color is invalid");
        return new Button(label, kind, Payload(action["payload"]), action["link"]?.ToString());
    }

    /// <summary>JSON, as text or as it is.</summary>
    private static string? Payload(JsonNode? payload)
    {
        var text = payload is JsonValue ? payload.ToString() : payload is null ? null : Wire.Text(payload);
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length > 255)
            throw VkRefusal.Keyboard("payload is too long");
        try
        {
            JsonNode.Parse(text);
            return text;
        }
        catch (JsonException)
        {
            throw VkRefusal.Keyboard("payload is not a valid JSON");
        }
    }
}
