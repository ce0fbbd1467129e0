namespace Beseda.Server.Doors;

/// <summary>
/// Where the install key lies. With SQLite a file in the data folder. Nodes that share a PostgreSQL database share the key:
/// in the database, or, for who wants it apart from the data, as the same file <c>install.key</c> in every node's folder.
/// </summary>
internal sealed class InstallKeys(ChatJournal journal)
{
    private const string Kept = "install-key";
    private const string InFile = "file:";
    private InstallKey? current;

    public InstallKey Current => current ?? throw new InvalidOperationException("The install key has not been opened yet.");

    /// <exception cref="InvalidOperationException">This node's key is not the one of the others.</exception>
    public async Task OpenAsync(CommandLine line)
    {
        var path = Path.Combine(line.Data, "install.key");
        if (line.Postgres is null)
        {
            current = InstallKey.Open(path);
            return;
        }

        var own = File.Exists(path) ? InstallKey.Open(path) : null;
        var kept = await journal.KeepAsync(Kept, () => own is null ? InstallKey.NewLine() : InFile + own.Fingerprint());
        current = (own, kept.StartsWith(InFile, StringComparison.Ordinal)) switch
        {
            (null, false) => InstallKey.Of([kept], "in the database"),
            ({ } file, true) when file.Was(kept[InFile.Length..]) => file,
            (null, true) => throw new InvalidOperationException($"The other nodes have an install key of their own: copy it to {path}."),
            _ => throw new InvalidOperationException($"The install key {path} is not the one that this database was made with."),
        };
    }
}
