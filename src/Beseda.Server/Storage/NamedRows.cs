using Beseda.Domain.Conversations;
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
    private readonly HashSet<long> messages = [];

    public void AddNamed(Command command)
    {
        switch (command)
        {
            case PostMessage post:
                Add(post.Conversation);
                if (post.ReplyTo is { } message && !state.Messages.ContainsKey(message))
                    messages.Add(message);
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
            case RateConversation rate:
                Add(rate.Conversation);
                break;
            case IdentifyVisitor identify:
                if (!state.Customers.ContainsKey(identify.Customer))
                    customers.Add(identify.Customer);
                if (identify.Anonymous is { } anonymous)
                    Add(anonymous);
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
        if (conversations.Count > 0)
            foreach (var conversation in ConversationRows.Find(session, account, conversations))
                loaded = loaded.With(conversation);
        if (messages.Count > 0)
            foreach (var stub in ChatRows.Messages(session, account, messages))
                loaded = loaded with { Messages = loaded.Messages.SetItem(stub.Seq, stub) };
        return loaded;
    }
}
