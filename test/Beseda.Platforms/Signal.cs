namespace Beseda.Platforms;

/// <summary>Wakes everybody who waits for a change. Take <see cref="Next"/> first, look second, wait third.</summary>
internal sealed class Signal
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Next => Volatile.Read(ref next).Task;

    public void Pulse() =>
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Ends when something is found, or with nothing when patience does.</summary>
    public async Task<T?> UntilAsync<T>(Func<T?> find, TimeSpan patience, CancellationToken cancellation = default) where T : class
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ended.CancelAfter(patience);
        while (true)
        {
            var change = Next;
            if (find() is { } found)
                return found;
            try
            {
                await change.WaitAsync(ended.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return find();
            }
        }
    }
}
