using System.Globalization;
using Beseda.Cluster;

namespace Beseda.Bench.Servers;

/// <summary>The whole machine: what else ran on it says how far a figure can be trusted.</summary>
internal static class Machine
{
    /// <summary>A tick of <c>/proc/PID/stat</c>: USER_HZ, 100 on every Linux .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds spent so far by everybody: user, nice, system, interrupts; not idle, not waiting for the disk.</summary>
    public static double Processor()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / TicksPerSecond;
    }

    /// <summary>Processor seconds of a process so far, user and system.</summary>
    /// <param name="children">Those of the children that have ended, too.</param>
    public static double Processor(string process, bool children = false)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        // The second field is the program's name in brackets, which may hold blanks: count from behind it.
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ').Skip(11).Take(children ? 4 : 2)
            .Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Processor seconds of a database so far. A worker that ends meanwhile is counted with its parent.</summary>
    public static double Processor(PostgresCluster cluster) =>
        cluster.Processes.Select((process, i) => File.Exists($"/proc/{process}/stat") ? Processor(process, children: i == 0) : 0).Sum();
}
