using System.Diagnostics;
using Beseda.Chaos.Checks;
using Beseda.Chaos.Stages;

namespace Beseda.Chaos.Tables;

/// <summary><c>beseda rebuild --check</c>: the server's own recount of all projections.</summary>
internal static class Rebuild
{
    /// <returns>What it found; null when this server has no such command.</returns>
    public static async Task<IReadOnlyList<Finding>?> CheckAsync(Stage stage)
    {
        var start = new ProcessStartInfo("dotnet", [stage.Server, "rebuild", "--check", .. stage.Ground.Arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if ((await errors).Contains("There is no command rebuild", StringComparison.Ordinal))
            return null;
        return process.ExitCode == 0 ? [] : [new Finding("projections equal a rebuild", $"exit code {process.ExitCode}\n{await output}{await errors}")];
    }
}
