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
    public static async Task<Arguments> ReadAsync(HttpRequest request)
    {
        var arguments = new Arguments();
        foreach (var (name, value) in request.Query)
            arguments.values[name] = value.ToString();
        if (request.HasFormContentType)
            await arguments.TakeAsync(await request.ReadFormAsync(request.HttpContext.RequestAborted));
        else if (request.HasJsonContentType() && await JsonNode.ParseAsync(request.Body) is var body)
            foreach (var (name, value) in body as JsonObject ?? throw new JsonException("Not an object."))
                arguments.values[name] = value?.DeepClone();
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

    private async Task TakeAsync(IFormCollection form)
    {
        foreach (var (name, value) in form)
            values[name] = value.ToString();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            files[file.Name] = new UploadedFile(file.FileName, file.ContentType ?? "application/octet-stream", bytes.ToArray());
        }
    }
}
