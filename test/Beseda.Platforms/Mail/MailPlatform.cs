namespace Beseda.Platforms.Mail;

/// <summary>
/// A provider of mailboxes: a real IMAP server for companies, an SMTP server that brings what they write to customers. Both
/// start with the first mailbox.
/// </summary>
public sealed class MailPlatform : Platform, IDisposable
{
    private const string Domain = "beseda.test";

    private readonly Lock gate = new();
    private Dovecot? imap;
    private SmtpServer? smtp;

    internal MailPlatform(World world) : base("mail", world)
    {
    }

    public int ImapPort => imap?.Port ?? 0;

    public int SmtpPort => smtp?.Port ?? 0;

    /// <summary>The IMAP server tells of itself when a letter comes; set before the first mailbox is opened.</summary>
    public bool Idles { get; set; } = true;

    public override MailAccount Open(string name)
    {
        var account = new MailAccount(this, $"office{World.NextNumber()}@{Domain}", name, World.Secret(8));
        Serve().Admit(account.Id, account.Token);
        return Keep(account);
    }

    /// <summary>Another mailbox: what a server of mail keeps does not outlive it here.</summary>
    public override MailAccount Reopen(string name) => Open(name);

    /// <summary>The IMAP server goes away, and comes back.</summary>
    /// <param name="renumber">It no longer knows which letter was which.</param>
    public async Task RestartAsync(TimeSpan away, bool renumber = false)
    {
        imap!.Stop();
        if (renumber)
            imap.Renumber();
        await Task.Delay(away);
        imap.Start();
    }

    internal Dovecot Imap => Serve();

    internal override void Map(WebApplication app)
    {
    }

    internal override void Stop() => Dispose();

    public void Dispose()
    {
        smtp?.Dispose();
        imap?.Dispose();
    }

    internal MailAccount? Find(string user) => Accounts.Cast<MailAccount>().FirstOrDefault(account => account.Id.Equals(user, StringComparison.OrdinalIgnoreCase));

    private Dovecot Serve()
    {
        lock (gate)
        {
            if (imap is not null)
                return imap;
            var started = new Dovecot { Idles = Idles };
            started.Start();
            smtp = new SmtpServer(this);
            return imap = started;
        }
    }
}
