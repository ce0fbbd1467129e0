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
    public override long Seq => 0;

    public override IReadOnlyList<FeedKey> Keys => keys;

    public override ReadOnlyMemory<byte> For(VisitorId visitor) =>
        about is null || about.Visitor == visitor ? forVisitor : default(ReadOnlyMemory<byte>);

    public override ReadOnlyMemory<byte> For(Operator person) =>
        about is null || Visibility.Sees(person, about) ? forOperators : default(ReadOnlyMemory<byte>);

    /// <summary>The keys of everybody on the operators' side who sees a conversation.</summary>
    public static List<FeedKey> OperatorKeys(Conversation conversation) =>
        [FeedKeys.Everything, FeedKeys.Of(conversation.Department), .. conversation.Participants.Select(FeedKeys.Of)];
}
