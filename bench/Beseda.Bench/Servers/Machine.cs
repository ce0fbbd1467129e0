using System.Globalization;

namespace Beseda.Bench.Servers;

/// <summary>The whole machine: what else ran on it says how far a figure can be trusted.</summary>
internal static class Machine
{
    /// <summary>Processor seconds spent so far by everybody: user, nice, system, interrupts; not idle, not waiting for the disk.</summary>
    public static double Processor()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) / RunningServer.TicksPerSecond;
    }
}
