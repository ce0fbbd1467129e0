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

/// <summary>Whether writing now will find somebody: an operator with room, all of them busy, or nobody there.</summary>
[JsonConverter(typeof(Lower<Availability>))]
public enum Availability { Online, Busy, Offline }

/// <summary>Writes an enum by its name in camel case and reads nothing but names.</summary>
public sealed class Lower<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
