using System.Collections.Concurrent;

namespace Beseda.Server.Files;

/// <summary>Other forms of pictures: made when first asked for, then kept beside them.</summary>
/// <param name="form">Their name beside the picture's.</param>
/// <param name="make">Null: it cannot be made of this.</param>
internal class Renditions(IFileStore store, string form, Func<Stream, byte[]?> make) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> making = [];

    /// <summary>A large picture is hundreds of megabytes while it is decoded: one at a time.</summary>
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Null: none can be made.</summary>
    public virtual async Task<Stream?> OpenAsync(StoredFile file, CancellationToken stop)
    {
        if (!file.HasThumbnail)
            return null;
        var made = await store.OpenAsync(NameOf(file.Id), stop);
        if (made is null)
        {
            // Whoever asks meanwhile waits for the same one; it is finished even when nobody waits any more.
            await making.GetOrAdd(file.Id, id => new Lazy<Task>(() => MakeAsync(id))).Value.WaitAsync(stop);
            made = await store.OpenAsync(NameOf(file.Id), stop);
        }

        if (made is not { Length: 0 })
            return made;
        await made.DisposeAsync();
        return null;
    }

    public void Dispose()
    {
        turn.Dispose();
        GC.SuppressFinalize(this);
    }

    private string NameOf(string id) => $"{id}.{form}";

    private async Task MakeAsync(string id)
    {
        await turn.WaitAsync();
        try
        {
            await Task.Run(() => MakeInTurnAsync(id));
        }
        finally
        {
            turn.Release();
            making.TryRemove(id, out _);
        }
    }

    private async Task MakeInTurnAsync(string id)
    {
        await using (var made = await store.OpenAsync(NameOf(id), CancellationToken.None))
        {
            // Between the question and the turn somebody else has made it.
            if (made is not null)
                return;
        }

        await using var content = await store.OpenAsync(id, CancellationToken.None);
        if (content is null)
            return;
        await using var draft = store.Begin(NameOf(id));
        // An empty one says that none can be made, so that nobody tries again.
        await draft.Stream.WriteAsync(make(content) ?? []);
        await store.KeepAsync(draft, CancellationToken.None);
    }
}

/// <summary>Small ones, for the screen.</summary>
/// <param name="shrink">Default: <see cref="Picture.Shrink"/>.</param>
internal sealed class Thumbnails(IFileStore store, Func<Stream, byte[]?>? shrink = null) : Renditions(store, "thumbnail", shrink ?? Picture.Shrink);

/// <summary>JPEGs of at most a megabyte, for messengers that take no others.</summary>
internal sealed class Photos(StoredFiles files, IFileStore store) : Renditions(store, "photo", Picture.Photo)
{
    public override Task<Stream?> OpenAsync(StoredFile file, CancellationToken stop) =>
        file is { ContentType: Picture.PhotoType, Size: <= Picture.MostPhotoBytes } && FileId.AccountOf(file.Id) is { } account
            ? files.OpenAsync(account, file, stop)
            : base.OpenAsync(file, stop);
}
