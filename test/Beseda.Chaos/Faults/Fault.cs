namespace Beseda.Chaos.Faults;

/// <summary>What can go wrong with a node, its networks, or the database.</summary>
internal enum FaultKind
{
    /// <summary>A node is killed with -9 and started again.</summary>
    Kill,
    /// <summary>A node is frozen for a few seconds.</summary>
    Stop,
    /// <summary>The node that delivers webhooks is frozen for longer than its lease lasts, and goes on as if nothing had been.</summary>
    LongStop,
    /// <summary>The primary stops in immediate mode and starts again.</summary>
    Restart,
    /// <summary>The same for the standby that confirms commits.</summary>
    StandbyRestart,
    /// <summary>The primary is killed and the standby promoted.</summary>
    FailOver,
    /// <summary>All connections of a node's clients break.</summary>
    Cut,
    /// <summary>They become slow.</summary>
    Delay,
    /// <summary>Nothing comes through, and nothing says so.</summary>
    Swallow,
    /// <summary>All connections of a node to the databases break.</summary>
    DatabaseCut,
    DatabaseDelay,
    DatabaseSwallow,
}

/// <param name="At">Since the beginning.</param>
internal readonly record struct Fault(TimeSpan At, FaultKind Kind)
{
    /// <summary>One after the other, never two at a time.</summary>
    public bool IsOfDatabase => Kind is FaultKind.Restart or FaultKind.StandbyRestart or FaultKind.FailOver;

    /// <summary>Over as soon as it has happened.</summary>
    public bool IsInstant => Kind is FaultKind.Cut or FaultKind.DatabaseCut;
}
