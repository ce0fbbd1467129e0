using System.Collections.Immutable;
using Beseda.Domain.Files;
using Beseda.Journal;
using Beseda.Server.Doors;
using Beseda.Server.Files;

namespace Beseda.Server.Conversations;

/// <summary>Files that were uploaded before, as a message takes them.</summary>
internal sealed record Attached(ImmutableArray<MessageFile>? Files, ImmutableArray<FileWords>? Words)
{
    private static readonly Attached None = new(null, null);

    /// <param name="owner">Who uploaded them: nobody attaches what another one did.</param>
    /// <returns>Null: one is missing.</returns>
    public static async Task<Attached?> FindAsync(StoredFiles files, AccountId account, long owner, IReadOnlyList<string>? ids)
    {
        if (ids is not { Count: > 0 })
            return None;
        return await files.FindOwnAsync(account, owner, ids) is { } found
            ? new Attached(
                [.. found.Select(file => new MessageFile(file.Id, FileStage.Ready, file.ContentType, file.Size, file.Width, file.Height))],
                [.. found.Select(file => new FileWords(file.Name))])
            : null;
    }

    public static IResult Missing() => Problems.Invalid("files", "There is no such file.");
}
