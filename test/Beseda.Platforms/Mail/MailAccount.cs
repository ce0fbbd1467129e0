using System.Text;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Deliveries;
using MimeKit;

namespace Beseda.Platforms.Mail;

/// <summary>A company's mailbox: its id is its address, its token the password.</summary>
public sealed class MailAccount : Account
{
    private readonly MailPlatform provider;
    private readonly Signal delivered = new();
    private volatile bool stopped;
    private int underway;

    internal MailAccount(MailPlatform provider, string address, string name, string password) : base(provider, address, name, password) => this.provider = provider;

    public MailPlatform Provider => provider;

    /// <summary>As a channel on it is connected, but for the password.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["address"] = Id,
        ["imapHost"] = "127.0.0.1",
        ["imapPort"] = $"{provider.ImapPort}",
        ["imapSecurity"] = "none",
        ["smtpHost"] = "127.0.0.1",
        ["smtpPort"] = $"{provider.SmtpPort}",
        ["smtpSecurity"] = "none",
    };

    /// <summary>Nothing is told: it is asked for.</summary>
    public override IReadOnlyList<Delivery> Deliveries => [];

    public new MailCustomer Meet(string name, string language = "ru") => (MailCustomer)base.Meet(name, language);

    public override void DropWebhook()
    {
    }

    public override async Task DeliveredAsync(TimeSpan? patience = null) =>
        _ = await delivered.UntilAsync(() => Volatile.Read(ref underway) == 0 ? this : null, patience ?? TimeSpan.FromSeconds(10)) ?? throw new TimeoutException("Letters are still on their way.");

    /// <summary>A letter from wherever, as it comes over the wire.</summary>
    public void Receive(string letter) => Receive(Encoding.UTF8.GetBytes(letter.ReplaceLineEndings("\r\n")));

    public void Receive(MimeMessage letter)
    {
        using var bytes = new MemoryStream();
        letter.WriteTo(bytes);
        Receive(bytes.ToArray());
    }

    internal void Receive(byte[] letter)
    {
        for (var copies = Platform.Faults.Duplicate ? 2 : 1; copies > 0; copies--)
            if (Platform.Faults.Delay() is { Ticks: > 0 } delay)
                _ = ReceiveLaterAsync(letter, delay);
            else
                provider.Imap.Deliver(Id, letter);
    }

    internal MailCustomer? Find(string address) => Customers.Cast<MailCustomer>().FirstOrDefault(one => one.Id.Equals(address, StringComparison.OrdinalIgnoreCase));

    internal override void Stop() => stopped = true;

    private protected override MailCustomer Welcome(Person person) => Keep(new MailCustomer(this, person));

    private async Task ReceiveLaterAsync(byte[] letter, TimeSpan delay)
    {
        Interlocked.Increment(ref underway);
        try
        {
            await Task.Delay(delay);
            if (!stopped)
                provider.Imap.Deliver(Id, letter);
        }
        finally
        {
            Interlocked.Decrement(ref underway);
            delivered.Pulse();
        }
    }
}
