using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beseda.Platforms.Calls;

/// <summary>A file within a call.</summary>
internal sealed record UploadedFile(string Name, string MimeType, byte[] Bytes);

/// <summary>What an API was called with, wherever it stood: the query, a form, multipart or JSON.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, JsonNode?> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UploadedFile> files = new(StringComparer.Ordinal);

    private Arguments()
    {
    }

    public IReadOnlyDictionary<string, UploadedFile> Files => files;

    public IEnumerable<string> Names => values.Keys;

    public static Arguments Of(JsonObject json)
    {
        var arguments = new Arguments();
        foreach (var (name, value) in json)
            arguments.values[name] = value?.DeepClone();
        return arguments;
    }

    /// <exception cref="JsonException">The body says it is JSON and is not an object of it.</exception>
    /// <exception cref="InvalidDataException">The body says it is multipart and is not.</exception>
    public static async Task<Arguments> ReadAsync(HttpRequest request)
    {
        var arguments = new Arguments();
        foreach (var (name, value) in request.Query)
            arguments.values[name] = value.ToString();
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
            await Parts.ReadAsync(request, (name, value) => arguments.values[name] = value, (name, file) => arguments.files[name] = file);
        else if (request.HasFormContentType)
            foreach (var (name, value) in await request.ReadFormAsync(request.HttpContext.RequestAborted))
                arguments.values[name] = value.ToString();
        else if (request.HasJsonContentType())
            await arguments.TakeJsonAsync(request);
        return arguments;
    }

    public bool Has(string name) => values.GetValueOrDefault(name) is { } value && value.ToString().Length > 0;

    public string? Text(string name) => values.GetValueOrDefault(name)?.ToString();

    public long? Number(string name) => long.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public double? Real(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Flag(string name) => Text(name) is "true" or "True" or "1";

    public UploadedFile? File(string name) => files.GetValueOrDefault(name);

    /// <summary>Objects and lists stand as they are in JSON and as text of JSON everywhere else.</summary>
    /// <exception cref="JsonException">There is something, and it is not JSON.</exception>
    public JsonNode? Json(string name) => values.GetValueOrDefault(name) switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.ToString() is { Length: > 0 } text ? JsonNode.Parse(text) : null,
        var node => node,
    };

    /// <summary>Numbers in a list, however they are listed: <c>[1,2]</c>, <c>1,2</c>, or one alone.</summary>
    public long[] Numbers(string name) =>
        [.. (Text(name) ?? "").Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(one => long.TryParse(one.Trim('"'), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    /// <summary>All of it as JSON, with files by their names.</summary>
    public JsonObject Everything()
    {
        var all = new JsonObject();
        foreach (var (name, value) in values)
            all[name] = value?.DeepClone();
        foreach (var (name, file) in files)
            all[name] = file.Name;
        return all;
    }

    /// <summary>Clients say JSON also where they send nothing.</summary>
    private async Task TakeJsonAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        if (bytes.Length == 0)
            return;
        foreach (var (name, value) in JsonNode.Parse(bytes.ToArray()) as JsonObject ?? throw new JsonException("Not an object."))
            values[name] = value?.DeepClone();
    }
}
