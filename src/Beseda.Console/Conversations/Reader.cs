using Beseda.Client;
using Beseda.Workplace.Browsing;
using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

/// <summary>The conversation on the page: opens it, pages through its timeline, tells that it was read.</summary>
public sealed class Reader
{
    private readonly OperatorClient client;
    private readonly Board board;
    private readonly Live live;
    private readonly Browser browser;
    private readonly Pulse pulse;
    private bool paging, hidden;
    private (long Chat, long Seq) told;

    public Reader(OperatorClient client, Board board, Live live, Browser browser, Pulse pulse)
    {
        (this.client, this.board, this.live, this.browser, this.pulse) = (client, board, live, browser, pulse);
        live.Reloaded += () => _ = Fetch();
        live.Reconnected += () => { if (Unreached) _ = Fetch(); };
        browser.EdgeNeared += up => _ = Page(up);
        browser.EndReached += End;
        browser.Navigated += id => _ = OpenAsync(id);
        browser.VisibilityChanged += visible => { hidden = !visible; MarkRead(); };
    }

    /// <summary>The end of the timeline is in sight.</summary>
    public bool AtEnd { get; private set; } = true;

    /// <summary>Messages that came below what is being read.</summary>
    public int Below { get; private set; }

    /// <summary>The timeline could not be fetched; it is tried again with the next connection.</summary>
    public bool Unreached { get; private set; }

    /// <summary>The conversation is gone, or not for us to see.</summary>
    public event Action<BesedaException>? Refused;

    public async Task OpenAsync(long? id)
    {
        if (id is not null && id == board.Open?.Id) return;
        Opened?.Invoke();
        var fetch = board.Show(id);
        (AtEnd, Below, Unreached) = (true, 0, false);
        browser.Show(id);
        browser.Watch(id);
        pulse.Now();
        Shown?.Invoke();
        if (fetch) await Fetch();
        else MarkRead();
    }

    /// <summary>Another conversation is on the page, or none.</summary>
    public event Action? Shown;

    /// <summary>To a page that is no conversation.</summary>
    public void Leave(string page)
    {
        board.Show(null);
        browser.ShowPage(page);
        browser.Watch(null);
        pulse.Now();
    }

    /// <summary>The conversations are on the page, one of them or none.</summary>
    public event Action? Opened;

    public void ToEnd()
    {
        board.Log?.ToEnd();
        (AtEnd, Below) = (true, 0);
        pulse.Mark(Part.Talk);
        pulse.Now();
        browser.ToEnd();
        MarkRead();
    }

    /// <summary>Of a message just seen, after the board has it.</summary>
    public void Posted(MessagePosted message)
    {
        if (message.Conversation != board.Open?.Id) return;
        if (!AtEnd || board.Log is { AtEnd: false }) Below++;
        MarkRead();
    }

    private void MarkRead()
    {
        if (hidden || !AtEnd || board is not { Open: { Unread: > 0 } chat, Log: { Loaded: true, AtEnd: true } log }) return;
        if (chat.Operator != board.Me?.Id || chat.Status != ConversationStatus.Active) return;
        if (told == (chat.Id, log.Newest)) return;
        told = (chat.Id, log.Newest);
        _ = Tell(chat.Id, log.Newest);
    }

    private async Task Tell(long id, long seq)
    {
        try
        {
            await client.ReadAsync(id, seq);
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
        {
            told = default;
        }
    }

    private async Task Fetch()
    {
        if (board.Log is not { } log) return;
        try
        {
            Unreached = false;
            if (await live.Timeline(log.Conversation) is { } page && board.Log == log)
            {
                board.Learn(page);
                foreach (var message in page.Events.OfType<MessagePosted>()) Found?.Invoke(message);
            }
        }
        catch (BesedaException refused) when (!refused.IsTransient)
        {
            if (board.Log == log) Refused?.Invoke(refused);
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
        {
            Unreached = board.Log == log;
            pulse.Mark(Part.Talk);
        }
        pulse.Now();
        MarkRead();
    }

    /// <summary>Messages that a fetch brought rather than the feed.</summary>
    public event Action<MessagePosted>? Found;

    private async Task Page(bool up)
    {
        if (paging || board.Log is not { Loaded: true } log) return;
        paging = true;
        if (up ? log.Up() : log.Down()) pulse.Mark(Part.Talk);
        else if (up && log.HasMore) await Older(log);
        paging = false;
        pulse.Now();
    }

    private async Task Older(Log log)
    {
        try
        {
            var page = await client.TimelineAsync(log.Conversation, log.Oldest, Log.Step, history: true);
            if (board.Log != log) return;
            log.Extend(page);
            log.Up();
            pulse.Mark(Part.Talk);
        }
        catch (Exception failure) when (failure is HttpRequestException or BesedaException or OperationCanceledException)
        {
            // The edge is told again as soon as it comes near again.
        }
    }

    private void End(bool reached)
    {
        AtEnd = reached;
        if (reached && board.Log is { AtEnd: true }) Below = 0;
        pulse.Mark(Part.Talk);
        pulse.Now();
        MarkRead();
    }
}
