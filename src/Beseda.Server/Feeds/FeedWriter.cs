using System.Buffers;
using System.IO.Pipelines;
using Beseda.Journal;

namespace Beseda.Server.Feeds;

/// <summary>Writes one reader's feed until the reader goes, or has to start anew.</summary>
internal abstract class FeedWriter(ChatJournal journal, AccountId account)
{
    /// <summary>The bytes of a frame for this reader; empty when it is not for them.</summary>
    protected abstract ReadOnlyMemory<byte> BytesOf(FeedFrame frame);

    /// <summary>The reader's rights changed with this frame.</summary>
    protected virtual bool ResetsAt(FeedFrame frame) => false;

    /// <summary>Sent with every heartbeat.</summary>
    protected virtual ReadOnlyMemory<byte> Beat => default;

    public async Task RunAsync(HttpContext http, Feed feed)
    {
        var gone = http.RequestAborted;
        using var registration = gone.UnsafeRegister(static feed => ((Feed)feed!).Wake(), feed);
        var output = http.Response.BodyWriter;
        EventStream.Heartbeat(output, feed.Position);
        await output.FlushAsync(gone);
        while (!gone.IsCancellationRequested && await WriteAsync(output, feed, gone))
            await feed.WaitAsync();
    }

    /// <returns>False when the feed has ended.</returns>
    private async ValueTask<bool> WriteAsync(PipeWriter output, Feed feed, CancellationToken gone)
    {
        List<Frame>? frames = null;
        while (true)
        {
            frames ??= new List<Frame>(4);
            frames.Clear();
            var step = await journal.ReadFeedAsync(account, feed, frames);
            foreach (var frame in frames)
            {
                if (ResetsAt((FeedFrame)frame))
                    step = FeedStep.Reset;
                else
                    await WriteAsync(output, BytesOf((FeedFrame)frame), gone);
            }

            if (step == FeedStep.Reset)
            {
                await WriteAsync(output, EventStream.Reset, gone);
                await output.FlushAsync(gone);
                return false;
            }

            if (step == FeedStep.UpToDate)
                break;
        }

        if (feed.TakeBeat())
        {
            EventStream.Heartbeat(output, feed.Position);
            await WriteAsync(output, Beat, gone);
        }

        await output.FlushAsync(gone);
        return true;
    }

    private static ValueTask WriteAsync(PipeWriter output, ReadOnlyMemory<byte> bytes, CancellationToken gone)
    {
        // Who does not read fills the connection's own window and then waits here, holding nothing of ours.
        output.Write(bytes.Span);
        return output.UnflushedBytes > 32 * 1024 ? Flush(output, gone) : ValueTask.CompletedTask;

        static async ValueTask Flush(PipeWriter output, CancellationToken gone) => await output.FlushAsync(gone);
    }
}
