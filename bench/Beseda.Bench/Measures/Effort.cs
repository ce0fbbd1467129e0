namespace Beseda.Bench.Measures;

/// <summary>How long and how often to measure.</summary>
internal sealed record Effort(int Seconds, bool Quick)
{
    public int Rounds => Quick ? 1 : 3;

    public TimeSpan Time => TimeSpan.FromSeconds(Seconds);

    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 2 : 4);

    /// <summary>How long a feed lies idle before its memory is read.</summary>
    public TimeSpan Idle => TimeSpan.FromSeconds(Quick ? 20 : 60);
}
