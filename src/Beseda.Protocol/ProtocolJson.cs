using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Beseda.Protocol;

/// <summary>The JSON of the protocol: camelCase, times in UTC with milliseconds, nothing written for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(Milliseconds)])]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(ConversationMoved))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(VisitorMessage))]
[JsonSerializable(typeof(MessageAccepted))]
[JsonSerializable(typeof(TypingRequest))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(CloseRequest))]
[JsonSerializable(typeof(RatingRequest))]
[JsonSerializable(typeof(TimelinePage))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(Desk))]
[JsonSerializable(typeof(StatusRequest))]
[JsonSerializable(typeof(OperatorMessage))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(ConversationTimeline))]
[JsonSerializable(typeof(ConversationPage))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(MergeRequest))]
[JsonSerializable(typeof(SeparateRequest))]
[JsonSerializable(typeof(IReadOnlyList<Invitation>))]
[JsonSerializable(typeof(LabelRequest))]
[JsonSerializable(typeof(OverviewReport))]
[JsonSerializable(typeof(ServiceReport))]
[JsonSerializable(typeof(PageReport))]
[JsonSerializable(typeof(SatisfactionReport))]
[JsonSerializable(typeof(ChannelsReport))]
[JsonSerializable(typeof(QueueReport))]
[JsonSerializable(typeof(CategoriesReport))]
[JsonSerializable(typeof(Label))]
[JsonSerializable(typeof(IReadOnlyList<Label>))]
[JsonSerializable(typeof(AccountSettings))]
[JsonSerializable(typeof(DepartmentSettings))]
[JsonSerializable(typeof(IReadOnlyList<DepartmentSettings>))]
[JsonSerializable(typeof(OperatorSettings))]
[JsonSerializable(typeof(IReadOnlyList<OperatorSettings>))]
[JsonSerializable(typeof(EditedMessage))]
[JsonSerializable(typeof(IReadOnlyList<ChannelKind>))]
[JsonSerializable(typeof(ChannelSettings))]
[JsonSerializable(typeof(IReadOnlyList<ChannelSettings>))]
[JsonSerializable(typeof(ChannelTest))]
[JsonSerializable(typeof(ChannelTested))]
[JsonSerializable(typeof(FileLink))]
[JsonSerializable(typeof(WebhookSettings))]
[JsonSerializable(typeof(IReadOnlyList<WebhookSettings>))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(JournalPage))]
[JsonSerializable(typeof(TypingSignal))]
[JsonSerializable(typeof(QueueSignal))]
[JsonSerializable(typeof(AvailabilitySignal))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ProtocolJson : JsonSerializerContext;

/// <summary>ISO 8601 in UTC with milliseconds: <c>2026-01-31T09:30:00.125Z</c>. Reads any offset and precision.</summary>
public sealed class Milliseconds : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[24];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
