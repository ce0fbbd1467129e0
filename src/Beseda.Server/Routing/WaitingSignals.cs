using Beseda.Domain.Conversations;
using Beseda.Domain.Routing;
using Beseda.Journal;
using Beseda.Server.Conversations;
using Beseda.Server.Feeds;

namespace Beseda.Server.Routing;

/// <summary>
/// Tells those who wait where they stand, and visitors whether anybody is there: once a second what has changed, and all
/// of it now and then, since a signal may be lost.
/// </summary>
internal sealed class WaitingSignals(ChatJournal journal, TimeProvider clock) : BackgroundService
{
    /// <summary>Only the head of a long queue is told each step.</summary>
    private const int MostTold = 200;
    private const int RepeatEverySeconds = 15;

    private readonly Dictionary<AccountId, Told> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        for (var second = 0; await timer.WaitForNextTickAsync(stoppingToken); second++)
        {
            var loaded = journal.Loaded.ToList();
            foreach (var (account, state) in loaded)
                Tell(account, state, repeat: second % RepeatEverySeconds == 0);
            foreach (var gone in told.Keys.Except(loaded.Select(one => one.Account)))
                told.Remove(gone);
        }
    }

    private void Tell(AccountId account, AccountState state, bool repeat)
    {
        var before = told.GetValueOrDefault(account) ?? new Told(ConversationIndex.Empty, null);
        var openness = Opennesses.Of(state, null);
        foreach (var (department, queue) in state.Index.Queues)
            if (repeat || !ReferenceEquals(queue, before.Index.Queue(department)))
                TellQueue(account, state, queue);
        if (openness != before.Openness)
            journal.Feeds(account).Signal(new SignalFrame(
                [FeedKeys.Lobby], null,
                EventStream.Signal(Wire.Signals.Availability, new Wire.AvailabilitySignal(Names.Of(openness))), null));
        told[account] = new Told(state.Index, openness);
    }

    private void TellQueue(AccountId account, AccountState state, IReadOnlyCollection<Waiting> queue)
    {
        var position = 0;
        foreach (var waiting in queue.Take(MostTold))
        {
            var conversation = state.Conversations[waiting.Conversation];
            var signal = EventStream.Signal(Wire.Signals.Queue, new Wire.QueueSignal(waiting.Conversation.Value, ++position));
            journal.Feeds(account).Signal(new SignalFrame([FeedKeys.Of(conversation.Visitor)], conversation, signal, null));
        }
    }

    private sealed record Told(ConversationIndex Index, Openness? Openness);
}
