using System.Diagnostics;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Visitors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Beseda.Server.Files;

/// <summary><c>POST /api/visitor/files</c> and <c>POST /api/operator/files</c>: a multipart body whose field <c>file</c> is stored.</summary>
internal static class Upload
{
    private const string Field = "file";
    private const int MaxBoundary = 70;

    /// <summary>Fields before the file that are passed over.</summary>
    private const int MostFields = 16;

    public static RouteHandlerBuilder MapUpload(this IEndpointRouteBuilder door, Delegate post) =>
        door.MapPost("/files", post).WithMetadata(new RequestSizeLimitAttribute(door.ServiceProvider.GetRequiredService<FileSettings>().MaxBodyBytes));

    public static Task<IResult> ByVisitor(VisitorPrincipal visitor, HttpContext http, StoredFiles files) =>
        SaveAsync(visitor.Token.Account, visitor.Token.Visitor.Value, http, files);

    public static Task<IResult> ByOperator(OperatorPrincipal caller, HttpContext http, StoredFiles files) =>
        SaveAsync(caller.Account, -caller.Id.Value, http, files);

    private static async Task<IResult> SaveAsync(AccountId account, long owner, HttpContext http, StoredFiles files)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return Problems.Of(415, "not-multipart", "Send multipart/form-data with a field file.");
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= MaxBoundary } boundary)
            return Malformed();
        try
        {
            return await FindAsync(new MultipartReader(boundary, http.Request.Body), http.RequestAborted) is var (section, name)
                ? Told(await files.SaveAsync(account, owner, name, section.ContentType, section.Body, http.RequestAborted))
                : Problems.Invalid(Field, "A file is needed.");
        }
        catch (InvalidDataException)
        {
            return Malformed();
        }
    }

    /// <exception cref="InvalidDataException">It is no multipart body, or not the whole of one.</exception>
    private static async Task<(MultipartSection Section, string Name)?> FindAsync(MultipartReader reader, CancellationToken stop)
    {
        for (var passed = 0; passed < MostFields; passed++)
        {
            MultipartSection? section;
            try
            {
                section = await reader.ReadNextSectionAsync(stop);
            }
            catch (IOException cut) when (cut is not BadHttpRequestException)
            {
                throw new InvalidDataException(cut.Message, cut);
            }

            if (section is null)
                return null;
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var field) && HeaderUtilities.RemoveQuotes(field.Name).Equals(Field, StringComparison.Ordinal))
                return (section, NameOf(field));
        }

        return null;
    }

    /// <summary>Browsers send UTF-8 with quotation marks as <c>%22</c> (HTML, multipart form data), others the extended form.</summary>
    private static string NameOf(ContentDispositionHeaderValue field) =>
        field.FileNameStar is { HasValue: true, Length: > 0 } star
            ? star.Value!
            : (HeaderUtilities.RemoveQuotes(field.FileName).Value ?? "").Replace("%22", "\"", StringComparison.Ordinal);

    private static IResult Told(Saving saving) => saving switch
    {
        Saving.Saved saved => TypedResults.Ok(StoredFiles.LinkOf(saved.File)),
        Saving.Refused { Why: FileRefusal.Empty } => Problems.Invalid(Field, "The file is empty."),
        Saving.Refused { Why: FileRefusal.TooLarge } => Problems.Of(413, "too-large", "The file is too large."),
        Saving.Refused { Why: FileRefusal.CutShort } => Malformed(),
        _ => throw new UnreachableException(),
    };

    private static IResult Malformed() => Problems.Of(400, "malformed", "The request is not what this call understands.");
}
