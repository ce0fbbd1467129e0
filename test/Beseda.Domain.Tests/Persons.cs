using System.Collections.Immutable;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Tests;

internal static class Persons
{
    /// <summary>What a company's site says of a signed-in customer.</summary>
    public static VisitorProfile Profile(string name) =>
        new($"subject of {name}", ImmutableSortedDictionary<string, string>.Empty.Add("name", name));
}
