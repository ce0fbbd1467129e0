using System.Globalization;
using Beseda.Domain.Metrics;
using Beseda.Server.Conversations;
using Beseda.Server.Doors;
using Beseda.Server.Operators;
using Beseda.Server.Reports.Counting;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Storage;

namespace Beseda.Server.Reports.Pages;

/// <summary>
/// <c>GET /api/reports/conversations</c>: those behind a number of a report that was asked for in the same way, newest first. With
/// <c>outcome</c>; <c>time</c> (firstResponse, queueWait, reaction, response, handling, duration) and <c>least</c>, <c>most</c> (seconds); <c>scale</c> and
/// <c>score</c>; <c>hour</c> (of the week, 0–167); <c>before</c> (the last page's <c>next</c>) and <c>limit</c>.
/// </summary>
internal static class Behind
{
    private static readonly Dictionary<string, ConversationOutcome> Outcomes = new()
    {
        ["handled"] = ConversationOutcome.Handled,
        ["abandoned"] = ConversationOutcome.Abandoned,
        ["unanswered"] = ConversationOutcome.Unanswered,
        ["offHours"] = ConversationOutcome.OffHours,
        ["contained"] = ConversationOutcome.Contained,
        ["silent"] = ConversationOutcome.Silent,
        ["shortAbandons"] = ConversationOutcome.ShortAbandon,
    };

    private static readonly Dictionary<string, Column> Times = new()
    {
        ["firstResponse"] = Column.First,
        ["queueWait"] = Column.Wait,
        ["reaction"] = Column.Reaction,
        ["response"] = Column.Response,
        ["handling"] = Column.Handling,
        ["duration"] = Column.Duration,
    };

    public static async Task<IResult> Get(
        HttpRequest request, OperatorPrincipal caller, ChatJournal journal, ReportReading reading, TimeProvider clock, long before = long.MaxValue, int limit = 50)
    {
        var state = await journal.StateAsync(caller.Account);
        if (ReportRequest.Read(request.Query, state, clock.GetUtcNow(), out var wrong) is not { } query)
            return wrong!;
        if (Read(request.Query, out wrong) is not { } which)
            return wrong!;
        var listing = new Listing(query, which);
        await reading.RunAsync(caller.Account, query, listing);
        var page = listing.Found.Where(id => id < before).Take(Math.Clamp(limit, 1, 200)).ToList();
        var rows = await journal.Readers.ReadAsync(session =>
        {
            var found = ConversationRows.Find(session, caller.Account, page).ConvertAll(one => one.IsOpen ? state.Conversations.GetValueOrDefault(one.Id, one) : one);
            var named = new NamedRows(state);
            found.ForEach(one => named.Add(one.Visitor));
            return DeskRows.Of(session, caller.Account, named.Load(session, caller.Account), [.. found.OrderByDescending(one => one.Id)]);
        });
        return TypedResults.Ok(new Wire.ConversationPage(rows, page.Count > 0 && page[^1] > listing.Found[^1] ? page[^1] : null) { Total = listing.Found.Count });
    }

    private static Which? Read(IQueryCollection asked, out IResult? wrong)
    {
        wrong = null;
        if (asked["outcome"].ToString() is { Length: > 0 } outcome && !Outcomes.ContainsKey(outcome))
            wrong = Problems.Invalid("outcome", string.Join(", ", Outcomes.Keys));
        else if (asked["time"].ToString() is { Length: > 0 } time && !Times.ContainsKey(time))
            wrong = Problems.Invalid("time", string.Join(", ", Times.Keys));
        foreach (var name in (string[])["least", "most", "scale", "score", "hour"])
            if (asked[name].ToString() is { Length: > 0 } number && Whole(number) is null)
                wrong ??= Problems.Invalid(name, "A number.");
        if (wrong is not null)
            return null;
        return new Which
        {
            Outcome = Outcomes.TryGetValue(asked["outcome"].ToString(), out var end) ? (long)end + 1 : null,
            Time = Times.TryGetValue(asked["time"].ToString(), out var column) ? column : null,
            Least = Whole(asked["least"]) ?? 0,
            Most = Whole(asked["most"]) ?? long.MaxValue,
            Scale = (int?)Whole(asked["scale"]),
            Score = (int?)Whole(asked["score"]),
            HourOfWeek = (int?)Whole(asked["hour"]),
        };
    }

    private static long? Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
