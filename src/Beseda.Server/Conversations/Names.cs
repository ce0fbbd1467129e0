using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Conversations;
using Beseda.Domain.Deliveries;
using Beseda.Domain.Departments;
using Beseda.Domain.Labels;
using Beseda.Domain.Operators;
using Beseda.Domain.Routing;
using Beseda.Domain.Visitors;

namespace Beseda.Server.Conversations;

/// <summary>The domain's names in the protocol, one by one: a name may change here without changing there.</summary>
internal static class Names
{
    public static Wire.AuthorKind Of(AuthorKind kind) => kind switch
    {
        AuthorKind.Visitor => Wire.AuthorKind.Visitor,
        AuthorKind.Operator => Wire.AuthorKind.Operator,
        AuthorKind.Bot => Wire.AuthorKind.Bot,
        AuthorKind.System => Wire.AuthorKind.System,
    };

    public static Wire.ConversationStatus Of(Stage stage) => stage switch
    {
        Stage.Queued => Wire.ConversationStatus.Queued,
        Stage.Assigned => Wire.ConversationStatus.Assigned,
        Stage.Active => Wire.ConversationStatus.Active,
        Stage.Closed => Wire.ConversationStatus.Closed,
    };

    public static Wire.OperatorStatus Of(Status status) => status switch
    {
        Status.Online => Wire.OperatorStatus.Online,
        Status.Away => Wire.OperatorStatus.Away,
        Status.Offline => Wire.OperatorStatus.Offline,
    };

    public static Status From(Wire.OperatorStatus status) => status switch
    {
        Wire.OperatorStatus.Online => Status.Online,
        Wire.OperatorStatus.Away => Status.Away,
        Wire.OperatorStatus.Offline => Status.Offline,
    };

    public static Wire.LabelKind Of(LabelKind kind) => kind switch
    {
        LabelKind.Category => Wire.LabelKind.Category,
        LabelKind.Tag => Wire.LabelKind.Tag,
    };

    public static LabelKind From(Wire.LabelKind kind) => kind switch
    {
        Wire.LabelKind.Category => LabelKind.Category,
        Wire.LabelKind.Tag => LabelKind.Tag,
    };

    public static Wire.Label Of(Label label) => new(Of(label.Kind), label.Name, label.Parent?.Value, label.Enabled, label.Id.Value);

    public static Wire.Role Of(Role role) => role switch
    {
        Role.Operator => Wire.Role.Operator,
        Role.Supervisor => Wire.Role.Supervisor,
        Role.Administrator => Wire.Role.Administrator,
    };

    public static Role From(Wire.Role role) => role switch
    {
        Wire.Role.Operator => Role.Operator,
        Wire.Role.Supervisor => Role.Supervisor,
        Wire.Role.Administrator => Role.Administrator,
    };

    public static Wire.Routing Of(Routed routing) => routing switch
    {
        Routed.Hand => Wire.Routing.Hand,
        Routed.Automatic => Wire.Routing.Automatic,
    };

    public static Routed From(Wire.Routing routing) => routing switch
    {
        Wire.Routing.Hand => Routed.Hand,
        Wire.Routing.Automatic => Routed.Automatic,
    };

    public static Wire.Availability Of(Openness openness) => openness switch
    {
        Openness.Online => Wire.Availability.Online,
        Openness.Busy => Wire.Availability.Busy,
        Openness.Offline => Wire.Availability.Offline,
    };

    public static Wire.ClosedBy Of(Closer by) => by switch
    {
        Closer.Visitor => Wire.ClosedBy.Visitor,
        Closer.Operator => Wire.ClosedBy.Operator,
        Closer.Timeout => Wire.ClosedBy.Timeout,
        Closer.System => Wire.ClosedBy.System,
    };

    public static string Of(CloseReason reason) => reason switch
    {
        CloseReason.Finished => "finished",
        CloseReason.Idle => "idle",
        CloseReason.Merged => "merged",
    };

    public static string Of(QueueReason reason) => reason switch
    {
        QueueReason.New => "new",
        QueueReason.Transfer => "transfer",
        QueueReason.AcceptTimeout => "accept-timeout",
        QueueReason.OperatorLost => "operator-lost",
        QueueReason.OperatorOffline => "operator-offline",
    };

    public static string Of(StatusCause cause) => cause switch
    {
        StatusCause.Set => "set",
        StatusCause.ConnectionLost => "connection-lost",
        StatusCause.Reconnected => "reconnected",
        StatusCause.Disabled => "disabled",
        StatusCause.Took => "took",
    };

    public static string Of(LinkCause cause) => cause switch
    {
        LinkCause.Link => "link",
        LinkCause.Phone => "phone",
        LinkCause.Operator => "operator",
    };

    public static string Of(DeliveryFault fault) => fault switch
    {
        DeliveryFault.Refused => "refused",
        DeliveryFault.Blocked => "blocked",
        DeliveryFault.TooLate => "too-late",
        DeliveryFault.Expired => "expired",
        DeliveryFault.ChannelOff => "channel-off",
    };

    public static string Of(Rule rule) => rule switch
    {
        Rule.Hand => "hand",
        Rule.Transfer => "transfer",
        Rule.LastOperator => "last-operator",
        Rule.OnlyOne => "only-one",
        Rule.FewestOpen => "fewest-open",
        Rule.LongestIdle => "longest-idle",
    };

    public static string Of(Hindrance reason) => reason switch
    {
        Hindrance.Offline => "offline",
        Hindrance.Away => "away",
        Hindrance.Unreachable => "unreachable",
        Hindrance.AtLimit => "at-limit",
        Hindrance.MissedOffer => "missed-offer",
        Hindrance.NotChosen => "not-chosen",
    };

    public static Wire.Why Of(Why why) => new(
        Of(why.Rule),
        [.. why.Considered.Select(one => new Wire.Considered(one.Operator.Value, one.Open, one.Limit, one.IdleSince))],
        [.. why.PassedOver.Select(one => new Wire.PassedOver(one.Operator.Value, Of(one.Reason)))],
        why.More.IsEmpty ? null : why.More.ToDictionary(pair => Of(pair.Key), pair => pair.Value));

    /// <summary>A visitor's id on the wire: thirteen characters, opaque.</summary>
    public static string Of(VisitorId id) => id.Value.ToString("x", CultureInfo.InvariantCulture);

    /// <returns>Null: no visitor is called so.</returns>
    public static VisitorId? Visitor(string name) =>
        long.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? new VisitorId(id) : null;
}

internal static class VisitorFields
{
    public static readonly IReadOnlyDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;
}
