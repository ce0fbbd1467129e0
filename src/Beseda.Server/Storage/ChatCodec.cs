using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;
using Beseda.Journal;

namespace Beseda.Server.Storage;

/// <summary>Events as bytes: the body without a person's words, and the words apart.</summary>
public sealed class ChatCodec : ICodec<Event>
{
    private static readonly StoredJson Json = StoredJson.Instance;

    public Encoded Encode(Event happened) => happened switch
    {
        MessagePosted e => Encode(Kind.MessagePosted, e with { Words = null }, Json.MessagePosted, Words(e.Words, Json.MessageWords)),
        MessageRead e => Encode(Kind.MessageRead, e, Json.MessageRead),
        MessageEdited e => Encode(Kind.MessageEdited, e with { Words = null }, Json.MessageEdited, Words(e.Words, Json.MessageWords)),
        FileArrived e => Encode(Kind.FileArrived, e with { Words = null }, Json.FileArrived, Words(e.Words, Json.FileWords)),
        MessageDeleted e => Encode(Kind.MessageDeleted, e, Json.MessageDeleted),
        MessageSent e => Encode(Kind.MessageSent, e, Json.MessageSent),
        MessageDelivered e => Encode(Kind.MessageDelivered, e, Json.MessageDelivered),
        MessageFailed e => Encode(Kind.MessageFailed, e, Json.MessageFailed),
        MessageResent e => Encode(Kind.MessageResent, e, Json.MessageResent),
        VisitorStopped e => Encode(Kind.VisitorStopped, e, Json.VisitorStopped),
        ChannelChanged e => Encode(Kind.ChannelChanged, e, Json.ChannelChanged),
        ChannelRemoved e => Encode(Kind.ChannelRemoved, e, Json.ChannelRemoved),
        ConversationStarted e => Encode(Kind.ConversationStarted, e, Json.ConversationStarted),
        ConversationQueued e => Encode(Kind.ConversationQueued, e, Json.ConversationQueued),
        ConversationAssigned e => Encode(Kind.ConversationAssigned, e, Json.ConversationAssigned),
        ConversationAccepted e => Encode(Kind.ConversationAccepted, e, Json.ConversationAccepted),
        ConversationTransferred e => Encode(
            Kind.ConversationTransferred, e with { Words = null }, Json.ConversationTransferred, Words(e.Words, Json.TransferWords)),
        ConversationClosed e => Encode(Kind.ConversationClosed, e, Json.ConversationClosed),
        ConversationMoved e => Encode(Kind.ConversationMoved, e, Json.ConversationMoved),
        ConversationMerged e => Encode(Kind.ConversationMerged, e, Json.ConversationMerged),
        RatingAsked e => Encode(Kind.RatingAsked, e, Json.RatingAsked),
        ConversationRated e => Encode(Kind.ConversationRated, e with { Words = null }, Json.ConversationRated, Words(e.Words, Json.RatingWords)),
        OperatorChanged e => Encode(Kind.OperatorChanged, e with { Words = null }, Json.OperatorChanged, Words(e.Words, Json.OperatorProfile)),
        OperatorStatusChanged e => Encode(Kind.OperatorStatusChanged, e, Json.OperatorStatusChanged),
        DepartmentChanged e => Encode(Kind.DepartmentChanged, e, Json.DepartmentChanged),
        LabelChanged e => Encode(Kind.LabelChanged, e, Json.LabelChanged),
        ConversationLabelled e => Encode(Kind.ConversationLabelled, e, Json.ConversationLabelled),
        AccountChanged e => Encode(Kind.AccountChanged, e, Json.AccountChanged),
        VisitorIdentified e => Encode(Kind.VisitorIdentified, e with { Words = null }, Json.VisitorIdentified, Words(e.Words, Json.VisitorProfile)),
        VisitorsLinked e => Encode(Kind.VisitorsLinked, e, Json.VisitorsLinked),
        VisitorsSeparated e => Encode(Kind.VisitorsSeparated, e, Json.VisitorsSeparated),
        _ => throw new UnreachableException($"No bytes for {happened.GetType().Name}."),
    };

