using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Beseda.Platforms.Calls;

/// <summary>JSON as it travels: names as written, nothing for null.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="shape">An anonymous object whose members are named as on the wire.</param>
    public static JsonObject Object(object shape) => (JsonObject)JsonSerializer.SerializeToNode(shape, Options)!;

    public static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items.Select(item => item?.DeepClone())];

    public static string Text(JsonNode json) => json.ToJsonString(Options);

    /// <summary>Gives an object a member, unless there is nothing to give.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
            json[name] = value.Parent is null ? value : value.DeepClone();
        return json;
    }

    public static long Seconds(this DateTimeOffset at) => at.ToUnixTimeSeconds();

    public static long Milliseconds(this DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
