using System.Collections.Immutable;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using Beseda.Domain.Labels;
using Beseda.Domain.Metrics;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Domain;

/// <summary>Folds what happened into the state. Total: an event it does not know changes nothing but the position.</summary>
public static class Evolution
{
    public static AccountState Apply(AccountState state, Recorded recorded)
    {
        var at = recorded.At;
        var next = recorded.Event switch
        {
            ConversationStarted e => Messages.Heard(
                state.With(Started(e, at)).With(state.VisitorOrNew(e.Visitor) with { Open = e.Conversation }), e.Visitor, e.Number),
            MessagePosted e => Messages.Posted(Talked(state, e, recorded), e, recorded.Seq),
            MessageRead e => Talked(state, e, recorded),
            MessageEdited or MessageDeleted or MessageSent or MessageDelivered or MessageFailed or MessageResent or FileArrived =>
                Messages.Changed(state, (ConversationEvent)recorded.Event, recorded.Seq),
            VisitorStopped e => Change(state, e, at, c => c with { Stopped = e.Stopped }),
            ConversationQueued e => Queued(state, e, at),
            ConversationAssigned e => Assigned(state, e, at),
            ConversationAccepted e => Accepted(state, e, at),
            ConversationTransferred e => Change(state, e, at, c => c with { Missed = [] }),
            ConversationClosed e => Messages.Heard(Closed(state, e, at), e.Visitor, e.Number),
            ConversationMoved e => Moved(state, e, at),
            ConversationMerged e => Merged(state, e, at),
            RatingAsked e => Change(state, e, at, c => c with { Ratings = c.Ratings.Add(new Rating(e.Operator, e.Scale, at)) }),
            ConversationRated e => Messages.Heard(Change(state, e, at, c => c with { Ratings = Rated(c.Ratings, e, at) }), e.Visitor, e.Number),
            OperatorChanged e => state.With(Changed(state.Operators.GetValueOrDefault(e.Operator), e, at)),
            OperatorStatusChanged e => state.Operators.TryGetValue(e.Operator, out var person) ? state.With(Status(person, e, at)) : state,
            DepartmentChanged e => state.With(e.Department),
            LabelChanged e => state with { Labels = state.Labels.SetItem(e.Label.Id, e.Label) },
            ConversationLabelled e => Change(state, e, at, c => c with { Category = e.Category, Tags = e.Tags.IsEmpty ? null : e.Tags }),
            ChannelChanged e => state with { Channels = state.Channels.SetItem(e.Channel.Id, e.Channel) },
            ChannelRemoved e => state with { Channels = state.Channels.Remove(e.Channel) },
            AccountChanged e => state with { Account = e.Account },
            VisitorIdentified e => state.With(Identified(state.VisitorOrNew(e.Visitor), e)),
            VisitorsLinked e => Person.Linked(state, e),
            VisitorsSeparated e => Person.Separated(state, e),
            _ => state,
        };
        return next with { Seq = recorded.Seq, At = at };
    }

    /// <summary>What was said and read: all that changes in a conversation while nothing happens to it.</summary>
    public static Conversation Said(Conversation conversation, Recorded recorded) => recorded.Event switch
    {
        MessagePosted e => Posted(conversation, e, recorded.Seq, recorded.At) with { Tally = conversation.Tally?.After(e, recorded.At) },
        MessageRead e => Read(conversation, e),
        _ => conversation,
    };

    private static AccountState Talked(AccountState state, ConversationEvent e, Recorded recorded) =>
        state.Conversations.TryGetValue(e.Conversation, out var conversation) ? state.With(Said(conversation, recorded)) : state;

    /// <summary>A conversation that is not in the working set evolves where it is loaded.</summary>
    private static AccountState Change(AccountState state, ConversationEvent e, DateTimeOffset at, Func<Conversation, Conversation> change) =>
        state.Conversations.TryGetValue(e.Conversation, out var conversation)
            ? state.With(change(conversation) with { Tally = conversation.Tally?.After(e, at) })
            : state;

    private static Conversation Started(ConversationStarted e, DateTimeOffset at) => new()
    {
        Id = e.Conversation,
        Visitor = e.Visitor,
        Department = e.Department,
        Channel = e.Channel,
        Location = e.Location,
        Language = e.Language,
        Stage = Stage.Queued,
        Order = e.Conversation.Value,
        StartedAt = at,
        WaitingSince = at,
        LastMessageAt = at,
        Tally = new Tally { StartedAt = at },
    };

    private static Conversation Posted(Conversation c, MessagePosted e, long seq, DateTimeOffset at) => e switch
    {
        { Note: true } or { Author.Kind: AuthorKind.System } => c,
        { Author.Kind: AuthorKind.Visitor } => c with
        {
            LastMessage = seq,
            LastMessageAt = at,
            LastVisitorMessage = seq,
            ReadByVisitor = seq,
            Unread = c.Unread + 1,
        },
        _ => c with { LastMessage = seq, LastMessageAt = at, ReadByOperator = seq, Unread = 0 },
    };

    private static Conversation Read(Conversation c, MessageRead e) => e.By.Kind == AuthorKind.Visitor
        ? c with { ReadByVisitor = Math.Max(c.ReadByVisitor, e.Message) }
        : c with
        {
            ReadByOperator = Math.Max(c.ReadByOperator, e.Message),
            Unread = e.Message >= c.LastVisitorMessage ? 0 : c.Unread,
        };

