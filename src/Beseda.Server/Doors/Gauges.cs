using System.Diagnostics.Metrics;
using Beseda.Server.Consumers;

namespace Beseda.Server.Doors;

/// <summary>What is the case just now, as instruments of the meter <c>Beseda.Server</c>: of this node.</summary>
internal sealed class Gauges : IDisposable
{
    private readonly Meter meter = new("Beseda.Server");

    public Gauges(ChatJournal journal, AllConsumers consumers)
    {
        meter.CreateObservableGauge(
            "beseda.queue.conversations", () => journal.Loaded.Sum(one => one.State.Index.Queues.Sum(queue => queue.Value.Count)),
            "{conversation}", "Conversations that wait for an operator, in the accounts in memory.");
        meter.CreateObservableGauge("beseda.consumer.lag", () => Lags(journal, consumers), "{event}", "Events that a consumer run by this node has yet to look at.");
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<long>> Lags(ChatJournal journal, AllConsumers consumers) =>
        from one in consumers.Running
        let head = journal.LoadedState(one.Id.Account)?.Seq ?? one.Cursor
        select new Measurement<long>(
            Math.Max(0, head - one.Cursor), new KeyValuePair<string, object?>("account", one.Id.Account.Value), new("consumer", one.Id.Name));
}
