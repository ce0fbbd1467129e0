using System.Text.Json.Nodes;

namespace Beseda.Server.Tests.Channels;

/// <summary>One JSON text in every shape that it should not have: each member and element in turn is something else, or gone.</summary>
internal static class Shapes
{
    private const string Mark = "@@here@@";

    private static readonly string[] Others =
    [
        "null", "true", "1", "-1", "1.5", "1e400", "99999999999999999999", "9223372036854775807", "\"x\"", "\"\"", "\"\\u0000\\ud800\"", "[]", "{}",
        "[null]", "[[]]", "{\"id\":null,\"type\":{}}", $"\"{new string('я', 70_000)}\"", $"{new string('[', 60)}{new string(']', 60)}",
        $"{new string('[', 2_000)}{new string(']', 2_000)}", "nonsense",
    ];

    public static IEnumerable<string> Of(string json)
    {
        foreach (var place in Places(JsonNode.Parse(json)!).ToList())
        {
            var whole = JsonNode.Parse(json)!;
            place(whole, JsonValue.Create(Mark));
            var text = whole.ToJsonString();
            foreach (var other in Others)
                yield return text.Replace($"\"{Mark}\"", other, StringComparison.Ordinal);
            whole = JsonNode.Parse(json)!;
            place(whole, null);
            yield return whole.ToJsonString();
        }

        foreach (var other in Others)
            yield return other;
    }

    /// <summary>Each puts something in one place; nothing takes away what is there.</summary>
    private static IEnumerable<Action<JsonNode, JsonNode?>> Places(JsonNode node)
    {
        var inside = node switch
        {
            JsonObject all => all.Select(one => (one.Value, Find: (Func<JsonNode, JsonNode?>)(holder => holder[one.Key]), Put: (Action<JsonNode, JsonNode?>)((holder, value) =>
            {
                if (value is null)
                    holder.AsObject().Remove(one.Key);
                else
                    holder[one.Key] = value;
            }))),
            JsonArray all => all.Select((one, i) => (one, (Func<JsonNode, JsonNode?>)(holder => holder[i]), (Action<JsonNode, JsonNode?>)((holder, value) =>
            {
                if (value is null)
                    holder.AsArray().RemoveAt(i);
                else
                    holder[i] = value;
            }))),
            _ => [],
        };
        foreach (var (value, find, put) in inside)
        {
            yield return put;
            if (value is not null)
                foreach (var deeper in Places(value))
                    yield return (holder, other) => deeper(find(holder)!, other);
        }
    }
}
