using Beseda.Domain.Conversations;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>Brings the rows into a state that commands name and the working set lacks: visitors, closed conversations, old messages.</summary>
internal sealed class NamedRows(Session session, AccountId account, AccountState state)
{
    public AccountState State { get; private set; } = state;

    public void AddNamed(Command command)
    {
        switch (command)
        {
            case PostMessage post:
                Add(post.Conversation);
                if (post.ReplyTo is { } message)
                    AddMessage(message);
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
                AddCustomer(identify.Customer);
                if (identify.Anonymous is { } anonymous)
                    Add(anonymous);
                break;
        }
    }

    public void Add(VisitorId id)
    {
        if (!State.Visitors.ContainsKey(id) && ChatRows.Visitor(session, account, id) is { } visitor)
            State = State.With(visitor);
    }

    public void Add(ConversationId? named)
    {
        if (named is { } id && !State.Conversations.ContainsKey(id) && ChatRows.Conversation(session, account, id) is { } conversation)
            State = State.With(conversation);
    }

    private void AddCustomer(string customer)
    {
        if (!State.Customers.ContainsKey(customer) && ChatRows.Customer(session, account, customer) is { } visitor)
            State = State.With(visitor);
    }

    private void AddMessage(long seq)
    {
        if (!State.Messages.ContainsKey(seq) && ChatRows.Message(session, account, seq) is { } stub)
            State = State with { Messages = State.Messages.SetItem(seq, stub) };
    }
}
