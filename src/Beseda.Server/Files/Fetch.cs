using Beseda.Journal;
using Beseda.Server.Doors;
using Microsoft.Net.Http.Headers;

namespace Beseda.Server.Files;

/// <summary>
/// <c>GET /files/ID/NAME</c>, <c>GET /files/thumbnails/ID</c> and <c>GET /files/photos/ID.jpeg</c>: whoever knows the id may have it, from any
/// page. The name is only for who looks at the address.
/// </summary>
internal static class Fetch
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/files").WithTags("Files").RequireCors(Cors.AnySite);
        files.MapMethods("/{id}/{name}", Reads, Whole);
        files.MapMethods("/thumbnails/{id}", Reads, (string id, HttpContext http, StoredFiles stored, Thumbnails thumbnails) =>
            Rendered(id, http, stored, thumbnails, Picture.ThumbnailType));
        files.MapMethods("/photos/{id}.jpeg", Reads, (string id, HttpContext http, StoredFiles stored, Photos photos) =>
            Rendered(id, http, stored, photos, Picture.PhotoType));
    }

    private static async Task<IResult> Whole(string id, HttpContext http, StoredFiles files)
    {
        if (await FindAsync(id, files) is not var (owner, file) || await files.OpenAsync(owner, file, http.RequestAborted) is not { } content)
            return NotFound();
        var shown = new ContentDispositionHeaderValue(FileType.IsShown(file.ContentType) ? "inline" : "attachment");
        shown.SetHttpFileName(file.Name);
        http.Response.Headers.ContentDisposition = shown.ToString();
        return Answer(http, content, file.ContentType, file.Id);
    }

    private static async Task<IResult> Rendered(string id, HttpContext http, StoredFiles files, Renditions renditions, string type)
    {
        if (await FindAsync(id, files) is not var (_, file) || await renditions.OpenAsync(file, http.RequestAborted) is not { } content)
            return NotFound();
        http.Response.Headers.ContentDisposition = "inline";
        return Answer(http, content, type, $"{file.Id}.{type}");
    }

    private static async Task<(AccountId, StoredFile)?> FindAsync(string id, StoredFiles files) =>
        FileId.AccountOf(id) is { } account && await files.FindAsync(account, id) is { } file ? (account, file) : null;

    /// <summary>A stranger's file is shown on this server's own address: it may run nothing, and be taken for nothing else.</summary>
    private static IResult Answer(HttpContext http, Stream content, string type, string tag)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        // Also where no origin asks: what an <img> put into the cache, a script of the same page may then read.
        headers.AccessControlAllowOrigin = "*";
        return TypedResults.Stream(content, type, entityTag: new EntityTagHeaderValue($"\"{tag}\""), enableRangeProcessing: true);
    }

    private static IResult NotFound() => Problems.NotFound("file-not-found", "There is no such file.");
}
