namespace Beseda.Journal;

/// <summary>A command on its way, and the caller who waits for it.</summary>
internal sealed class Pending<TCommand>(TCommand command, DateTimeOffset asked)
    : TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>How long a caller waits for the database; whoever asks over a network then has their answer within two seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public TCommand Command { get; } = command;

    /// <summary>While the database is away, the caller is told so after this.</summary>
    public DateTimeOffset GiveUpAt { get; } = asked + Patience;
}
