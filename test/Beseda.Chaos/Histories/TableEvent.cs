using System.Text.Json;

namespace Beseda.Chaos.Histories;

/// <summary>A row of the table <c>events</c>.</summary>
/// <param name="At">Microseconds since 1970.</param>
/// <param name="Text">What a message says; null elsewhere.</param>
public sealed record TableEvent(long Seq, int Kind, long? Conversation, long? Visitor, long At, JsonElement Body, string? Text)
{
    public const int Message = 20;

    public string? ClientId => Kind == Message ? Body.GetProperty("clientId").GetString() : null;

    public bool IsNote => Kind == Message && Body.TryGetProperty("note", out var note) && note.GetBoolean();

    /// <summary>A number of the body; null when it is not there.</summary>
    public long? Number(string name) => Number(Body, name);

    public static long? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}

/// <summary>A row of the table <c>conversations</c>: the server's own idea of what the events come to.</summary>
/// <param name="Stage"><c>queued</c>, <c>assigned</c>, <c>active</c> or <c>closed</c>.</param>
/// <param name="Operator">Who it is offered to or whose it is, while it is either.</param>
public sealed record TableConversation(long Id, long Visitor, bool Open, string Stage, long? Operator);
