using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Beseda.Domain.Accounts;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Files;
using Beseda.Domain.Labels;
using Beseda.Domain.Metrics;
using Beseda.Domain.Operators;
using Beseda.Domain.Ratings;
using Beseda.Domain.Visitors;

namespace Beseda.Server.Storage;

/// <summary>
/// The JSON that lies in the database: events' bodies and words, and the rows of the projections. Additive only: what a
/// release wrote, every later one reads.
/// </summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConversationStarted))]
[JsonSerializable(typeof(ConversationQueued))]
[JsonSerializable(typeof(ConversationAssigned))]
[JsonSerializable(typeof(ConversationAccepted))]
[JsonSerializable(typeof(ConversationTransferred))]
[JsonSerializable(typeof(ConversationClosed))]
[JsonSerializable(typeof(ConversationMoved))]
[JsonSerializable(typeof(ConversationMerged))]
[JsonSerializable(typeof(MessagePosted))]
[JsonSerializable(typeof(MessageRead))]
[JsonSerializable(typeof(VisitorStopped))]
[JsonSerializable(typeof(MessageEdited))]
[JsonSerializable(typeof(MessageDeleted))]
[JsonSerializable(typeof(MessageSent))]
[JsonSerializable(typeof(MessageDelivered))]
[JsonSerializable(typeof(MessageFailed))]
[JsonSerializable(typeof(MessageResent))]
[JsonSerializable(typeof(FileArrived))]
[JsonSerializable(typeof(MessageState))]
[JsonSerializable(typeof(ChannelChanged))]
[JsonSerializable(typeof(ChannelRemoved))]
[JsonSerializable(typeof(RatingAsked))]
[JsonSerializable(typeof(ConversationRated))]
[JsonSerializable(typeof(OperatorChanged))]
[JsonSerializable(typeof(OperatorStatusChanged))]
[JsonSerializable(typeof(DepartmentChanged))]
[JsonSerializable(typeof(AccountChanged))]
[JsonSerializable(typeof(LabelChanged))]
[JsonSerializable(typeof(ConversationLabelled))]
[JsonSerializable(typeof(VisitorIdentified))]
[JsonSerializable(typeof(VisitorsLinked))]
[JsonSerializable(typeof(VisitorsSeparated))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(Visitor))]
[JsonSerializable(typeof(Operator))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static readonly StoredJson Instance = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = null,
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Stored and sent as JSON only, never inside HTML: Cyrillic stays readable and half the size.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new IdJson<ConversationId>(id => id.Value, value => new(value)),
            new IdJson<VisitorId>(id => id.Value, value => new(value)),
            new IdJson<PersonId>(id => id.Value, value => new(value)),
            new IdJson<OperatorId>(id => id.Value, value => new(value)),
            new IdJson<DepartmentId>(id => id.Value, value => new(value)),
            new IdJson<ChannelId>(id => id.Value, value => new(value)),
            new IdJson<LabelId>(id => id.Value, value => new(value)),
            new ElapsedJson(),
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
        },
    });
}

/// <summary>Two numbers; one, where all of the time was worked.</summary>
internal sealed class ElapsedJson : JsonConverter<Elapsed>
{
    public override Elapsed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return new Elapsed(reader.GetInt64(), reader.GetInt64());
        reader.Read();
        var passed = reader.GetInt64();
        reader.Read();
        var worked = reader.GetInt64();
        reader.Read();
        return new Elapsed(passed, worked);
    }

    public override void Write(Utf8JsonWriter writer, Elapsed value, JsonSerializerOptions options)
    {
        if (value.Passed == value.Worked)
        {
            writer.WriteNumberValue(value.Passed);
            return;
        }

        writer.WriteStartArray();
        writer.WriteNumberValue(value.Passed);
        writer.WriteNumberValue(value.Worked);
        writer.WriteEndArray();
    }
}

/// <summary>An id is written as its bare number.</summary>
internal sealed class IdJson<T>(Func<T, long> number, Func<long, T> id) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => id(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(number(value));
}