    public Event Decode(in Encoded encoded) => (Kind)encoded.Kind switch
    {
        Kind.MessagePosted => Read(encoded, Json.MessagePosted) with { Words = Words(encoded, Json.MessageWords) },
        Kind.MessageRead => Read(encoded, Json.MessageRead),
        Kind.MessageEdited => Read(encoded, Json.MessageEdited) with { Words = Words(encoded, Json.MessageWords) },
        Kind.FileArrived => Read(encoded, Json.FileArrived) with { Words = Words(encoded, Json.FileWords) },
        Kind.MessageDeleted => Read(encoded, Json.MessageDeleted),
        Kind.MessageSent => Read(encoded, Json.MessageSent),
        Kind.MessageDelivered => Read(encoded, Json.MessageDelivered),
        Kind.MessageFailed => Read(encoded, Json.MessageFailed),
        Kind.MessageResent => Read(encoded, Json.MessageResent),
        Kind.VisitorStopped => Read(encoded, Json.VisitorStopped),
        Kind.ChannelChanged => Read(encoded, Json.ChannelChanged),
        Kind.ChannelRemoved => Read(encoded, Json.ChannelRemoved),
        Kind.ConversationStarted => Read(encoded, Json.ConversationStarted),
        Kind.ConversationQueued => Read(encoded, Json.ConversationQueued),
        Kind.ConversationAssigned => Read(encoded, Json.ConversationAssigned),
        Kind.ConversationAccepted => Read(encoded, Json.ConversationAccepted),
        Kind.ConversationTransferred => Read(encoded, Json.ConversationTransferred) with { Words = Words(encoded, Json.TransferWords) },
        Kind.ConversationClosed => Read(encoded, Json.ConversationClosed),
        Kind.ConversationMoved => Read(encoded, Json.ConversationMoved),
        Kind.ConversationMerged => Read(encoded, Json.ConversationMerged),
        Kind.RatingAsked => Read(encoded, Json.RatingAsked),
        Kind.ConversationRated => Read(encoded, Json.ConversationRated) with { Words = Words(encoded, Json.RatingWords) },
        Kind.OperatorChanged => Read(encoded, Json.OperatorChanged) with { Words = Words(encoded, Json.OperatorProfile) },
        Kind.OperatorStatusChanged => Read(encoded, Json.OperatorStatusChanged),
        Kind.DepartmentChanged => Read(encoded, Json.DepartmentChanged),
        Kind.LabelChanged => Read(encoded, Json.LabelChanged),
        Kind.ConversationLabelled => Read(encoded, Json.ConversationLabelled),
        Kind.AccountChanged => Read(encoded, Json.AccountChanged),
        Kind.VisitorIdentified => Read(encoded, Json.VisitorIdentified) with { Words = Words(encoded, Json.VisitorProfile) },
        Kind.VisitorsLinked => Read(encoded, Json.VisitorsLinked),
        Kind.VisitorsSeparated => Read(encoded, Json.VisitorsSeparated),
        _ => new Unknown(encoded.Kind),
    };

    private static Encoded Encode<T>(Kind kind, T body, JsonTypeInfo<T> type, byte[]? words = null)
        where T : Event
    {
        var (conversation, visitor) = body switch
        {
            ConversationEvent e => (e.Conversation.Value, e.Visitor.Value),
            VisitorIdentified e => ((long?)null, e.Visitor.Value),
            _ => ((long?)null, (long?)null),
        };
        return new Encoded(conversation, visitor, (short)kind, JsonSerializer.SerializeToUtf8Bytes(body, type), words);
    }

    private static byte[]? Words<T>(T? words, JsonTypeInfo<T> type)
        where T : class =>
        words is null ? null : JsonSerializer.SerializeToUtf8Bytes(words, type);

    private static T Read<T>(in Encoded encoded, JsonTypeInfo<T> type)
        where T : Event =>
        JsonSerializer.Deserialize(encoded.Body, type) ?? throw new JsonException("An event's body is null.");

    private static T? Words<T>(in Encoded encoded, JsonTypeInfo<T> type)
        where T : class =>
        encoded.Words is { } words ? JsonSerializer.Deserialize(words, type) : null;
}
