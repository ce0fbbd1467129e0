using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace Beseda.Server.Channels.Mail;

/// <summary>The inbox, over one connection that is kept. It is only read: nothing in it is changed, moved or marked.</summary>
internal sealed class Mailbox(MailServers servers, TimeProvider clock) : IDisposable
{
    private const int MostAtOnce = 20;

    /// <summary>Less than what a poll may last.</summary>
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(25);

    /// <summary>Of a server that does not tell by itself.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    /// <summary>So often the connection may break over the same letter.</summary>
    private const int MostStumbles = 5;

    private ImapClient? kept;
    private uint stuckAt;
    private int stumbles;

    public async Task<MailCursor> EndAsync(CancellationToken stop)
    {
        using var client = await servers.OpenImapAsync(stop);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly, stop);
        return MailCursor.EndOf(client.Inbox, clock.GetUtcNow());
    }

    /// <summary>What has come since; waits for something if nothing has.</summary>
    public async Task<(IReadOnlyList<Item> Letters, MailCursor Cursor)> PollAsync(MailCursor? cursor, Func<Letter, Item> read, CancellationToken stop)
    {
        try
        {
            var inbox = await OpenAsync(stop);
            using var news = new News(inbox);
            // Not waiting: somebody else may know better by now where to begin.
            if (cursor is not { } at)
                return ([], MailCursor.EndOf(inbox, clock.GetUtcNow()));
            if (at.Validity != inbox.UidValidity)
                at = await FindPlaceAsync(inbox, at, stop);
            var fresh = await FreshAsync(inbox, at, stop);
            if (fresh.Count == 0)
            {
                await ListenAsync(news, stop);
                fresh = await FreshAsync(inbox, at, stop);
            }

            return await TakeAsync(inbox, fresh, at, read, stop);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        kept?.Dispose();
        kept = null;
    }

    private async Task<ImapFolder> OpenAsync(CancellationToken stop)
    {
        if (kept is { IsConnected: true, IsAuthenticated: true, Inbox.IsOpen: true })
            return (ImapFolder)kept.Inbox;
        Dispose();
        kept = await servers.OpenImapAsync(stop);
        await kept.Inbox.OpenAsync(FolderAccess.ReadOnly, stop);
        return (ImapFolder)kept.Inbox;
    }

    /// <summary>The server has numbered its letters anew. Those that came since are taken once more; who has them already knows them by their ids.</summary>
    private static async Task<MailCursor> FindPlaceAsync(ImapFolder inbox, MailCursor before, CancellationToken stop)
    {
        // Servers search by whole days.
        var since = await inbox.SearchAsync(SearchQuery.DeliveredAfter(before.Newest.UtcDateTime.AddDays(-2)), stop);
        var dated = since.Count == 0 ? [] : await inbox.FetchAsync(since, MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate, stop);
        var later = dated.Where(one => one.InternalDate >= before.Newest).Select(one => one.UniqueId.Id).ToList();
        var end = MailCursor.EndOf(inbox, before.Newest);
        return later.Count == 0 ? end : end with { Uid = later.Min() - 1 };
    }

    private static async Task<IList<UniqueId>> FreshAsync(ImapFolder inbox, MailCursor at, CancellationToken stop)
    {
        // Asked for what comes after the last, servers answer with the last.
        var found = await inbox.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId(at.Uid + 1), UniqueId.MaxValue)), stop);
        return [.. found.Where(uid => uid.Id > at.Uid).OrderBy(uid => uid.Id).Take(MostAtOnce)];
    }

    private async Task<(IReadOnlyList<Item>, MailCursor)> TakeAsync(ImapFolder inbox, IList<UniqueId> fresh, MailCursor at, Func<Letter, Item> read, CancellationToken stop)
    {
        var items = new List<Item>();
        foreach (var uid in fresh)
        {
            // What came before it is not read again with it.
            if (items.Count > 0 && uid.Id == stuckAt)
                break;
            if (await TakeAsync(inbox, uid, stop) is var (letter, came))
            {
                items.Add(letter is null ? Unreadable(inbox, uid) : read(letter));
                at = at with { Newest = came > at.Newest ? came.Value.ToUniversalTime() : at.Newest };
            }

            at = at with { Uid = uid.Id };
        }

        return (items, at);
    }

    /// <summary>A letter of whatever shape holds up none that comes after it, also where the server itself stumbles over it.</summary>
    /// <returns>Null: it is gone. Without a letter: nobody can read it.</returns>
    private async Task<(Letter? Letter, DateTimeOffset? Came)?> TakeAsync(ImapFolder inbox, UniqueId uid, CancellationToken stop)
    {
        const MessageSummaryItems Wanted = MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure | MessageSummaryItems.InternalDate | MessageSummaryItems.Headers;
        if (uid.Id == stuckAt && stumbles >= MostStumbles)
            return (null, null);
        try
        {
            var summary = (await inbox.FetchAsync([uid], Wanted, stop)).FirstOrDefault(one => one.UniqueId == uid);
            return summary is null ? null : (await LetterReading.OfAsync(inbox, summary, stop), summary.InternalDate);
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
        catch (Exception broken) when (broken is IOException or SocketException or ProtocolException or CommandException or TimeoutException or OperationCanceledException)
        {
            (stuckAt, stumbles) = (uid.Id, stuckAt == uid.Id ? stumbles + 1 : 1);
            throw;
        }
        catch (Exception strange) when (strange is not OutOfMemoryException)
        {
            return (null, null);
        }
    }

    private static Item Unreadable(ImapFolder inbox, UniqueId uid) => new(
        $"{inbox.UidValidity}.{uid.Id}", new Letter(inbox.UidValidity, uid.Id, [], [], [], null, null).ToRaw(), new Update.Unknown("a letter that cannot be read"));

    private async Task ListenAsync(News news, CancellationToken stop)
    {
        using var enough = new CancellationTokenSource(Listening, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, news.Came);
        if (kept!.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await kept.IdleAsync(end.Token, stop);
            return;
        }

        while (!end.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(AskEvery, clock, end.Token));
            stop.ThrowIfCancellationRequested();
            await kept.NoOpAsync(stop);
        }
    }

    /// <summary>Hears when the folder grows.</summary>
    private sealed class News : IDisposable
    {
        private readonly ImapFolder folder;
        private readonly CancellationTokenSource came = new();
        private readonly int before;

        public News(ImapFolder folder)
        {
            (this.folder, before) = (folder, folder.Count);
            folder.CountChanged += Look;
        }

        public CancellationToken Came => came.Token;

        public void Dispose()
        {
            folder.CountChanged -= Look;
            came.Dispose();
        }

        private void Look(object? sender, EventArgs change)
        {
            if (folder.Count > before)
                came.Cancel();
        }
    }
}
