namespace Beseda.Domain;

/// <summary>The seq of the event that started the conversation.</summary>
public readonly record struct ConversationId(long Value) : IComparable<ConversationId>
{
    public int CompareTo(ConversationId other) => Value.CompareTo(other.Value);
    public override string ToString() => $"{Value}";
}

/// <summary>One address a customer writes from: a browser, a messenger's chat, a signed customer.</summary>
public readonly record struct VisitorId(long Value)
{
    public override string ToString() => $"{Value}";
}

/// <summary>Somebody who writes from several addresses: the seq of the event that linked the first two.</summary>
public readonly record struct PersonId(long Value)
{
    public override string ToString() => $"{Value}";
}

public readonly record struct OperatorId(long Value) : IComparable<OperatorId>
{
    public int CompareTo(OperatorId other) => Value.CompareTo(other.Value);
    public override string ToString() => $"{Value}";
}

public readonly record struct ChannelId(long Value) : IComparable<ChannelId>
{
    public int CompareTo(ChannelId other) => Value.CompareTo(other.Value);
    public override string ToString() => $"{Value}";
}

public readonly record struct DepartmentId(long Value) : IComparable<DepartmentId>
{
    public int CompareTo(DepartmentId other) => Value.CompareTo(other.Value);
    public override string ToString() => $"{Value}";
}

public readonly record struct LabelId(long Value) : IComparable<LabelId>
{
    public int CompareTo(LabelId other) => Value.CompareTo(other.Value);
    public override string ToString() => $"{Value}";
}
