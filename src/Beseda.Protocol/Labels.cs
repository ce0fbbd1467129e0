using System.Text.Json.Serialization;

namespace Beseda.Protocol;

/// <summary>What conversations are sorted by. <c>/api/admin/labels</c>, and on the desk.</summary>
/// <param name="Kind">Cannot be changed.</param>
/// <param name="Parent">The category that this one is part of; there are two levels.</param>
/// <param name="Enabled">Nothing new is sorted under it otherwise; what was, stays.</param>
public sealed record Label(LabelKind Kind, string Name, long? Parent = null, bool Enabled = true, long? Id = null);

[JsonConverter(typeof(JsonStringEnumConverter<LabelKind>))]
public enum LabelKind
{
    /// <summary>What it was about: a conversation has one at most.</summary>
    [JsonStringEnumMemberName("category")] Category,
    /// <summary>What else is to be known of it.</summary>
    [JsonStringEnumMemberName("tag")] Tag,
}
