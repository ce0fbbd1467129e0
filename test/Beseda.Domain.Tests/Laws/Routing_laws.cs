using Beseda.Domain.Conversations;
using Beseda.Domain.Departments;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;

namespace Beseda.Domain.Tests.Laws;

/// <summary>Held against the words of the rule, not against the code that carries it out.</summary>
public sealed class Routing_laws
{
    [Fact]
    public void Nobody_is_routed_above_their_limit() => OfOffers((state, conversation, assigned) =>
        Assert.True(Open(state, assigned.Operator) < state.Operators[assigned.Operator].Limit));

    [Fact]
    public void Only_automatic_departments_offer_and_only_to_their_operators_who_are_there() => OfOffers((state, conversation, assigned) =>
    {
        Assert.Equal((Stage.Queued, Routed.Automatic), (conversation.Stage, state.Departments[conversation.Department].Routing));
        Assert.True(IsThere(state.Operators[assigned.Operator]));
        Assert.Contains(conversation.Department, state.Operators[assigned.Operator].Departments);
    });

    [Fact]
    public void What_is_offered_has_waited_longest_of_all_that_could_be() => OfOffers((state, conversation, _) => Assert.All(
        state.Conversations.Values.Where(one => one.Stage == Stage.Queued && state.Departments[one.Department].Routing == Routed.Automatic
            && state.Operators.Values.Any(person => IsFree(state, person, one.Department))),
        one => Assert.True(conversation.Order <= one.Order)));

    [Fact]
    public void Whoever_is_chosen_is_the_one_the_rule_names() => OfOffers((state, conversation, assigned) =>
    {
        var free = state.Operators.Values.Where(one => IsFree(state, one, conversation.Department)).ToList();
        var untried = free.Where(one => !conversation.Missed.Contains(one.Id)).ToList();
        var last = state.Visitors[conversation.Visitor].LastOperator;
        var chosen = untried.Count == 0 ? free.MinBy(one => conversation.Missed.IndexOf(one.Id))!.Id
            : untried.Exists(one => one.Id == last) ? last!.Value
            : untried.OrderBy(one => Open(state, one.Id)).ThenBy(one => one.IdleSince).First().Id;
        Assert.Equal(chosen, assigned.Operator);
    });

    [Fact]
    public void Every_offer_says_why_of_everybody_naming_ten_at_most() => OfOffers((state, conversation, assigned) =>
    {
        var asked = state.Operators.Values.Where(one => one.Enabled && one.Departments.Contains(conversation.Department)).Select(one => one.Id).ToList();
        var named = assigned.Why.Considered.Select(one => one.Operator).Concat(assigned.Why.PassedOver.Select(one => one.Operator)).ToList();
        Assert.Equal(assigned.Operator, named[0]);
        Assert.Equal(Math.Min(asked.Count, 10), named.Distinct().Count());
        Assert.Equal(asked.Count, named.Count + assigned.Why.More.Values.Sum());
        Assert.Subset(asked.ToHashSet(), named.ToHashSet());
        Assert.All(assigned.Why.PassedOver, one => Assert.Equal(
            one.Reason == Hindrance.MissedOffer, IsFree(state, state.Operators[one.Operator], conversation.Department)));
    });

    [Fact]
    public void Nothing_waits_in_an_automatic_department_while_somebody_could_have_it() => Law.OfTurns(turn =>
    {
        var state = turn.After;
        foreach (var one in state.Conversations.Values.Where(one => one.Stage == Stage.Queued))
            if (state.Departments[one.Department].Routing == Routed.Automatic)
                Assert.DoesNotContain(state.Operators.Values, person => IsFree(state, person, one.Department));
    });

    [Fact]
    public void Nothing_stays_offered_to_somebody_who_is_not_there_and_who_is_disabled_has_nothing() => Law.OfTurns(turn =>
    {
        foreach (var one in turn.After.Conversations.Values)
            if (one.Operator is { } id && turn.After.Operators[id] is var person)
                Assert.True(one.Stage == Stage.Assigned ? IsThere(person) : person.Enabled, $"{person} has {one}");
    });

    private static void OfOffers(Action<AccountState, Conversation, ConversationAssigned> holds) => Law.OfEvents((before, recorded, _) =>
    {
        if (recorded.Event is ConversationAssigned { Why.Rule: not (Rule.Hand or Rule.Transfer) } assigned)
            holds(before, before.Conversations[assigned.Conversation], assigned);
    });

    private static int Open(AccountState state, OperatorId id) =>
        state.Conversations.Values.Count(one => one.Stage is Stage.Assigned or Stage.Active && one.Operator == id);

    private static bool IsThere(Operator person) => person is { Enabled: true, Reachable: true, Status: Status.Online };

    private static bool IsFree(AccountState state, Operator person, DepartmentId department) =>
        IsThere(person) && person.Departments.Contains(department) && Open(state, person.Id) < person.Limit;
}
