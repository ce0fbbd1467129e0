using System.Text.Json;
using Beseda.Journal;
using Beseda.Server.Conversations;
using Beseda.Server.Operators;
using Beseda.Server.Storage;

namespace Beseda.Server.Accounts;

/// <summary><c>GET /api/admin/journal</c>: the events as they lie in the database, for audits and testers.</summary>
internal static class ReadJournal
{
    private const int MostEvents = 1_000;

    public static async Task<IResult> Get(OperatorPrincipal caller, ChatJournal journal, long since = 0, int limit = 100)
    {
        var events = await journal.Readers.ReadAsync(session => session["""
            select seq, at, conversation, visitor, kind, body, words from events where account = $1 and seq > $2 order by seq limit $3
            """].Bind(1, caller.Account.Value).Bind(2, since).Bind(3, Math.Clamp(limit, 1, MostEvents)).All(Raw).ToList());
        return TypedResults.Ok(new Wire.JournalPage(journal.Id, journal.Feeds(caller.Account).Head, events));
    }

    private static Wire.RawEvent Raw(Statement row) => new(
        row.Number(0), KindNames.Of((Kind)row.Number(4)), DateTimeOffset.UnixEpoch.AddTicks(row.Number(1) * TimeSpan.TicksPerMicrosecond),
        Json(row.Blob(5)), row.NumberOrNull(2), row.NumberOrNull(3) is { } visitor ? Names.Of(new VisitorId(visitor)) : null,
        row.BlobOrNull(6) is { } words ? Json(words) : null);

    private static JsonElement Json(byte[] stored)
    {
        using var document = JsonDocument.Parse(stored);
        return document.RootElement.Clone();
    }
}
