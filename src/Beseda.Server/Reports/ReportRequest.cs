using System.Globalization;
using Beseda.Domain.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Reports.Counting;
using Microsoft.Extensions.Primitives;

namespace Beseda.Server.Reports;

/// <summary>
/// What is asked for in the address of a report: <c>from</c> and <c>to</c> (a day on the account's clocks, or a time with its offset; to is no
/// part of the period), <c>bucket</c> (hour, day, week, month), and filters, each once or several times: <c>channel</c>, <c>department</c>,
/// <c>operator</c>, <c>category</c> (with its parts), <c>tag</c>, <c>language</c>, <c>location</c>.
/// </summary>
internal static class ReportRequest
{
    private const int MostBuckets = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_700);

    /// <returns>Null when something is wrong with it.</returns>
    public static ReportQuery? Read(IQueryCollection asked, AccountState state, DateTimeOffset now, out IResult? wrong)
    {
        wrong = null;
        var clock = new ReportClock(state.Account.Zone);
        var today = clock.Today(now);
        if (Time(asked, "from", clock, today.AddDays(-29)) is not { } from)
            wrong = Problems.Invalid("from", "A day such as 2026-01-31, or a time with its offset.");
        else if (Time(asked, "to", clock, today.AddDays(1)) is not { } to)
            wrong = Problems.Invalid("to", "A day such as 2026-01-31, or a time with its offset.");
        else if (to <= from || to - from > Longest)
            wrong = Problems.Invalid("to", "After from, and no more than ten years.");
        else if (Unit(asked["bucket"], to - from) is not { } unit)
            wrong = Problems.Invalid("bucket", "hour, day, week or month.");
        else if (Numbers(asked, "department", out var departments) is { } no)
            wrong = no;
        else if ((Numbers(asked, "operator", out var operators) ?? Numbers(asked, "category", out _) ?? Numbers(asked, "tag", out _)) is { } neither)
            wrong = neither;
        else if (new ReportClock(state.Account.Zone, unit) is var buckets && buckets.Buckets(from, to).Take(MostBuckets + 1).Count() > MostBuckets)
            wrong = Problems.Invalid("bucket", $"There may be {MostBuckets}.");
        else
            return new ReportQuery(from, to, buckets)
            {
                Channels = Names(asked, "channel"),
                Locations = Names(asked, "location"),
                Languages = Names(asked, "language"),
                Departments = departments,
                Operators = operators,
                Categories = WithParts(state, asked),
                Tags = Some(asked, "tag"),
            };
        return null;
    }

    private static DateTimeOffset? Time(IQueryCollection asked, string name, ReportClock clock, DateOnly otherwise)
    {
        var text = asked[name].ToString();
        if (text.Length == 0)
            return clock.Midnight(otherwise);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.Year is > 1970 and < 9000 ? clock.Midnight(day) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is > 1970 and < 9000
            ? DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds())
            : null;
    }

    /// <summary>Where none is asked for, some tens of them.</summary>
    private static BucketUnit? Unit(StringValues asked, TimeSpan period) => asked.ToString() switch
    {
        "hour" => BucketUnit.Hour,
        "day" => BucketUnit.Day,
        "week" => BucketUnit.Week,
        "month" => BucketUnit.Month,
        "" => period.TotalDays switch
        {
            <= 2 => BucketUnit.Hour,
            <= 62 => BucketUnit.Day,
            <= 200 => BucketUnit.Week,
            _ => BucketUnit.Month,
        },
        _ => null,
    };

    private static IResult? Numbers(IQueryCollection asked, string name, out HashSet<long> numbers)
    {
        numbers = Some(asked, name);
        return Values(asked, name).All(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? null : Problems.Invalid(name, "A number.");
    }

    private static HashSet<long> Some(IQueryCollection asked, string name) =>
        [.. Values(asked, name).Select(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];

    private static HashSet<string> Names(IQueryCollection asked, string name) => [.. Values(asked, name).Select(MessageText.CleanLine)];

    /// <summary>What is left empty asks for nothing.</summary>
    private static IEnumerable<string> Values(IQueryCollection asked, string name) =>
        asked[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static HashSet<long> WithParts(AccountState state, IQueryCollection asked)
    {
        var some = Some(asked, "category");
        return [.. some, .. state.Labels.Values.Where(label => label.Parent is { } parent && some.Contains(parent.Value)).Select(label => label.Id.Value)];
    }
}
