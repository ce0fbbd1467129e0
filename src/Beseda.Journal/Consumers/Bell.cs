namespace Beseda.Journal;

/// <summary>Ends one waiter's wait early; rung while nobody waits, the next wait is none.</summary>
internal sealed class Bell
{
    private TaskCompletionSource rung = New();

    public void Ring() => Volatile.Read(ref rung).TrySetResult();

    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(rung.Task, Task.Delay(most, clock, enough.Token));
        await enough.CancelAsync();
        if (rung.Task.IsCompleted)
            Volatile.Write(ref rung, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
