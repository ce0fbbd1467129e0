using System.Text.Json.Nodes;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Messenger;

/// <summary>Quick replies and templates, checked and read.</summary>
internal static class GraphButtons
{
    private const int LongestTitle = 20;

    /// <summary>One row below the newest message.</summary>
    public static IReadOnlyList<IReadOnlyList<Button>> Quick(JsonNode? replies)
    {
        if (replies is not JsonArray { Count: > 0 } list)
            return [];
        if (list.Count > 13)
            throw GraphRefusal.Parameter("Param message[quick_replies] has too many elements.");
        return [list.Select(reply => reply?["content_type"]?.ToString() switch
        {
            "text" => new Button(Title(reply), ButtonKind.Reply, Payload(reply)),
            "user_phone_number" => new Button("Телефон", ButtonKind.Contact),
            "user_email" => new Button("Почта", ButtonKind.Other),
            _ => throw GraphRefusal.Parameter("Param message[quick_replies][content_type] is invalid"),
        }).ToArray()];
    }

    public static (string Text, IReadOnlyList<IReadOnlyList<Button>> Rows) Template(JsonNode? payload) => payload?["template_type"]?.ToString() switch
    {
        "button" => (Text(payload["text"], 640), Rows(payload["buttons"])),
        "generic" when payload["elements"] is JsonArray { Count: > 0 and <= 10 } elements => (
            string.Join("\n\n", elements.Select(card => $"{Text(card?["title"], 80)}\n{card?["subtitle"]}".TrimEnd())),
            [.. elements.SelectMany(card => card?["buttons"] is { } buttons ? Rows(buttons) : [])]),
        _ => throw GraphRefusal.Parameter("Invalid template"),
    };

    private static Button[][] Rows(JsonNode? buttons) => buttons is JsonArray { Count: > 0 and <= 3 } list
        ? [.. list.Select(button => new[] { Read(button) })]
        : throw GraphRefusal.Parameter("A template has from one to three buttons");

    private static Button Read(JsonNode? button) => button?["type"]?.ToString() switch
    {
        "postback" => new Button(Title(button), ButtonKind.Callback, Payload(button)),
        "web_url" => new Button(Title(button), ButtonKind.Link, Link: button["url"]?.ToString() ?? throw GraphRefusal.Parameter("Button must have an url")),
        "phone_number" => new Button(Title(button), ButtonKind.Other),
        _ => throw GraphRefusal.Parameter("Invalid button type"),
    };

    private static string Title(JsonNode button) => Text(button["title"], LongestTitle);

    private static string Payload(JsonNode button) => Text(button["payload"], 1000);

    private static string Text(JsonNode? text, int longest) => text?.ToString() is { Length: > 0 } written && written.Length <= longest
        ? written
        : throw GraphRefusal.Parameter($"A text of 1 to {longest} letters is missing");
}
