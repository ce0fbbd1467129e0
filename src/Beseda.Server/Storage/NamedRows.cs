using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Domain.Labels;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>
/// Rows that are named and that the working set lacks: visitors, closed conversations, old messages. They are gathered first
/// and then read together.
/// </summary>
internal sealed class NamedRows(AccountState state)
{
    private readonly HashSet<long> conversations = [];
    private readonly HashSet<long> visitors = [];
    private readonly HashSet<string> customers = [];
    private readonly HashSet<VisitorId> persons = [];
    private readonly HashSet<long> messages = [];
    private readonly HashSet<long> states = [];
    private readonly HashSet<(VisitorId Visitor, string External)> externals = [];

    public void AddNamed(Actor by, Command command)
    {
        switch (command)
        {
            case PostMessage post:
                Add(post.Conversation);
                Add(by, new MessageName(post.ReplyTo, post.ReplyToExternal));
                break;
            case MirrorMessage mirror:
                Add(mirror.Visitor);
                Add(mirror.Visitor, mirror.External);
                break;
            case EditMessage edit:
                Add(by, edit.Message);
                break;
            case DeleteMessage delete:
                Add(by, delete.Message);
                break;
            case TakeConversation take:
                Add(take.Conversation);
                break;
            case TransferConversation transfer:
                Add(transfer.Conversation);
                break;
            case CloseConversation close:
                Add(close.Conversation);
                break;
            case ReadMessages read:
                Add(read.Conversation);
                break;
            case LabelConversation label:
                Add(label.Conversation);
                break;
            case RateConversation rate:
                Add(rate.Conversation);
                break;
            case IdentifyVisitor identify:
                if (!state.Customers.ContainsKey(identify.Customer))
                    customers.Add(identify.Customer);
                if (identify.Anonymous is { } anonymous)
                    Add(anonymous);
                break;
            case LinkVisitors link:
                AddPerson(link.One);
                AddPerson(link.Other);
                break;
            case MergeVisitors merge:
                AddPerson(merge.One);
                AddPerson(merge.Other);
                break;
            case SeparateVisitors separate:
                AddPerson(separate.From);
                break;
            default:
                AddDelivered(by, command);
                break;
        }
    }

    /// <summary>Messages on their way to visitors, and files on their way here.</summary>
    private void AddDelivered(Actor by, Command command)
    {
        switch (command)
        {
            case RecordSent sent:
                Add(sent.Conversation, sent.Visitor, sent.Message);
                break;
            case RecordFailure failure:
                Add(failure.Conversation, failure.Visitor, failure.Message);
                break;
            case ArriveFile arrive:
                Add(arrive.Conversation, arrive.Visitor, arrive.Message);
                break;
            case ResendMessage resend:
                Add(resend.Conversation);
                AddState(resend.Message);
                break;
            case ConfirmDelivery confirm when by is Actor.Visitor { Id: var visitor }:
                foreach (var external in confirm.Externals)
                    Add(visitor, external);
                break;
            case DenyDelivery deny when by is Actor.Visitor { Id: var visitor }:
                Add(visitor, deny.External);
                break;
        }
    }

    public void Add(VisitorId id)
    {
        if (!state.Visitors.ContainsKey(id))
            visitors.Add(id.Value);
    }

    public void Add(ConversationId? named)
    {
        if (named is { } id && !state.Conversations.ContainsKey(id))
            conversations.Add(id.Value);
    }

    public void AddState(long message)
    {
        if (!state.MessageStates.ContainsKey(message))
            states.Add(message);
    }

    private void AddPerson(Writer writer)
    {
        Add(writer.Conversation);
        AddPerson(writer.Visitor);
    }

    /// <summary>With all of their addresses.</summary>
    private void AddPerson(VisitorId visitor)
    {
        Add(visitor);
        persons.Add(visitor);
    }

    private void Add(ConversationId conversation, VisitorId visitor, long message)
    {
        Add(conversation);
        Add(visitor);
        AddState(message);
    }

    private void Add(Actor by, MessageName name)
    {
        if (name.Seq is { } seq && !state.Messages.ContainsKey(seq))
            messages.Add(seq);
        if (name.Seq is { } own)
            AddState(own);
        if (name.External is { } external && by is Actor.Visitor { Id: var visitor })
            Add(visitor, external);
    }

    private void Add(VisitorId visitor, string external)
    {
        if (!state.Externals.ContainsKey((visitor, external)))
            externals.Add((visitor, external));
    }

    /// <param name="into">Null: the state that lacks them.</param>
    public AccountState Load(Session session, AccountId account, AccountState? into = null)
    {
        var loaded = into ?? state;
        if (visitors.Count > 0)
            foreach (var visitor in ChatRows.Visitors(session, account, visitors))
                loaded = loaded.With(visitor);
        if (customers.Count > 0)
            foreach (var visitor in ChatRows.Customers(session, account, customers))
                loaded = loaded.With(visitor);
        if (persons.Select(id => loaded.Visitors.GetValueOrDefault(id)?.Person?.Value).OfType<long>().ToHashSet() is { Count: > 0 } known)
            foreach (var visitor in PersonRows.VisitorsOf(session, account, known))
                if (!loaded.Visitors.ContainsKey(visitor.Id))
                    loaded = loaded.With(visitor);
        foreach (var (visitor, external) in externals)
            if (MessageRows.Find(session, account, visitor, external) is { } message)
                AddState(message);
        if (states.Count > 0)
            foreach (var message in MessageRows.States(session, account, states))
            {
                loaded = loaded.With(message);
                Add(message.Conversation);
            }

        if (messages.Count > 0)
            foreach (var stub in ChatRows.Messages(session, account, messages))
            {
                loaded = loaded with { Messages = loaded.Messages.SetItem(stub.Seq, stub) };
                Add(stub.Conversation);
            }

        if (conversations.Count > 0)
            foreach (var conversation in ConversationRows.Find(session, account, conversations))
                loaded = loaded.With(conversation);
        return loaded;
    }
}
