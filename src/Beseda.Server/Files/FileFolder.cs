using System.Globalization;
using Beseda.Journal.Sqlite;

namespace Beseda.Server.Files;

/// <summary>Content under <c>ab/cd/abcd…</c> of a folder, which nodes may share.</summary>
internal sealed class FileFolder(string root) : IFileStore
{
    public Task CheckAsync()
    {
        try
        {
            SqliteFile.Make(root);
            var probe = Path.Combine(root, $"{Guid.NewGuid():N}.probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return Task.CompletedTask;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"--files: {Path.GetFullPath(root)} cannot be written to.", wrong);
        }
    }

    public Draft Begin(string name)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new Draft(name, string.Create(CultureInfo.InvariantCulture, $"{path}.{Guid.NewGuid():N}.new"));
    }

    public Task KeepAsync(Draft draft, CancellationToken stop)
    {
        draft.Stream.Flush();
        File.Move(draft.Path, PathOf(draft.Name), overwrite: true);
        // After the rename, so that one sync brings content, name and folders to the disk: what a file's name needs is logged
        // before it. Cut short in between, there is content that no row tells of.
        draft.Stream.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken stop)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            }));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <returns>False: it is not here.</returns>
    public bool CopyTo(FileFolder other, string name)
    {
        var (from, to) = (PathOf(name), other.PathOf(name));
        if (!File.Exists(from))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        // A file system that can shares the content between both.
        if (!File.Exists(to))
            File.Copy(from, to);
        return true;
    }

    private string PathOf(string name) => Path.Combine(root, name[..2], name[2..4], name);
}
