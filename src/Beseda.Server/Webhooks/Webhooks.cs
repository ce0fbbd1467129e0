using Beseda.Journal;
using Beseda.Server.Doors;

namespace Beseda.Server.Webhooks;

/// <summary>Keeps the webhooks of all accounts at work that no other node is at.</summary>
internal sealed class Webhooks(ChatJournal journal, InstallKey key, Outbound outbound, TimeProvider clock, ILogger<Webhooks> log)
    : BackgroundService
{
    public const string Purpose = "webhook";

    private Consumers<AccountState, Spoken, Event>? consumers;

    /// <summary>Those this node is at, and how far they are.</summary>
    public IEnumerable<(ConsumerId Id, long Cursor)> Running => consumers?.Running ?? [];

    /// <summary>One was added, changed or removed.</summary>
    public void Look() => consumers?.Look();

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        consumers = new Consumers<AccountState, Spoken, Event>(journal, OpenAsync, clock, log);
        return consumers.RunAsync(stoppingToken);
    }

    private async Task<IConsumer?> OpenAsync(ConsumerId id)
    {
        if (Webhook.IdOf(id) is not { } number
            || await journal.Readers.ReadAsync(session => WebhookRows.Find(session, id.Account, number)) is not { } webhook)
            return null;
        return new WebhookSender(journal, id.Account, webhook, key.Decrypt(Purpose, webhook.Secret), outbound.Http, clock);
    }
}
