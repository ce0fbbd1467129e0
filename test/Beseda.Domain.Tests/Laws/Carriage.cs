using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;

namespace Beseda.Domain.Tests.Laws;

/// <summary>What Beseda itself has to say of messages on their way to a channel and from it.</summary>
internal static class Carriage
{
    public static Command Says(AccountState state, Step step, int turn) => step.Deed switch
    {
        Deed.PartIsSent when Outgoing(state, step) is { } message => Sent(state, step, message),
        Deed.SendingFails when Outgoing(state, step) is { } message => new RecordFailure(
            message.Conversation, message.Visitor, message.Seq, (DeliveryFault)(step.How % 5), step.How < 5 ? "403" : null),
        Deed.FileArrives when Chats.Messages(state).Where(Chats.HasFile).ElementAtOrDefault(step.What / 5) is { } message => Arrives(step, message),
        Deed.AnswerIsMirrored => Mirrored(state, step, turn),
        _ => Tick.Now,
    };

    /// <summary>Mostly one that failed.</summary>
    public static ResendMessage Resends(AccountState state, Step step)
    {
        var message = Chats.Messages(state).FirstOrDefault(one => one.Delivery == Delivery.Failed || step.How == 9);
        return message is null ? new ResendMessage(new ConversationId(step.What), step.How) : new ResendMessage(message.Conversation, message.Message);
    }

    /// <summary>One of the last things said to somebody in a channel.</summary>
    private static MessageStub? Outgoing(AccountState state, Step step) => state.Messages.Values
        .Where(one => Chats.IsChat(one.Visitor) && !one.Note && one.Author.Kind != AuthorKind.Visitor)
        .OrderByDescending(one => one.Seq).ElementAtOrDefault(step.What / 4);

    /// <summary>Part by part; now and then one again, under the same name, or another one because it was sent twice.</summary>
    private static RecordSent Sent(AccountState state, Step step, MessageStub message)
    {
        var of = 1 + (int)(message.Seq % 3);
        var next = state.MessageStates.GetValueOrDefault(message.Seq)?.Externals.Length ?? 0;
        var part = step.How < 7 ? Math.Min(next, of - 1) : step.How % of;
        return new RecordSent(
            message.Conversation, message.Visitor, message.Seq, part, of, $"sent {message.Seq}.{part}{(step.How == 9 ? " twice" : "")}",
            Chats.Next(state, message.Visitor));
    }

    private static ArriveFile Arrives(Step step, MessageState message) => new(
        message.Conversation, message.Visitor, message.Message,
        new MessageFile($"f{message.Message}", step.How < 6 ? FileStage.Ready : FileStage.Lost, "image/jpeg", 1000 * step.How, 640, 480),
        new FileWords("photo.jpg"));

    private static MirrorMessage Mirrored(AccountState state, Step step, int turn)
    {
        var visitor = Chats.Visitor(step);
        var known = Chats.Messages(state).FirstOrDefault(one => one.Visitor == visitor && !one.Externals.IsEmpty);
        return new MirrorMessage(
            $"m{turn}", visitor, "!", step.How >= 7 && known is not null ? known.Externals[0] : $"mirrored {turn}", Chats.Next(state, visitor) + step.How % 3);
    }
}
