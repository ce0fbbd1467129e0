namespace Beseda.Journal.Tests;

/// <summary>The engine that this suite is run on.</summary>
internal static class Engine
{
    /// <summary>The database of a folder, empty at first, the same when it is opened again.</summary>
    public static Database Open(string folder, TimeProvider clock) => SqliteFile.Open(folder);

    /// <summary>What a disk or a network that fails looks like.</summary>
    public static DatabaseException Away() => new SqliteException(10, "writing");
}
