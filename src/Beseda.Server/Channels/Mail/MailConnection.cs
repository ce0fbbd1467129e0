using System.Collections.Immutable;
using MailKit;

namespace Beseda.Server.Channels.Mail;

/// <summary>One mailbox.</summary>
internal sealed class MailConnection : IConnection, IPolled, IAsyncDisposable
{
    private readonly MailServers servers;
    private readonly Mailbox mailbox;
    private readonly LetterUpdates updates;
    private readonly LetterFiles files;
    private readonly Writing writing;
    private readonly Restraint restraint;

    public MailConnection(ChannelAccess access)
    {
        servers = new MailServers(access);
        mailbox = new Mailbox(servers, access.Clock);
        files = new LetterFiles(servers);
        writing = new Writing(access, servers);
        updates = new LetterUpdates(servers, writing.Origin);
        restraint = new Restraint(access.Clock);
    }

    /// <summary>There is no other way.</summary>
    public bool Polls => true;

    public async Task<Introduction> IntroduceAsync(CancellationToken stop)
    {
        if (!MimeKit.MailboxAddress.TryParse(servers.Address, out _) || !servers.Address.Contains('@', StringComparison.Ordinal))
            throw new PlatformException(PlatformFault.Refused, $"{MailPlatform.Address}: no mail address");
        using (var imap = await servers.OpenImapAsync(stop))
        {
            try
            {
                await imap.Inbox.OpenAsync(FolderAccess.ReadOnly, stop);
                await imap.DisconnectAsync(true, stop);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                throw MailFaults.OfAsking(failure);
            }
        }

        using (var smtp = await servers.OpenSmtpAsync(stop))
            await smtp.DisconnectAsync(true, stop);
        return new Introduction(servers.Address, $"mailto:{servers.Address}", ImmutableSortedDictionary<string, string>.Empty);
    }

    public Task SubscribeAsync(CancellationToken stop) => Task.CompletedTask;

    public Task<bool> IsSubscribedAsync(CancellationToken stop) => Task.FromResult(true);

    public Task UnsubscribeAsync(CancellationToken stop) => Task.CompletedTask;

    /// <summary>No letter comes by the door.</summary>
    public Reading Read(Arrival arrival) => Reading.Forged;

    public Update Parse(ReadOnlyMemory<byte> raw) => updates.Of(Letter.Read(raw));

    public async Task<string?> BeginAsync(CancellationToken stop) => (await mailbox.EndAsync(stop)).ToString();

    public async Task<Polled> PollAsync(string? cursor, CancellationToken stop)
    {
        try
        {
            var (letters, next) = await mailbox.PollAsync(MailCursor.Read(cursor), letter => updates.Item(letter), stop);
            return new Polled(letters, next.ToString());
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            throw MailFaults.OfAsking(failure);
        }
    }

    public async Task<Sent> SendAsync(Part part, CancellationToken stop)
    {
        if (part.Automatic)
            restraint.Ask(part.To);
        using var letter = await writing.LetterAsync(part);
        using var smtp = await servers.OpenSmtpAsync(stop);
        try
        {
            await smtp.SendAsync(letter, stop);
        }
        catch (Exception failure)
        {
            throw MailFaults.OfSending(failure);
        }

        if (part.Automatic)
            restraint.Note(part.To);
        return new Sent(letter.MessageId!);
    }

    public Task EditAsync(string to, string external, string text, CancellationToken stop) => throw Unable();

    public Task DeleteAsync(string to, string external, CancellationToken stop) => throw Unable();

    public async Task<Fetched> FetchAsync(string source, CancellationToken stop)
    {
        try
        {
            return await files.FetchAsync(LetterSource.Read(source), stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            throw MailFaults.OfAsking(failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        mailbox.Dispose();
        return ValueTask.CompletedTask;
    }

    private static PlatformException Unable() => new(PlatformFault.Refused, "what has been posted cannot be changed");
}
