using System.Text.Json;
using System.Text.Json.Serialization;

namespace Beseda.Protocol;

[JsonConverter(typeof(Lower<AuthorKind>))]
public enum AuthorKind { Visitor, Operator, Bot, System }

[JsonConverter(typeof(Lower<ConversationStatus>))]
public enum ConversationStatus { Queued, Assigned, Active, Closed }

[JsonConverter(typeof(Lower<ClosedBy>))]
public enum ClosedBy { Visitor, Operator, Timeout, System }

[JsonConverter(typeof(Lower<OperatorStatus>))]
public enum OperatorStatus { Online, Away, Offline }

[JsonConverter(typeof(Lower<Role>))]
public enum Role { Operator, Supervisor, Administrator }

/// <summary>How a department's queue is emptied: operators pick by hand, or conversations are offered to them in turn.</summary>
[JsonConverter(typeof(Lower<Routing>))]
public enum Routing { Hand, Automatic }

/// <summary>How far a message to a visitor has got in its channel.</summary>
[JsonConverter(typeof(Lower<Delivery>))]
public enum Delivery { Sent, Delivered, Failed }

/// <summary>What is wrong with a channel: nothing; it does not answer; its token is refused; the platform no longer tells it anything; it is switched off.</summary>
[JsonConverter(typeof(Lower<ChannelState>))]
public enum ChannelState { Ok, Failing, TokenRefused, NotSubscribed, Off }

/// <summary>Of a file that is not there: on its way from its channel, or lost there.</summary>
[JsonConverter(typeof(Lower<FileState>))]
public enum FileState { Pending, Lost }

/// <summary>Whether writing now will find somebody: an operator with room, all of them busy, or nobody there.</summary>
[JsonConverter(typeof(Lower<Availability>))]
public enum Availability { Online, Busy, Offline }

/// <summary>Writes an enum by its name in camel case and reads nothing but names.</summary>
public sealed class Lower<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
