using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Beseda.Domain.Tests.Laws;

/// <summary>Everything that stands in an object, as text: two states are the same when their portraits are.</summary>
internal static class Portrait
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>A line for each entry of each collection of the state, so that what differs can be named.</summary>
    public static IReadOnlySet<string> Of(AccountState state) => PropertiesOf(typeof(AccountState))
        .SelectMany(property => Entries(property.GetValue(state)).Select(entry => $"{property.Name}: {entry}")).ToHashSet();

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Draw(text, value);
        return text.ToString();
    }

    public static void AssertSame(AccountState expected, AccountState actual)
    {
        var (one, other) = (Of(expected), Of(actual));
        Assert.True(
            one.SetEquals(other), $"Expected:\n{string.Join('\n', one.Except(other))}\nIt is:\n{string.Join('\n', other.Except(one))}");
    }

    private static IEnumerable<string> Entries(object? value) => value is IEnumerable many and not string
        ? many.Cast<object?>().Select(Of)
        : [Of(value)];

    private static void Draw(StringBuilder text, object? value)
    {
        if (value is DateTimeOffset time)
            text.Append(time.ToString("O"));
        else if (value is null or string or IConvertible or TimeSpan or ConversationId or VisitorId or OperatorId or DepartmentId or ChannelId or LabelId)
            text.Append(value ?? "null");
        else if (value is ITuple tuple)
            text.Append('(').AppendJoin(", ", Enumerable.Range(0, tuple.Length).Select(one => Of(tuple[one]))).Append(')');
        else if (value is IEnumerable many)
            text.Append('[').AppendJoin(", ", many.Cast<object?>().Select(Of)).Append(']');
        else
            text.Append(value.GetType().Name).Append('(')
                .AppendJoin(", ", Fields(value)).Append(')');
    }

    private static IEnumerable<string> Fields(object value) =>
        from property in PropertiesOf(value.GetType())
        let field = property.GetValue(value)
        where field is not null
        select $"{property.Name}={Of(field)}";

    private static PropertyInfo[] PropertiesOf(Type type) => Known.GetOrAdd(
        type, one => [.. one.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)]);
}