    private static AccountState Queued(AccountState state, ConversationQueued e, DateTimeOffset at)
    {
        var before = state.Conversations.GetValueOrDefault(e.Conversation);
        var next = Change(state, e, at, c => c with
        {
            Stage = Stage.Queued,
            Department = e.Department,
            Order = e.Order,
            Operator = null,
            Until = null,
            AssignedAt = null,
            Missed = e.Reason == QueueReason.AcceptTimeout && c.Operator is { } missed ? c.Missed.Remove(missed).Add(missed) : c.Missed,
        });
        return Idle(next, before?.Operator, at);
    }

    private static AccountState Assigned(AccountState state, ConversationAssigned e, DateTimeOffset at)
    {
        var before = state.Conversations.GetValueOrDefault(e.Conversation);
        var next = Change(state, e, at, c => c with
        {
            Stage = Stage.Assigned,
            Operator = e.Operator,
            Until = e.Until,
            AssignedAt = at,
            Participants = c.Participants.Contains(e.Operator) ? c.Participants : c.Participants.Add(e.Operator),
        });
        return Idle(before?.Operator == e.Operator ? next : Idle(next, before?.Operator, at), e.Operator, at);
    }

    private static AccountState Accepted(AccountState state, ConversationAccepted e, DateTimeOffset at)
    {
        var next = Change(state, e, at, c => c with { Stage = Stage.Active, Until = null, Missed = [], LastOperator = e.Operator });
        next = next.With(next.VisitorOrNew(e.Visitor) with { LastOperator = e.Operator });
        return Idle(next, e.Operator, at);
    }

    private static AccountState Closed(AccountState state, ConversationClosed e, DateTimeOffset at)
    {
        var holder = state.Conversations.GetValueOrDefault(e.Conversation)?.Operator;
        var next = Change(state, e, at, c => c with
        {
            Stage = Stage.Closed,
            ClosedAt = at,
            ClosedBy = e.By,
            ClosedWhy = e.Why,
            Operator = null,
            Until = null,
            AssignedAt = null,
        });
        var visitor = next.VisitorOrNew(e.Visitor);
        if (visitor.Open == e.Conversation)
            next = next.With(visitor with { Open = null });
        return Idle(next, holder, at);
    }

    private static AccountState Moved(AccountState state, ConversationMoved e, DateTimeOffset at)
    {
        var next = Change(state, e, at, c => c with { Visitor = e.Visitor });
        var anonymous = next.VisitorOrNew(e.From);
        next = next.With(anonymous with { Open = null });
        var customer = next.VisitorOrNew(e.Visitor);
        var served = state.Conversations.GetValueOrDefault(e.Conversation)?.LastOperator;
        next = next.With(customer with { Open = e.Conversation, LastOperator = served ?? customer.LastOperator ?? anonymous.LastOperator });
        return Formerly(next, e.Visitor, e.From);
    }

    /// <summary>What was written before signing in stays in the customer's history, although another conversation goes on.</summary>
    private static AccountState Merged(AccountState state, ConversationMerged e, DateTimeOffset at)
    {
        var next = Change(state, e, at, c => c with { Visitor = e.Customer });
        next = next.With(next.VisitorOrNew(e.Visitor) with { Open = null });
        return Formerly(next, e.Customer, e.Visitor);
    }

    /// <summary>So that a message resent after signing in is still known by its client id.</summary>
    private static AccountState Formerly(AccountState state, VisitorId customer, VisitorId anonymous)
    {
        const int kept = 8;
        var visitor = state.VisitorOrNew(customer);
        var formerly = visitor.Formerly.Remove(anonymous).Add(anonymous);
        return state.With(visitor with { Formerly = formerly.Length > kept ? formerly.RemoveAt(0) : formerly });
    }

    private static AccountState Idle(AccountState state, OperatorId? id, DateTimeOffset at) =>
        id is { } known && state.Operators.TryGetValue(known, out var person) ? state.With(person with { IdleSince = at }) : state;

    private static ImmutableArray<Rating> Rated(ImmutableArray<Rating> ratings, ConversationRated e, DateTimeOffset at) =>
        [.. ratings.Select(r => r.Operator == e.Operator ? r with { Score = e.Score, FirstScoredAt = r.FirstScoredAt ?? at } : r)];

    private static Operator Changed(Operator? old, OperatorChanged e, DateTimeOffset at)
    {
        var person = old ?? new Operator
        {
            Id = e.Operator,
            User = e.User,
            Role = e.Role,
            Limit = e.Limit,
            Departments = e.Departments,
            Enabled = e.Enabled,
            Profile = new OperatorProfile("", ""),
            GoneSince = at,
        };
        return person with
        {
            User = e.User,
            Role = e.Role,
            Limit = e.Limit,
            Departments = e.Departments,
            Enabled = e.Enabled,
            Profile = e.Words ?? person.Profile,
        };
    }

    private static Operator Status(Operator person, OperatorStatusChanged e, DateTimeOffset at)
    {
        var gone = !e.Reachable || e.Status == Operators.Status.Offline;
        var came = !person.Online && e is { Reachable: true, Status: Operators.Status.Online };
        return person with
        {
            Status = e.Status,
            Reachable = e.Reachable,
            GoneSince = gone ? person.GoneSince ?? at : null,
            IdleSince = came ? at : person.IdleSince,
        };
    }

    private static Visitor Identified(Visitor visitor, VisitorIdentified e) =>
        visitor with
        {
            Customer = e.Customer,
            ProfileDigest = e.ProfileDigest,
            Profile = e.Words,
            Channel = e.Channel ?? visitor.Channel,
            Language = e.Language ?? visitor.Language,
        };
}
