namespace Beseda.Chaos.Histories;

/// <summary>All that is known after a run: what the clients wrote down, and what the database holds.</summary>
public sealed record History
{
    /// <summary>The table <c>events</c> of the account, in the order of seq.</summary>
    public required IReadOnlyList<TableEvent> Events { get; init; }

    public IReadOnlyList<SentMessage> Messages { get; init; } = [];

    public IReadOnlyList<Reader> Readers { get; init; } = [];

    /// <summary>The table <c>conversations</c> of the account.</summary>
    public IReadOnlyList<TableConversation> Conversations { get; init; } = [];

    /// <summary>Null: no webhook was subscribed.</summary>
    public Subscription? Subscription { get; init; }

    /// <summary>As they arrived, each attempt.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>The head when everybody had come to rest: every reader must have got there.</summary>
    public long Rest { get; init; }

    /// <summary>The database's clock when the tables were read, in microseconds since 1970.</summary>
    public long Now { get; init; }
}
