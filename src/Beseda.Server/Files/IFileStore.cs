namespace Beseda.Server.Files;

/// <summary>Where content lies: a folder or a bucket. What has a name there is whole and never changes.</summary>
internal interface IFileStore
{
    /// <summary>Before the start: can it be written to?</summary>
    /// <exception cref="InvalidOperationException">Says which setting is wrong.</exception>
    Task CheckAsync();

    Draft Begin(string name);

    /// <summary>When this returns, the content survives a power cut.</summary>
    Task KeepAsync(Draft draft, CancellationToken stop);

    /// <summary>To be read from any place; null when nothing has that name.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken stop);
}

/// <summary>Content on its way to a name. Whatever happens, nothing of it is left when it was not kept.</summary>
internal sealed class Draft(string name, string path) : IAsyncDisposable
{
    public string Name => name;

    public string Path => path;

    public FileStream Stream { get; } = new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.Asynchronous,
        BufferSize = 64 * 1024,
    });

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        File.Delete(path);
    }
}
