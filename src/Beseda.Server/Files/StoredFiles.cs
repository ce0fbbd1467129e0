using Beseda.Journal;

namespace Beseda.Server.Files;

/// <summary>What came of a file that was to be stored.</summary>
internal abstract record Saving
{
    public sealed record Saved(StoredFile File) : Saving;

    public sealed record Refused(FileRefusal Why) : Saving;
}

internal enum FileRefusal
{
    Empty,
    TooLarge,
    /// <summary>Less came than was announced.</summary>
    CutShort,
}

/// <summary>The files of all accounts: a row tells of each, its content lies in the store.</summary>
internal sealed partial class StoredFiles(IFileStore store, ChatJournal journal, FileSettings settings, ILogger<StoredFiles> log)
{
    private const int Piece = 64 * 1024;

    /// <summary>Takes the content as it comes, never the whole of it in memory. When this returns, it survives a power cut.</summary>
    /// <param name="owner">A visitor's id, an operator's below zero, 0 for Beseda itself.</param>
    /// <param name="name">As its sender calls it; cleaned here.</param>
    /// <param name="id">One that was given out before the content came; storing it again changes nothing.</param>
    /// <param name="contentType">As its sender calls it; believed only where that does no harm.</param>
    public async Task<Saving> SaveAsync(AccountId account, long owner, string name, string? contentType, Stream content, CancellationToken stop, string? id = null)
    {
        await using var draft = store.Begin(id ?? FileId.New(account));
        if (await ReceiveAsync(content, draft.Stream, stop) is { } refusal)
            return new Saving.Refused(refusal);
        var file = await DescribeAsync(draft, FileName.Clean(name), contentType, stop);
        await store.KeepAsync(draft, stop);
        // The content first: a row promises it. Where the database fails, nobody knows whether the row is there, so it stays.
        await journal.WriteAsync((session, now) =>
        {
            FileRows.Add(session, account, file, owner, now);
            return true;
        });
        return new Saving.Saved(file);
    }

    public async Task<StoredFile?> FindAsync(AccountId account, string id) =>
        FileId.AccountOf(id) == account ? await journal.Readers.ReadAsync(session => FileRows.Find(session, account, id)) : null;

    /// <summary>Those that there are, in no order.</summary>
    public Task<List<StoredFile>> FindAllAsync(AccountId account, IEnumerable<string> ids)
    {
        var known = ids.Where(id => FileId.AccountOf(id) == account).Distinct().ToList();
        return journal.Readers.ReadAsync(session => FileRows.FindAll(session, account, known));
    }

    /// <summary>Those that somebody uploaded, in the order of their ids; null: one is not theirs, or not there.</summary>
    public async Task<List<StoredFile>?> FindOwnAsync(AccountId account, long owner, IReadOnlyList<string> ids)
    {
        var known = ids.Where(id => FileId.AccountOf(id) == account).Distinct().ToList();
        var found = await journal.Readers.ReadAsync(session => FileRows.FindOwn(session, account, owner, known));
        return found.Count == ids.Count ? [.. ids.Select(id => found[id])] : null;
    }

    /// <summary>Can be read from any place.</summary>
    public async Task<Stream?> OpenAsync(string id, CancellationToken stop) =>
        FileId.AccountOf(id) is { } account && await FindAsync(account, id) is { } file ? await OpenAsync(account, file, stop) : null;

    public async Task<Stream?> OpenAsync(AccountId account, StoredFile file, CancellationToken stop)
    {
        var content = await store.OpenAsync(file.Id, stop);
        if (content is null)
            LogMissing(account.Value);
        return content;
    }

    /// <summary>As others are told of it. Its addresses begin at the server's root.</summary>
    public static Wire.FileLink LinkOf(StoredFile file) => new(
        file.Id, file.Name, file.Size, file.ContentType, FileLinks.UrlOf(file.Id, file.Name),
        file.Width, file.Height, file.HasThumbnail ? FileLinks.ThumbnailOf(file.Id) : null);

    private async Task<FileRefusal?> ReceiveAsync(Stream content, FileStream into, CancellationToken stop)
    {
        var piece = new byte[Piece];
        for (var size = 0L; ;)
        {
            int read;
            try
            {
                read = await content.ReadAsync(piece, stop);
            }
            catch (IOException cut) when (cut is not BadHttpRequestException)
            {
                return FileRefusal.CutShort;
            }

            if (read == 0)
                return size == 0 ? FileRefusal.Empty : null;
            size += read;
            if (size > settings.MaxBytes)
                return FileRefusal.TooLarge;
            await into.WriteAsync(piece.AsMemory(0, read), stop);
        }
    }

    private static async Task<StoredFile> DescribeAsync(Draft draft, string name, string? declared, CancellationToken stop)
    {
        var head = new byte[FileType.HeadLength];
        draft.Stream.Position = 0;
        var type = FileType.Of(head.AsSpan(0, await draft.Stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop)), declared);
        draft.Stream.Position = 0;
        var size = FileType.IsPicture(type) ? Picture.Measure(draft.Stream) : null;
        return new StoredFile(draft.Name, name, type, draft.Stream.Length, size?.Width, size?.Height);
    }

    /// <summary>Its id opens the file, so it is not told.</summary>
    [LoggerMessage(LogLevel.Error, "A file of account {Account} is not where files lie: do all nodes use the same folder or bucket?")]
    private partial void LogMissing(long account);
}
