using System.Collections.Immutable;
using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;

namespace Beseda.Domain.Routing;

/// <summary>
/// Automatic routing: the conversation that has waited longest goes to the operator with the fewest open ones under the
/// limit, the longest idle of equals, the visitor's last operator before all.
/// </summary>
internal static class Router
{
    /// <summary>Offers whatever waits to whoever is free. Runs after every decision; usually there is nothing to do.</summary>
    public static void Offer(Decision decision)
    {
        while (Next(decision.State) is var (conversation, operators, why))
        {
            var until = decision.Now + decision.State.Departments[conversation.Department].AcceptWithin;
            decision.Add(new ConversationAssigned(conversation.Id, conversation.Visitor, operators, until, why));
        }
    }

    private static (Conversation, OperatorId, Why)? Next(AccountState state)
    {
        Waiting? first = null;
        (Conversation, OperatorId, Why)? offer = null;
        foreach (var (department, queue) in state.Index.Queues)
        {
            if (state.Departments.GetValueOrDefault(department) is not { Routing: Routed.Automatic })
                continue;
            if (first is { } earlier && earlier.CompareTo(queue.Min) < 0)
                continue;
            var conversation = state.Conversations[queue.Min.Conversation];
            if (Choose(state, conversation) is not var (chosen, why))
                continue;
            first = queue.Min;
            offer = (conversation, chosen, why);
        }

        return offer;
    }

    private static (OperatorId, Why)? Choose(AccountState state, Conversation conversation)
    {
        var passedOver = new List<PassedOver>();
        var free = new List<Candidate>();
        foreach (var person in state.Operators.Values)
        {
            if (!person.Enabled || !person.In(conversation.Department))
                continue;
            var open = state.Index.Of(person.Id).Count;
            if (Hinders(person, open) is { } hindrance)
                passedOver.Add(new PassedOver(person.Id, hindrance));
            else
                free.Add(new Candidate(person.Id, open, person.Limit, person.IdleSince));
        }

        if (free.Count == 0)
            return null;

        var fresh = free.FindAll(one => !conversation.Missed.Contains(one.Operator));
        if (fresh.Count == 0)
            fresh = [free.MinBy(one => conversation.Missed.IndexOf(one.Operator))!];
        passedOver.AddRange(free.Except(fresh).Select(one => new PassedOver(one.Operator, Hindrance.MissedOffer)));

        return Pick(fresh, state.VisitorOrNew(conversation.Visitor).LastOperator, passedOver);
    }

    private static (OperatorId, Why) Pick(List<Candidate> candidates, OperatorId? last, List<PassedOver> passedOver)
    {
        candidates.Sort((a, b) => (a.Open, a.IdleSince ?? DateTimeOffset.MinValue, a.Operator)
            .CompareTo((b.Open, b.IdleSince ?? DateTimeOffset.MinValue, b.Operator)));
        var known = candidates.FindIndex(one => one.Operator == last);
        var chosen = candidates[Math.Max(known, 0)];
        candidates.Remove(chosen);
        var rule = known >= 0 ? Rule.LastOperator
            : candidates.Count == 0 ? Rule.OnlyOne
            : candidates[0].Open > chosen.Open ? Rule.FewestOpen
            : Rule.LongestIdle;
        return (chosen.Operator, Explain(rule, [chosen, .. candidates], passedOver));
    }

    /// <summary>Those who could have had it are named first, then those who could not, ten in all.</summary>
    private static Why Explain(Rule rule, List<Candidate> candidates, List<PassedOver> passedOver)
    {
        var considered = candidates.Take(Why.MostNamed).ToImmutableArray();
        var named = passedOver.Take(Why.MostNamed - considered.Length).ToImmutableArray();
        var more = passedOver.Skip(named.Length).Select(one => one.Reason)
            .Concat(candidates.Skip(considered.Length).Select(_ => Hindrance.NotChosen))
            .GroupBy(reason => reason)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Count());
        return new Why(rule, considered, named, more);
    }

    private static Hindrance? Hinders(Operator person, int open) => person switch
    {
        { Reachable: false } => Hindrance.Unreachable,
        { Status: Status.Away } => Hindrance.Away,
        { Status: Status.Offline } => Hindrance.Offline,
        _ when open >= person.Limit => Hindrance.AtLimit,
        _ => null,
    };
}
