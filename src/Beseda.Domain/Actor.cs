namespace Beseda.Domain;

/// <summary>Who speaks. Worked out by the door from what the caller proved, never from what the caller said.</summary>
public abstract record Actor
{
    private Actor() { }

    public sealed record Visitor(VisitorId Id) : Actor;

    public sealed record Operator(OperatorId Id) : Actor;

    /// <summary>Beseda itself: time-outs, lost connections, the command line.</summary>
    public sealed record System : Actor
    {
        public static readonly System Itself = new();
    }
}
