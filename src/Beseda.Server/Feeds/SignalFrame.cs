using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Beseda.Domain.Conversations;
using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Journal;

namespace Beseda.Server.Feeds;

/// <summary>Something that is true just now: who types, where one stands in the queue. Never journaled; may be lost.</summary>
/// <param name="keys">Who may hear of it.</param>
/// <param name="about">Whose conversation; null for what concerns all.</param>
/// <param name="forVisitor">Null: not for visitors.</param>
/// <param name="forOperators">Null: not for operators.</param>
internal sealed class SignalFrame(IReadOnlyList<FeedKey> keys, Conversation? about, byte[]? forVisitor, byte[]? forOperators) : FeedFrame
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override long Seq => 0;

    public override IReadOnlyList<FeedKey> Keys => keys;

    public override ReadOnlyMemory<byte> For(VisitorId visitor) =>
        about is null || about.Visitor == visitor ? forVisitor : default(ReadOnlyMemory<byte>);

    public override ReadOnlyMemory<byte> For(Operator person) =>
        about is null || Visibility.Sees(person, about) ? forOperators : default(ReadOnlyMemory<byte>);

    /// <summary>As text, for the readers of another node.</summary>
    public string Pack() => JsonSerializer.Serialize(
        new Packed([.. keys.Select(key => new[] { key.Kind, key.Id })], about?.Id.Value, Text(forVisitor), Text(forOperators)), Json);

    /// <returns>Null when it is about a conversation that is not open here.</returns>
    public static SignalFrame? Unpack(AccountState state, string packed)
    {
        var (keys, about, forVisitor, forOperators) = JsonSerializer.Deserialize<Packed>(packed, Json)!;
        Conversation? conversation = null;
        if (about is { } id && !state.Conversations.TryGetValue(new ConversationId(id), out conversation))
            return null;
        return new SignalFrame([.. keys.Select(key => new FeedKey((byte)key[0], key[1]))], conversation, Bytes(forVisitor), Bytes(forOperators));
    }

    /// <summary>The keys of everybody on the operators' side who sees a conversation.</summary>
    public static List<FeedKey> OperatorKeys(Conversation conversation) =>
        [FeedKeys.Everything, FeedKeys.Of(conversation.Department), .. conversation.Participants.Select(FeedKeys.Of)];

    private static string? Text(byte[]? frame) => frame is null ? null : Encoding.UTF8.GetString(frame);

    private static byte[]? Bytes(string? frame) => frame is null ? null : Encoding.UTF8.GetBytes(frame);

    private sealed record Packed(long[][] Keys, long? About, string? ForVisitor, string? ForOperators);
}
