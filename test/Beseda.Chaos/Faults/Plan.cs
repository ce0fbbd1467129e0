namespace Beseda.Chaos.Faults;

/// <summary>Which faults a run will have, and when: the same for the same seed.</summary>
internal static class Plan
{
    private static readonly Dictionary<FaultKind, int> OnPostgres = new()
    {
        [FaultKind.Kill] = 45,
        [FaultKind.Stop] = 11,
        [FaultKind.LongStop] = 7,
        [FaultKind.Restart] = 6,
        [FaultKind.StandbyRestart] = 2,
        [FaultKind.FailOver] = 4,
        [FaultKind.Cut] = 16,
        [FaultKind.Delay] = 8,
        [FaultKind.Swallow] = 6,
        [FaultKind.DatabaseCut] = 12,
        [FaultKind.DatabaseDelay] = 6,
        [FaultKind.DatabaseSwallow] = 5,
    };

    private static readonly Dictionary<FaultKind, int> OnSqlite = new()
    {
        [FaultKind.Kill] = 45,
        [FaultKind.Stop] = 12,
        [FaultKind.LongStop] = 3,
        [FaultKind.Cut] = 25,
        [FaultKind.Delay] = 10,
        [FaultKind.Swallow] = 8,
    };

    /// <summary>What ten minutes hold, cut to length; of each kind one at least. Each kind is spread over the whole run.</summary>
    public static IReadOnlyList<Fault> Make(Random random, TimeSpan length, bool postgres)
    {
        var faults = new List<Fault>();
        foreach (var (kind, inTenMinutes) in postgres ? OnPostgres : OnSqlite)
        {
            var count = Math.Max(1, (int)Math.Round(inTenMinutes * length.TotalMinutes / 10));
            for (var i = 0; i < count; i++)
                faults.Add(new Fault(length * ((i + random.NextDouble()) / count), kind));
        }

        return [.. faults.OrderBy(fault => fault.At)];
    }
}
