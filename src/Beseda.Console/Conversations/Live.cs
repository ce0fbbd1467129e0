using System.Net;
using System.Text.Json;
using Beseda.Client;
using Beseda.Workplace.Browsing;
using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>Keeps the board true: loads the desk, gives it every slice of the feed, and fetches what only a fetch can tell.</summary>
public sealed class Live
{
    /// <summary>A tab that slept through more than this is quicker with a new snapshot.</summary>
    private const int TooMuch = 1_000;

    private readonly OperatorClient client;
    private readonly Board board;
    private readonly Pulse pulse;
    private readonly Browser browser;
    private readonly HashSet<long> asked = [];
    private bool loading, forgetting;

    public Live(OperatorClient client, Board board, Pulse pulse, Browser browser)
    {
        (this.client, this.board, this.pulse, this.browser) = (client, board, pulse, browser);
        browser.Sliced += Take;
        browser.Lost += () => _ = Again();
        browser.ConnectionChanged += Connection;
        browser.VisibilityChanged += Visible;
    }

    public bool Connected { get; private set; } = true;

    /// <summary>Messages of the journal, as they are seen.</summary>
    public event Action<MessagePosted>? Posted;

    /// <summary>A new snapshot is in; timelines may have gaps.</summary>
    public event Action? Reloaded;

    public event Action? Reconnected;

    /// <summary>Somebody's addresses were joined or parted.</summary>
    public event Action? Linked;

    public void Begin(Desk desk)
    {
        board.Load(desk);
        browser.SetClock(desk.Now);
        browser.Follow(desk.Seq, desk.Journal);
        FetchUnknown();
    }

    /// <summary>Asks until the server answers; a lost session ends it.</summary>
    private async Task Again()
    {
        if (loading) return;
        loading = true;
        for (var pause = 0.5; ; pause = Math.Min(10, pause * 2))
        {
            try
            {
                Begin(await client.DeskAsync());
                break;
            }
            catch (BesedaException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                loading = false;
                browser.OnSignedOut();
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromSeconds(pause));
            }
        }
        loading = false;
        Reloaded?.Invoke();
        pulse.Now();
    }

    private void Take(string[] slice)
    {
        if (slice.Length / 2 > TooMuch) _ = Again();
        for (var i = 0; i + 1 < slice.Length; i += 2) Take(slice[i], slice[i + 1]);
        FetchUnknown();
        if (!forgetting) _ = ForgetDrafts();
        pulse.Beat();
    }

    private void Take(string kind, string data)
    {
        try
        {
            var frame = FeedFrame.Read(kind, data);
            if (frame is PingFrame) _ = Answer();
            if (frame is EntryFrame { Entry: DirectoryChanged }) _ = Again();
            if (frame is not null) board.Apply(frame);
            if (frame is EntryFrame { Entry: VisitorsLinked or VisitorsSeparated }) Linked?.Invoke();
            if (frame is EntryFrame { Entry: MessagePosted message }) Posted?.Invoke(message);
        }
        catch (JsonException)
        {
            // One frame of a newer server that cannot be read must not end everything; the snapshot knows its effect.
            _ = Again();
        }
    }

    /// <summary>Only the tab that reads the feed is handed pings.</summary>
    private async Task Answer()
    {
        try
        {
            await client.AliveAsync();
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
        {
            // The next ping comes in 20 seconds; three may be missed.
        }
    }

    private void FetchUnknown()
    {
        foreach (var id in board.Unknown.Where(asked.Add).ToList()) _ = Fetch(id);
    }

    private async Task Fetch(long id)
    {
        try
        {
            if (await Timeline(id) is { } known) board.Learn(known);
        }
        catch (BesedaException refused) when (!refused.IsTransient)
        {
            board.Forget(id);
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
        {
            // Stays unknown: asked for again with the next slice.
        }
        asked.Remove(id);
        pulse.Beat();
    }

    /// <summary>A page of a conversation's timeline that knows at least what the feed has told already.</summary>
    public async Task<ConversationTimeline?> Timeline(long id)
    {
        var position = board.Position;
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var answer = await client.TimelineAsync(id, limit: Log.First);
            if (answer.Seq >= position) return answer;
            await Task.Delay(100);
        }
        return null;
    }

    private async Task ForgetDrafts()
    {
        forgetting = true;
        while (board.ForgetDrafts())
        {
            pulse.Beat();
            await Task.Delay(1000);
        }
        forgetting = false;
        pulse.Beat();
    }

    private void Connection(bool live)
    {
        Connected = live;
        pulse.Mark(Part.Head);
        pulse.Beat();
        if (live) Reconnected?.Invoke();
    }

    private void Visible(bool visible)
    {
        pulse.Hidden = !visible;
        if (visible) pulse.Now();
    }
}
