using Beseda.Journal;
using Beseda.Server.Consumers;
using Beseda.Server.Doors;

namespace Beseda.Server.Webhooks;

/// <summary>Opens the sender of a webhook.</summary>
internal sealed class Webhooks(ChatJournal journal, InstallKey key, Outbound outbound, TimeProvider clock) : IConsumerKind
{
    public const string Purpose = "webhook";

    public string Prefix => Webhook.Prefix;

    public async Task<IConsumer?> OpenAsync(AccountId account, long number) =>
        await journal.Readers.ReadAsync(session => WebhookRows.Find(session, account, number)) is { } webhook
            ? new WebhookSender(journal, account, webhook, key.Decrypt(Purpose, webhook.Secret), outbound.Http, clock)
            : null;
}
