namespace Beseda.Bench.Measures;

/// <summary>How long and how often to measure.</summary>
/// <param name="Events">How large a database grows to see whether it matters.</param>
internal sealed record Effort(int Seconds, bool Quick, int Events)
{
    public int Rounds => Quick ? 1 : 3;

    public TimeSpan Time => TimeSpan.FromSeconds(Seconds);

    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 2 : 4);

    /// <summary>How long feeds lie idle before they are watched.</summary>
    public TimeSpan Settling => TimeSpan.FromSeconds(Quick ? 10 : 20);

    /// <summary>Whole rounds of a heartbeat of 15 s or 20 s cannot both fit; those of 20 s do.</summary>
    public TimeSpan Watching => TimeSpan.FromSeconds(Quick ? 20 : 40);
}
