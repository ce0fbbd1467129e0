namespace Beseda.Journal;

/// <summary>
/// Does something outside with each event: calls a webhook, sends to a messenger, pushes. Events of one conversation come in
/// order, and each at least once: whoever is told must be able to hear it twice.
/// </summary>
public interface IConsumer
{
    /// <summary>False: it is none of its business.</summary>
    bool Wants(Frame frame);

    /// <param name="frame">As feeds get it.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="stop">Another process may be at it from here on.</param>
    Task<Delivery> DeliverAsync(Frame frame, int attempt, CancellationToken stop);
}

/// <summary>What came of a delivery. Errors name codes and counts, never what people wrote.</summary>
public abstract record Delivery
{
    private Delivery() { }

    public sealed record Done : Delivery
    {
        public static readonly Done It = new();
    }

    /// <summary>There was nothing to say after all: no sign of whether anything gets through.</summary>
    public sealed record Nothing : Delivery
    {
        public static readonly Nothing ToSay = new();
    }

    /// <summary>It is tried again, and what follows in its conversation waits.</summary>
    public sealed record Later(string Error) : Delivery
    {
        /// <summary>Not before; null: as always.</summary>
        public TimeSpan? After { get; init; }
    }

    /// <summary>It is left out: the same again would fail again.</summary>
    public sealed record Never(string Error) : Delivery;
}

/// <summary>A consumer of one account.</summary>
/// <param name="Name">Unique in the account: its kind and, after a colon, which of them, as <c>webhook:17</c>.</param>
public readonly record struct ConsumerId(AccountId Account, string Name);

/// <summary>How far a consumer is.</summary>
/// <param name="Cursor">Up to here everything is delivered, or waits in a lane.</param>
/// <param name="Waiting">Conversations of which something could not be delivered yet.</param>
/// <param name="FailingSince">Nothing could be delivered since then; null: something was.</param>
/// <param name="Error">The last one.</param>
/// <param name="Paused">By itself, after failing for too long, or by somebody.</param>
public sealed record ConsumerProgress(long Cursor, long Waiting, DateTimeOffset? FailingSince, string? Error, bool Paused);
