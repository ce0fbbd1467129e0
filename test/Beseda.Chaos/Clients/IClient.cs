using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Clients;

/// <summary>A person with a feed.</summary>
internal interface IClient : IDisposable
{
    Diary Diary { get; }

    /// <summary>How far the feed has come.</summary>
    long Position { get; }

    /// <summary>What was read; when reading has stopped.</summary>
    Reader Written { get; }

    Task ReadAsync(CancellationToken stop);

    /// <param name="finish">Nothing new from here on; what is on its way is brought to its end.</param>
    /// <param name="patience">Give up.</param>
    Task WorkAsync(CancellationToken finish, CancellationToken patience);

    /// <summary>Waits, or not at all when it is time to finish.</summary>
    static async Task PauseAsync(int milliseconds, CancellationToken finish)
    {
        try
        {
            await Task.Delay(milliseconds, finish);
        }
        catch (OperationCanceledException)
        {
            // It is time to finish.
        }
    }
}
