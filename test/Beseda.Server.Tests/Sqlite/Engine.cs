namespace Beseda.Server.Tests;

/// <summary>The engine that this suite is run on.</summary>
internal static class Engine
{
    /// <summary>The arguments with which a server keeps its data in a place of its own; the same for the same folder.</summary>
    public static string[] ArgumentsFor(string folder) => ["--data", folder];
}
