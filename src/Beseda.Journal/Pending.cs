namespace Beseda.Journal;

/// <summary>A command on its way, and the caller who waits for it.</summary>
internal sealed class Pending<TCommand>(TCommand command, DateTimeOffset giveUpAt)
    : TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public TCommand Command { get; } = command;

    /// <summary>While the database is away, the caller is told so after this.</summary>
    public DateTimeOffset GiveUpAt { get; } = giveUpAt;
}
