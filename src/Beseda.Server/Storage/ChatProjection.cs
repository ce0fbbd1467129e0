using Beseda.Domain.Accounts;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Channels;
using Beseda.Server.Files;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Webhooks;

namespace Beseda.Server.Storage;

/// <summary>The account's state as rows, written with the events that changed it.</summary>
public sealed class ChatProjection : IProjection<AccountState, Spoken, Event>
{
    public string Schema => WebhookRows.Schema + FileRows.Schema + MessageRows.Schema + PersonRows.Schema + Inbox.Schema + ChannelHealth.Schema + FactRows.Schema + """
        create table if not exists account_settings (account integer primary key, key text not null unique, state blob not null);
        create table if not exists departments (account integer not null, id integer not null, state blob not null, primary key (account, id)) without rowid;
        create table if not exists channels (account integer not null, id integer not null, state blob not null, primary key (account, id)) without rowid;
        create table if not exists labels (account integer not null, id integer not null, state blob not null, primary key (account, id)) without rowid;
        create table if not exists operators (
            account integer not null, id integer not null, user_id integer not null, state blob not null, words blob,
            primary key (account, id)) without rowid;
        create unique index if not exists operators_by_user on operators (user_id, account);
        create table if not exists visitors (
            account integer not null, id integer not null, customer text, state blob not null, words blob,
            primary key (account, id)) without rowid;
        create unique index if not exists visitors_by_customer on visitors (account, customer) where customer is not null;
        create table if not exists conversations (
            account integer not null, id integer not null, visitor integer not null, open integer not null, seq integer not null,
            state blob not null,
            primary key (account, id)) without rowid;
        create table if not exists presence (account integer not null, operator integer not null, seen integer not null, primary key (account, operator));
        create index if not exists conversations_by_visitor on conversations (account, visitor);
        create index if not exists conversations_open on conversations (account, id) where open = 1;
        """;

    public AccountState Load(Session session, AccountId account, long seq, DateTimeOffset at)
    {
        var state = AccountState.Empty with { Seq = seq, At = at, Account = ChatRows.Account(session, account) ?? Account.None };
        foreach (var department in ChatRows.Departments(session, account))
            state = state.With(department);
        foreach (var channel in ChatRows.Channels(session, account))
            state = state with { Channels = state.Channels.SetItem(channel.Id, channel) };
        foreach (var label in ChatRows.Labels(session, account))
            state = state with { Labels = state.Labels.SetItem(label.Id, label) };
        foreach (var person in ChatRows.Operators(session, account))
            state = state.With(person);
        foreach (var conversation in ConversationRows.Open(session, account))
            state = state.With(conversation);
        foreach (var visitor in ChatRows.Visitors(session, account, state.Conversations.Values.Select(one => one.Visitor.Value).ToHashSet()))
            state = state.With(visitor);
        return state;
    }

    public AccountState LoadNamed(Session session, AccountId account, AccountState state, IEnumerable<Spoken> commands)
    {
        var rows = new NamedRows(state);
        foreach (var (by, command) in commands)
        {
            if (by is Actor.Visitor visitor)
                rows.Add(visitor.Id);
            rows.AddNamed(by, command);
        }

        return rows.Load(session, account);
    }

    public AccountState LoadReferenced(Session session, AccountId account, AccountState state, IEnumerable<Event> events)
    {
        var rows = new NamedRows(state);
        foreach (var e in events.OfType<ConversationEvent>())
        {
            rows.Add(e.Conversation);
            rows.Add(e.Visitor);
        }

        return rows.Load(session, account);
    }

    public AccountState Reload(Session session, AccountId account, AccountState before, AccountState folded, IEnumerable<Event> events)
    {
        var rows = new NamedRows(before);
        var started = new HashSet<ConversationId>();
        foreach (var happened in events)
        {
            // Folded from its first event, it is whole.
            if (happened is ConversationStarted start)
                started.Add(start.Conversation);
            if (happened is ConversationEvent e && !started.Contains(e.Conversation))
                rows.Add(e.Conversation);
            foreach (var visitor in VisitorsOf(happened))
                rows.Add(visitor);
            if (MessageOf(happened) is { } message)
                rows.AddState(message);
        }

        return rows.Load(session, account, into: folded);
    }

