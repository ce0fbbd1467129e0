using Beseda.Domain.Accounts;
using Beseda.Domain.Conversations;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Webhooks;

namespace Beseda.Server.Storage;

/// <summary>The account's state as rows, written with the events that changed it.</summary>
public sealed class ChatProjection : IProjection<AccountState, Spoken, Event>
{
    public string Schema => WebhookRows.Schema + """
        create table if not exists account_settings (account integer primary key, key text not null unique, state blob not null);
        create table if not exists departments (account integer not null, id integer not null, state blob not null, primary key (account, id)) without rowid;
        create table if not exists operators (
            account integer not null, id integer not null, user_id integer not null, state blob not null, words blob,
            primary key (account, id)) without rowid;
        create unique index if not exists operators_by_user on operators (user_id, account);
        create table if not exists visitors (
            account integer not null, id integer not null, customer text, state blob not null, words blob,
            primary key (account, id)) without rowid;
        create unique index if not exists visitors_by_customer on visitors (account, customer) where customer is not null;
        create table if not exists conversations (
            account integer not null, id integer not null, visitor integer not null, open integer not null, state blob not null,
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
        foreach (var person in ChatRows.Operators(session, account))
            state = state.With(person);
        foreach (var conversation in ChatRows.OpenConversations(session, account))
        {
            if (ChatRows.Visitor(session, account, conversation.Visitor) is { } visitor)
                state = state.With(visitor);
            state = state.With(conversation);
        }

        return state;
    }

    public AccountState LoadNamed(Session session, AccountId account, AccountState state, IEnumerable<Spoken> commands)
    {
        var rows = new NamedRows(state);
        foreach (var (by, command) in commands)
        {
            if (by is Actor.Visitor visitor)
                rows.Add(visitor.Id);
            rows.AddNamed(command);
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
        var conversations = new HashSet<ConversationId>();
        var visitors = new HashSet<VisitorId>();
        foreach (var happened in events)
            Note(happened, conversations, visitors);

        var rows = new NamedRows(before);
        foreach (var id in conversations)
            rows.Add(id);
        foreach (var id in visitors)
            rows.Add(id);
        return rows.Load(session, account, into: folded);
    }

    public void Save(
        Session session, AccountId account, AccountState before, AccountState after, IReadOnlyList<Entry<Event>> entries)
    {
        var conversations = new HashSet<ConversationId>();
        var visitors = new HashSet<VisitorId>();
        foreach (var entry in entries)
            Note(entry.Event, conversations, visitors);

        foreach (var id in conversations)
            SaveConversation(session, account, before.Conversations.GetValueOrDefault(id), after.Conversations[id]);
        foreach (var id in visitors)
            if (after.Visitors.TryGetValue(id, out var visitor) && !ReferenceEquals(visitor, before.Visitors.GetValueOrDefault(id)))
                ChatRows.Save(session, account, visitor);
        if (!ReferenceEquals(before.Operators, after.Operators))
            foreach (var person in after.Operators.Values)
                if (!ReferenceEquals(person, before.Operators.GetValueOrDefault(person.Id)))
                    SaveOperator(session, account, before.Operators.GetValueOrDefault(person.Id), person, after.At);
        foreach (var department in after.Departments.Values)
            if (!ReferenceEquals(department, before.Departments.GetValueOrDefault(department.Id)))
                ChatRows.Save(session, account, department);
        if (!ReferenceEquals(before.Account, after.Account))
            ChatRows.Save(session, account, after.Account);
    }

    private static void Note(Event happened, HashSet<ConversationId> conversations, HashSet<VisitorId> visitors)
    {
        if (happened is ConversationEvent e)
        {
            conversations.Add(e.Conversation);
            visitors.Add(e.Visitor);
        }

        if (happened is ConversationMoved moved)
            visitors.Add(moved.From);
        if (happened is ConversationMerged merged)
            visitors.Add(merged.Customer);
        if (happened is VisitorIdentified identified)
            visitors.Add(identified.Visitor);
    }

    /// <summary>Whoever is there from now on has been seen now: if their node dies at once, another one misses them all the same.</summary>
    private static void SaveOperator(Session session, AccountId account, Operator? before, Operator after, DateTimeOffset at)
    {
        ChatRows.Save(session, account, after);
        if (after is { Reachable: true, Status: not Status.Offline } && before is not { Reachable: true, Status: not Status.Offline })
            PresenceRows.Save(session, account, after.Id, at);
    }

    private static void SaveConversation(Session session, AccountId account, Conversation? before, Conversation after)
    {
        if (before is not null && before.Visitor == after.Visitor && before.IsOpen == after.IsOpen)
            ChatRows.Update(session, account, after);
        else
            ChatRows.Save(session, account, after);
    }
}
