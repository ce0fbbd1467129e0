using System.Globalization;
using System.Text.Json;

namespace Beseda.Server.Channels.Messenger;

/// <summary>Members of what the Graph API says; what is not there, or is of another kind, is nothing.</summary>
internal static class GraphJson
{
    public static JsonElement? Find(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public static string? Text(JsonElement holder, string name) =>
        Find(holder, name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public static long Number(JsonElement holder, string name) =>
        Find(holder, name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : 0;

    public static double? Real(JsonElement holder, string name) =>
        Find(holder, name) is { } found && double.TryParse(found.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IEnumerable<JsonElement> List(JsonElement holder, string name) =>
        Find(holder, name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>The id of somebody who stands under a name.</summary>
    public static string? Id(JsonElement holder, string name) => Find(holder, name) is { } somebody ? Text(somebody, "id") : null;
}
