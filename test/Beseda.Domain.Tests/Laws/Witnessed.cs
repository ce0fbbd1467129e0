using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Files;
using Beseda.Domain.Ratings;

namespace Beseda.Domain.Tests.Laws;

/// <summary>What events say of messages, read off the events alone.</summary>
internal static class Witnessed
{
    /// <summary>A number in a chat that numbers its messages. What has no name there has no number either.</summary>
    public static (VisitorId Visitor, long Number)? Number(Event happened) => happened switch
    {
        MessagePosted { Number: { } number, External: not null } e => (e.Visitor, number),
        MessageSent { Number: { } number } e => (e.Visitor, number),
        ConversationClosed { Number: { } number } e => (e.Visitor, number),
        ConversationRated { Number: { } number } e => (e.Visitor, number),
        _ => null,
    };

    /// <summary>The message that an event is about.</summary>
    public static long? Message(Recorded recorded) => recorded.Event switch
    {
        MessagePosted => recorded.Seq,
        MessageEdited e => e.Message,
        MessageDeleted e => e.Message,
        MessageSent e => e.Message,
        MessageDelivered e => e.Message,
        MessageFailed e => e.Message,
        MessageResent e => e.Message,
        FileArrived e => e.Message,
        _ => null,
    };

    /// <summary>All that is told of each message, in order; it begins with its being posted.</summary>
    public static IEnumerable<(long Seq, IReadOnlyList<Event> Happened)> Messages(Story story) => story.Journal
        .Where(one => Message(one) is not null).GroupBy(one => Message(one)!.Value)
        .Select(about => (about.Key, (IReadOnlyList<Event>)[.. about.Select(one => one.Event)]));
}
