using System.Collections.Concurrent;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Calls;

/// <summary>Files at addresses that only those know who were told.</summary>
internal sealed class Shelf
{
    private readonly ConcurrentDictionary<string, Media> files = new();

    /// <returns>The path.</returns>
    public string Put(Media media)
    {
        var key = World.Secret();
        files[key] = media;
        return $"/shelf/{key}/{Uri.EscapeDataString(media.Name)}";
    }

    public void Map(WebApplication app) => app.MapGet("/shelf/{key}/{name}", (string key) =>
        files.TryGetValue(key, out var media) ? Results.Bytes(media.Bytes, media.MimeType) : Results.NotFound());
}
