namespace Beseda.Bench.Servers;

/// <summary>Where the measurements are taken: the published server, and a folder on a real disk.</summary>
internal sealed class Grounds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _published;
    private readonly string _folder;

    public Grounds(string published, string folder)
    {
        _published = Path.GetFullPath(published);
        _folder = Path.Combine(Path.GetFullPath(folder), $"run-{Environment.ProcessId}");
        if (!File.Exists(Server))
            throw new FileNotFoundException($"Publish the server first: there is no {Server}.");
        Directory.CreateDirectory(_folder);
    }

    private string Server => Path.Combine(_published, "Beseda.Server.dll");

    /// <summary>A data folder that is not there yet.</summary>
    public string NewData() => Path.Combine(_folder, $"data-{Guid.NewGuid():N}");

    /// <summary>The product, started as its users start it.</summary>
    /// <param name="more">Further arguments.</param>
    public RunningServer Product(string data, params IEnumerable<string> more) => RunningServer.Start(
        [Server, "run", "--demo", "--limits", "off", "--data", data, .. more], Path.Combine(_folder, "product.log"), Patience);

    /// <summary>
    /// The bare endpoints, under the published server's own runtime settings: the same collector, the same heaps.
    /// </summary>
    public RunningServer Limit() => RunningServer.Start(
        ["exec", "--runtimeconfig", Path.ChangeExtension(Server, ".runtimeconfig.json"),
            "--depsfile", Own(".deps.json"), Own(".dll"), "limit"],
        Path.Combine(_folder, "limit.log"), Patience);

    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    private static string Own(string ending) => Path.Combine(AppContext.BaseDirectory, "Beseda.Bench" + ending);
}
