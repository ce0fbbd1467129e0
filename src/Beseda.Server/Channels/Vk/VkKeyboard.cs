using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beseda.Domain.Channels;

namespace Beseda.Server.Channels.Vk;

/// <summary>Buttons under a message; more than fit there stand in place of the keyboard, once.</summary>
internal static class VkKeyboard
{
    private const int MostInline = 10;
    private const int InRow = 5;
    private const int MaxLabel = 40;

    /// <summary>Of a payload: what our button says.</summary>
    public const string Says = "b";

    public static string? Of(ImmutableArray<Button> buttons)
    {
        if (buttons.IsEmpty)
            return null;
        var inline = buttons.Length <= MostInline;
        var rows = new JsonArray([.. buttons.Chunk(InRow).Select(row => new JsonArray([.. row.Select(One)]))]);
        return new JsonObject { ["one_time"] = !inline, ["inline"] = inline, ["buttons"] = rows }.ToJsonString();
    }

    /// <summary>What a press of our button says; null: it is none of ours.</summary>
    public static string? Payload(JsonElement holder)
    {
        if (!holder.TryGetProperty("payload", out var payload))
            return null;
        try
        {
            using var parsed = payload.ValueKind == JsonValueKind.String ? JsonDocument.Parse(payload.GetString()!) : null;
            var root = parsed?.RootElement ?? payload;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Says, out var says) ? says.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode One(Button button)
    {
        var label = button.Text.Length <= MaxLabel ? button.Text : button.Text[..(MaxLabel - 1)] + "…";
        return new JsonObject
        {
            ["action"] = button.Url is { } url
                ? new JsonObject { ["type"] = "open_link", ["link"] = url, ["label"] = label }
                : new JsonObject { ["type"] = "callback", ["label"] = label, ["payload"] = new JsonObject { [Says] = button.Payload ?? button.Text }.ToJsonString() },
        };
    }
}
