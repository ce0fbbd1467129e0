using System.Diagnostics.Metrics;

namespace Beseda.Server.Doors;

/// <summary>What is the case just now, as instruments of the meter <c>Beseda.Server</c>: of this node.</summary>
internal sealed class Gauges : IDisposable
{
    private readonly Meter meter = new("Beseda.Server");

    public Gauges(ChatJournal journal, Webhooks.Webhooks webhooks)
    {
        meter.CreateObservableGauge(
            "beseda.queue.conversations", () => journal.Loaded.Sum(one => one.State.Index.Queues.Sum(queue => queue.Value.Count)),
            "{conversation}", "Conversations that wait for an operator, in the accounts in memory.");
        meter.CreateObservableGauge("beseda.consumer.lag", () => Lags(journal, webhooks), "{event}", "Events that a consumer run by this node has yet to look at.");
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<long>> Lags(ChatJournal journal, Webhooks.Webhooks webhooks) =>
        from one in webhooks.Running
        let head = journal.LoadedState(one.Id.Account)?.Seq ?? one.Cursor
        select new Measurement<long>(
            Math.Max(0, head - one.Cursor), new KeyValuePair<string, object?>("account", one.Id.Account.Value), new("consumer", one.Id.Name));
}
