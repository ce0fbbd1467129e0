using System.Buffers;
using System.IO.Pipelines;
using Beseda.Journal;

namespace Beseda.Server.Feeds;

/// <summary>Writes one reader's feed until the reader goes, or has to start anew.</summary>
internal abstract class FeedWriter(ChatJournal journal, AccountId account)
{
    private const int MostUnflushed = 32 * 1024;

    /// <summary>The bytes of a frame for this reader; empty when it is not for them.</summary>
    protected abstract ReadOnlyMemory<byte> BytesOf(FeedFrame frame);

    /// <summary>The reader's rights changed with this frame.</summary>
    protected virtual bool ResetsAt(FeedFrame frame) => false;

    /// <summary>Sent with every heartbeat.</summary>
    protected virtual ReadOnlyMemory<byte> Beat => default;

    public async Task RunAsync(HttpContext http, Feed feed)
    {
        // The connection's end completes the output and wakes the loop; nothing is cancelled, so nothing is thrown.
        var gone = http.RequestAborted;
        using var registration = gone.UnsafeRegister(static feed => ((Feed)feed!).Wake(), feed);
        var output = http.Response.BodyWriter;
        // Who asks for what lies beyond the head is about to be reset, and must not go away with that number.
        EventStream.Heartbeat(output, Math.Min(feed.Position, journal.Feeds(account).Head));
        await output.FlushAsync(CancellationToken.None);
        while (!gone.IsCancellationRequested && await WriteAsync(output, feed))
            await feed.WaitAsync();
    }

    /// <returns>False when the feed has ended.</returns>
    private async ValueTask<bool> WriteAsync(PipeWriter output, Feed feed)
    {
        var frames = new List<Frame>(4);
        while (true)
        {
            frames.Clear();
            var step = await ReadAsync(feed, frames);
            foreach (var frame in frames.Cast<FeedFrame>())
            {
                if (ResetsAt(frame))
                    step = FeedStep.Reset;
                output.Write(BytesOf(frame).Span);
                // Who does not read fills the connection's own window and then waits here, holding nothing of ours.
                if (output.UnflushedBytes > MostUnflushed && (await output.FlushAsync(CancellationToken.None)).IsCompleted)
                    return false;
            }

            if (step is FeedStep.Read)
                continue;
            if (step is FeedStep.Reset)
                output.Write(EventStream.Reset);
            else if (feed.IsOver)
                output.Write(EventStream.GoingAway);
            else if (feed.TakeBeat())
                WriteBeat(output, feed.Position);
            return !(await output.FlushAsync(CancellationToken.None)).IsCompleted && step is not FeedStep.Reset && !feed.IsOver;
        }
    }

    /// <summary>While the database is away, a reader who is behind waits for it.</summary>
    private async ValueTask<FeedStep> ReadAsync(Feed feed, List<Frame> frames)
    {
        try
        {
            return await journal.ReadFeedAsync(account, feed, frames);
        }
        catch (DatabaseException)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            feed.Wake();
            return FeedStep.UpToDate;
        }
    }

    private void WriteBeat(PipeWriter output, long position)
    {
        EventStream.Heartbeat(output, position);
        output.Write(Beat.Span);
    }
}