    public void Save(
        Session session, AccountId account, AccountState before, AccountState after, IReadOnlyList<Entry<Event>> entries)
    {
        foreach (var events in entries.Where(entry => entry.Event is ConversationEvent).ToLookup(entry => ((ConversationEvent)entry.Event).Conversation))
        {
            var conversation = after.Conversations[events.Key];
            if (ConversationRows.IsToBeSaved(before.Conversations.GetValueOrDefault(events.Key), conversation, events.Select(entry => entry.Seq)))
            {
                ConversationRows.Save(session, account, conversation, after.Seq);
                if (!conversation.IsOpen)
                    FactRows.Mark(session, account, conversation.Id, after.Seq);
            }
        }

        foreach (var id in entries.SelectMany(entry => VisitorsOf(entry.Event)).ToHashSet())
            if (after.Visitors.TryGetValue(id, out var visitor) && !ReferenceEquals(visitor, before.Visitors.GetValueOrDefault(id)))
                SaveVisitor(session, account, before.Visitors.GetValueOrDefault(id), visitor);
        foreach (var message in entries.Select(entry => MessageOf(entry.Event) ?? entry.Seq).ToHashSet())
            if (after.MessageStates.TryGetValue(message, out var state) && !ReferenceEquals(state, before.MessageStates.GetValueOrDefault(message)))
                SaveMessage(session, account, before.MessageStates.GetValueOrDefault(message), state);
        if (!ReferenceEquals(before.Operators, after.Operators))
            foreach (var person in after.Operators.Values)
                if (!ReferenceEquals(person, before.Operators.GetValueOrDefault(person.Id)))
                    SaveOperator(session, account, before.Operators.GetValueOrDefault(person.Id), person, after.At);
        foreach (var department in after.Departments.Values)
            if (!ReferenceEquals(department, before.Departments.GetValueOrDefault(department.Id)))
                ChatRows.Save(session, account, department);
        foreach (var label in after.Labels.Values)
            if (!ReferenceEquals(label, before.Labels.GetValueOrDefault(label.Id)))
                ChatRows.Save(session, account, label);
        foreach (var channel in after.Channels.Values)
            if (!ReferenceEquals(channel, before.Channels.GetValueOrDefault(channel.Id)))
                ChatRows.Save(session, account, channel);
        foreach (var removed in before.Channels.Keys.Except(after.Channels.Keys))
            ChatRows.Remove(session, account, removed);
        if (!ReferenceEquals(before.Account, after.Account))
            ChatRows.Save(session, account, after.Account);
    }

    /// <summary>Of which older message an event tells what became.</summary>
    private static long? MessageOf(Event happened) => happened switch
    {
        MessageEdited e => e.Message,
        MessageDeleted e => e.Message,
        MessageSent e => e.Message,
        MessageDelivered e => e.Message,
        MessageFailed e => e.Message,
        MessageResent e => e.Message,
        FileArrived e => e.Message,
        _ => null,
    };

    private static void SaveMessage(Session session, AccountId account, MessageState? before, MessageState after)
    {
        MessageRows.Save(session, account, before, after);
        if (after.Deleted && before?.Deleted is not true)
        {
            FileRows.Remove(session, account, MessageRows.FilesOf(session, account, after.Message));
            MessageRows.Erase(session, account, after);
        }
    }

    private static void SaveVisitor(Session session, AccountId account, Visitor? before, Visitor after)
    {
        ChatRows.Save(session, account, after);
        PersonRows.Save(session, account, before, after);
    }

    /// <summary>Whose rows an event may change.</summary>
    private static VisitorId[] VisitorsOf(Event happened) => happened switch
    {
        ConversationMoved e => [e.Visitor, e.From],
        ConversationMerged e => [e.Visitor, e.Customer],
        ConversationEvent e => [e.Visitor],
        VisitorIdentified e => [e.Visitor],
        VisitorsLinked e => [.. e.Visitors],
        VisitorsSeparated e => [.. e.Visitors],
        _ => [],
    };

    /// <summary>Whoever is there from now on has been seen now: if their node dies at once, another one misses them all the same.</summary>
    private static void SaveOperator(Session session, AccountId account, Operator? before, Operator after, DateTimeOffset at)
    {
        ChatRows.Save(session, account, after);
        if (after is { Reachable: true, Status: not Status.Offline } && before is not { Reachable: true, Status: not Status.Offline })
            PresenceRows.Save(session, account, after.Id, at);
    }
}
