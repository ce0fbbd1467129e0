using System.Diagnostics;

namespace Beseda.Journal;

/// <summary>Commands decided one after the other on one state, to be written in one transaction.</summary>
internal sealed class Batch<TState, TCommand, TEvent>(IRules<TState, TCommand, TEvent> rules, TState state, DateTimeOffset now)
    where TState : class
{
    private readonly List<(Pending<TCommand> Command, Answer Answer)> answers = [];
    private readonly List<Entry<TEvent>> entries = [];
    private readonly Dictionary<(long Sender, string ClientId), Receipt> receipts = [];

    public TState Before { get; } = state;

    public TState State { get; private set; } = state;

    public IReadOnlyList<Entry<TEvent>> Entries => entries;

    /// <summary>To be remembered, so that the same command again gets the same answer.</summary>
    public IReadOnlyDictionary<(long Sender, string ClientId), Receipt> Receipts => receipts;

    /// <summary>Somebody got an answer that was given before.</summary>
    public bool Repeats { get; private set; }

    /// <summary>What a client id was answered in this batch.</summary>
    public Receipt? Find(long sender, string clientId) => receipts.TryGetValue((sender, clientId), out var receipt) ? receipt : null;

    /// <param name="pending">The next command.</param>
    /// <param name="find">Looks up what a client id was answered, in this batch or before.</param>
    /// <returns>The exception of a rule that threw: a bug, which fails this command alone.</returns>
    public Exception? Decide(Pending<TCommand> pending, Func<long, string, Receipt?> find)
    {
        try
        {
            var key = rules.Retry(State, pending.Command);
            var earlier = Earlier(key, find);
            Repeats |= earlier is not null;
            answers.Add((pending, earlier is { } receipt ? new Answer.Committed(receipt) : Decide(pending.Command, key)));
            return null;
        }
        catch (Exception bug) when (bug is not (OutOfMemoryException or DatabaseException))
        {
            answers.Add((pending, Answer.Failed.Alone));
            return bug;
        }
    }

    /// <summary>The database refused the data of this command; nothing of it was written.</summary>
    public void Fail(Pending<TCommand> pending) => answers.Add((pending, Answer.Failed.Alone));

    /// <summary>Takes over what another batch, begun where this one ends, has decided.</summary>
    public void Join(Batch<TState, TCommand, TEvent> next)
    {
        State = next.State;
        entries.AddRange(next.entries);
        answers.AddRange(next.answers);
        foreach (var (key, receipt) in next.receipts)
            receipts.Add(key, receipt);
    }

    public void Complete(JournalMetrics metrics)
    {
        foreach (var (command, answer) in answers)
            command.TrySetResult(answer);
        metrics.Answered("committed", answers.Count(one => one.Answer is Answer.Committed));
        metrics.Answered("refused", answers.Count(one => one.Answer is Answer.Refused));
        metrics.Answered("failed", answers.Count(one => one.Answer is Answer.Failed));
    }

    private static Receipt? Earlier(RetryKey? key, Func<long, string, Receipt?> find)
    {
        if (key is not { } retry)
            return null;
        foreach (var sender in retry.Senders)
            if (find(sender, retry.ClientId) is { } receipt)
                return receipt;
        return null;
    }

    private Answer Decide(TCommand command, RetryKey? key)
    {
        switch (rules.Decide(State, command, now))
        {
            case Verdict<TState, TEvent>.Refused refused:
                return new Answer.Refused(refused.Why);
            case Verdict<TState, TEvent>.Accepted accepted:
                Append(accepted, key);
                return new Answer.Committed(accepted.Receipt);
            default:
                throw new UnreachableException();
        }
    }

    private void Append(Verdict<TState, TEvent>.Accepted accepted, RetryKey? key)
    {
        var before = rules.Seq(State);
        var next = before;
        foreach (var entry in accepted.Events)
            if (entry.Seq != ++next)
                throw new InvalidOperationException($"The rules numbered an event {entry.Seq} where {next} comes next.");
        if (key is { } retry && next > before)
        {
            // The id is stored with the event that answers.
            if (accepted.Receipt.Seq <= before || accepted.Receipt.Seq > next)
                throw new InvalidOperationException($"The rules answer {accepted.Receipt.Seq}, which is none of what happened.");
            receipts.Add((retry.Senders[0], retry.ClientId), accepted.Receipt);
        }

        entries.AddRange(accepted.Events);
        State = accepted.State;
    }
}
