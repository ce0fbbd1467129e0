using Beseda.Domain.Operators;
using Beseda.Domain.Visitors;
using Beseda.Journal;

namespace Beseda.Server.Feeds;

/// <summary>What wakes whom.</summary>
internal static class FeedKeys
{
    /// <summary>Supervisors and administrators: whatever happens in any conversation.</summary>
    public static readonly FeedKey Everything = new(4, 0);

    /// <summary>Every operator: statuses and settings.</summary>
    public static readonly FeedKey Staff = new(5, 0);

    /// <summary>Every visitor: whether anybody is there.</summary>
    public static readonly FeedKey Lobby = new(7, 0);

    public static FeedKey Of(VisitorId visitor) => new(1, visitor.Value);

    public static FeedKey Of(DepartmentId department) => new(2, department.Value);

    public static FeedKey Of(OperatorId person) => new(3, person.Value);

    /// <summary>A visitor token, so that the feeds it opened end when it is replaced.</summary>
    public static FeedKey OfToken(long nonce) => new(6, nonce);

    public static FeedKey[] Of(Operator person) =>
        [Staff, Of(person.Id), .. person.Departments.Select(Of), .. Visibility.SeesAll(person) ? [Everything] : Array.Empty<FeedKey>()];
}
