using System.Text;
using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Telegram;

/// <summary>A call's <c>reply_markup</c>, checked and read.</summary>
internal sealed record Keyboards(JsonObject? Markup)
{
    public static Keyboards Read(Arguments arguments)
    {
        var markup = arguments.Json("reply_markup") switch
        {
            null => null,
            JsonObject found => found,
            _ => throw TelegramRefusal.BadRequest("object expected as reply markup"),
        };
        foreach (var button in Cells(markup?["inline_keyboard"]).SelectMany(row => row))
            Check(button);
        return new Keyboards(markup);
    }

    /// <summary>Stands in the message itself, unlike a keyboard.</summary>
    public JsonNode? Inline => Markup?["inline_keyboard"] is { } rows ? new JsonObject { ["inline_keyboard"] = rows.DeepClone() } : null;

    public IReadOnlyList<IReadOnlyList<Button>> InlineButtons =>
        [.. Cells(Markup?["inline_keyboard"]).Select(row => row.Select(Below).ToArray())];

    /// <summary>Changes what stands in place of the customer's keyboard.</summary>
    public void Show(Chat chat)
    {
        if (Markup?["keyboard"] is { } rows)
            chat.Show([.. Cells(rows).Select(row => row.Select(Key).ToArray())]);
        else if (Markup?["remove_keyboard"] is not null)
            chat.Show([]);
    }

    private static IEnumerable<IEnumerable<JsonNode>> Cells(JsonNode? rows) =>
        (rows as JsonArray ?? []).Select(row => (row as JsonArray ?? []).OfType<JsonNode>());

    private static Button Below(JsonNode button) => new(
        button["text"]!.ToString(),
        button["callback_data"] is not null ? ButtonKind.Callback : button["url"] is not null ? ButtonKind.Link : ButtonKind.Other,
        button["callback_data"]?.ToString(),
        button["url"]?.ToString());

    private static Button Key(JsonNode button) => button is JsonValue text
        ? new Button(text.ToString(), ButtonKind.Reply)
        : new Button(button["text"]!.ToString(), Asks(button, "request_contact") ? ButtonKind.Contact : Asks(button, "request_location") ? ButtonKind.Location : ButtonKind.Reply);

    private static bool Asks(JsonNode button, string what) => button[what] is JsonValue value && value.TryGetValue<bool>(out var asked) && asked;

    private static void Check(JsonNode button)
    {
        if (string.IsNullOrEmpty(button["text"]?.ToString()))
            throw TelegramRefusal.BadRequest("can't parse inline keyboard button: Field \"text\" must be of type String");
        if (button is JsonObject { Count: < 2 })
            throw TelegramRefusal.BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
        if (button["callback_data"] is { } data && Encoding.UTF8.GetByteCount(data.ToString()) is 0 or > 64)
            throw TelegramRefusal.BadRequest("BUTTON_DATA_INVALID");
    }
}
