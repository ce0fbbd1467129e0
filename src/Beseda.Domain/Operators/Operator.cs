using System.Collections.Immutable;

namespace Beseda.Domain.Operators;

/// <summary>Somebody who answers visitors.</summary>
public sealed record Operator
{
    public required OperatorId Id { get; init; }
    /// <summary>Whose sign-in of this installation it is.</summary>
    public required long User { get; init; }
    public required Role Role { get; init; }
    /// <summary>At most this many conversations at once are offered automatically.</summary>
    public required int Limit { get; init; }
    public required ImmutableArray<DepartmentId> Departments { get; init; }
    public required bool Enabled { get; init; }
    public required OperatorProfile Profile { get; init; }

    /// <summary>As the operator chose it.</summary>
    public Status Status { get; init; } = Status.Offline;
    /// <summary>Their console answers.</summary>
    public bool Reachable { get; init; } = true;
    /// <summary>Offline, disabled or out of reach since then.</summary>
    public DateTimeOffset? GoneSince { get; init; }
    /// <summary>The last time a conversation came to or left this operator.</summary>
    public DateTimeOffset? IdleSince { get; init; }

    public bool Online => Enabled && Reachable && Status == Status.Online;

    /// <summary>What others see.</summary>
    public Status Shown => Enabled && Reachable ? Status : Status.Offline;

    public bool In(DepartmentId department) => Departments.Contains(department);
}

/// <summary>A person's own particulars: words, stored apart.</summary>
public sealed record OperatorProfile(string Name, string Email, string? Title = null, string? Avatar = null);

public enum Role { Operator, Supervisor, Administrator }

public enum Status { Online, Away, Offline }

/// <summary>The whole new record, but for the profile.</summary>
public sealed record OperatorChanged(
    OperatorId Operator, long User, Role Role, int Limit, ImmutableArray<DepartmentId> Departments, bool Enabled,
    OperatorProfile? Words) : Event;

/// <param name="Status">As the operator chose it, also while out of reach.</param>
public sealed record OperatorStatusChanged(OperatorId Operator, Status Status, bool Reachable, StatusCause Cause) : Event;

/// <summary>Took: whoever takes a conversation while shown as offline is away from then on.</summary>
public enum StatusCause { Set, ConnectionLost, Reconnected, Disabled, Took }
