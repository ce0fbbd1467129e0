using System.Diagnostics;
using System.Globalization;

namespace Beseda.Cluster;

/// <summary>PostgreSQL's own programs, run as its own user: it refuses to run as root.</summary>
internal static class Programs
{
    private static readonly string Folder = Find();

    public static string PathOf(string program) => Path.Combine(Folder, program);

    /// <summary>Runs one to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static void Run(string program, params IEnumerable<string> arguments)
    {
        var start = Start(PathOf(program), arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        // What pg_ctl starts inherits its output and keeps it open: only errors are read, and only to the exit.
        var said = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {(said.Wait(1_000) ? said.Result : "")}");
    }

    /// <summary>Runs one and takes what it prints, so many bytes a second.</summary>
    /// <returns>False: it was ended before its end.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static bool Drain(string program, IEnumerable<string> arguments, int perSecond, CancellationToken end)
    {
        var start = Start(PathOf(program), arguments);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        using var ending = end.Register(() => process.Kill(entireProcessTree: true));
        var (part, began, taken) = (new byte[64 * 1024], TimeProvider.System.GetTimestamp(), 0L);
        for (int got; (got = process.StandardOutput.BaseStream.Read(part)) > 0; taken += got)
            if (TimeSpan.FromSeconds((double)taken / perSecond) - TimeProvider.System.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
                end.WaitHandle.WaitOne(early);
        process.WaitForExit();
        return end.IsCancellationRequested || process.ExitCode == 0
            ? !end.IsCancellationRequested
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>Makes a folder that belongs to the user whom the programs run as.</summary>
    public static string NewFolder(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        if (Environment.IsPrivilegedProcess)
            using (var process = Process.Start("chown", ["postgres", folder]))
                process.WaitForExit();
        return folder;
    }

    /// <summary>Kills a process of ours and those it started, and waits until they are gone.</summary>
    public static void KillWithChildren(int id)
    {
        var family = File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend($"{id}")
            .Select(one => TryFind(int.Parse(one, CultureInfo.InvariantCulture))).OfType<Process>().ToList();
        // The parent first: it starts nobody anew.
        foreach (var process in family)
            using (process)
            {
                process.Kill();
                process.WaitForExit();
            }
    }

    private static Process? TryFind(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static ProcessStartInfo Start(string path, IEnumerable<string> arguments) => Environment.IsPrivilegedProcess
        ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments]) { WorkingDirectory = "/" }
        : new ProcessStartInfo(path, arguments) { WorkingDirectory = "/" };

    /// <summary>Where Debian has them, the newest version first; elsewhere on the path.</summary>
    private static string Find()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return versions.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            ?? throw new InvalidOperationException("PostgreSQL's server is not installed: apt-get install postgresql.");
    }
}
