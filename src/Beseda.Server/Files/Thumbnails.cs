using System.Collections.Concurrent;

namespace Beseda.Server.Files;

/// <summary>Small pictures of pictures: made when first asked for, then kept beside them.</summary>
/// <param name="shrink">Default: <see cref="Picture.Shrink"/>.</param>
internal sealed class Thumbnails(IFileStore store, Func<Stream, byte[]?>? shrink = null) : IDisposable
{
    private readonly Func<Stream, byte[]?> shrink = shrink ?? Picture.Shrink;
    private readonly ConcurrentDictionary<string, Lazy<Task>> making = [];

    /// <summary>A large picture is hundreds of megabytes while it is decoded: one at a time.</summary>
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Null: none can be made.</summary>
    public async Task<Stream?> OpenAsync(StoredFile file, CancellationToken stop)
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

    public void Dispose() => turn.Dispose();

    private static string NameOf(string id) => $"{id}.thumbnail";

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
        await draft.Stream.WriteAsync(shrink(content) ?? []);
        await store.KeepAsync(draft, CancellationToken.None);
    }
}
