using System.Text.Json;
using Beseda.Chaos.Checks;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Tests.Checks;

/// <summary>A short, faultless afternoon: two visitors, one operator, everything read, delivered and acknowledged.</summary>
internal static class Scene
{
    public const long Anna = 3;
    public const long FirstChat = 5;
    public const long SecondChat = 11;
    private const long Second = 1_000_000;

    public static History Clean()
    {
        List<TableEvent> events =
        [
            Row(1, 1, null, null, "{}"),
            Row(2, 2, null, null, """{"department":{"id":2,"name":"Support","routing":"automatic"}}"""),
            Row(3, 3, null, null, """{"operator":3,"user":1,"role":"operator","limit":1,"departments":[2],"enabled":true}"""),
            Row(4, 4, null, null, """{"operator":3,"status":"online","reachable":true,"cause":"set"}"""),
            Row(5, 10, 5, 71, """{"conversation":5,"visitor":71,"department":2,"channel":"site","source":"visitor"}"""),
            Message(6, 5, 71, "a-1", "visitor"),
            Row(7, 11, 5, 71, """{"conversation":5,"visitor":71,"department":2,"reason":"new","position":1}"""),
            Row(8, 12, 5, 71, """{"conversation":5,"visitor":71,"operator":3,"until":"1970-01-01T00:00:30Z"}"""),
            Row(9, 13, 5, 71, """{"conversation":5,"visitor":71,"operator":3}"""),
            Message(10, 5, 71, "o-1", "operator"),
            Row(11, 10, 11, 72, """{"conversation":11,"visitor":72,"department":2,"channel":"site","source":"visitor"}"""),
            Message(12, 11, 72, "b-1", "visitor"),
            Row(13, 11, 11, 72, """{"conversation":11,"visitor":72,"department":2,"reason":"new","position":1}"""),
            Message(14, 5, 71, "a-2", "visitor"),
            Message(15, 5, 71, "o-2", "operator", note: true),
            Message(16, 11, 72, "b-2", "visitor"),
        ];
        return new History
        {
            Events = events,
            Messages = [Sent("A", 1, 6), Sent("A", 2, 14), Sent("B", 1, 12), Sent("B", 2, 16), Sent("O", 1, 10), Sent("O", 2, 15)],
            Readers = [Visitor("A", 71, events), Visitor("B", 72, events), Staff(events)],
            Conversations = [new(FirstChat, 71, true, "active", Anna), new(SecondChat, 72, true, "queued", null)],
            Subscription = new Subscription(4),
            Deliveries = [.. events.Where(e => e.Seq > 4).Select(e => new Delivery(e.Seq, "any", e.Conversation, Accepted: true))],
            Rest = 16,
            Now = 17 * Second,
        };
    }

    public static SentMessage Sent(string sender, int number, long seq) => new(sender, number, ClientId(sender, number), $"text of {ClientId(sender, number)}", seq);

    public static TableEvent Row(long seq, int kind, long? conversation, long? visitor, string body) =>
        new(seq, kind, conversation, visitor, seq * Second, JsonElement.Parse(body), null);

    public static TableEvent Message(long seq, long conversation, long visitor, string clientId, string author, bool note = false) =>
        Row(seq, 20, conversation, visitor,
            $$"""{"conversation":{{conversation}},"visitor":{{visitor}},"author":{"kind":"{{author}}"},"clientId":"{{clientId}}","note":{{(note ? "true" : "false")}}}""")
            with
        { Text = $"text of {clientId}" };

    /// <summary>The laws that were found broken.</summary>
    public static IEnumerable<string> Broken(History history) => Checker.Check(history).Select(finding => finding.Law).Distinct();

    /// <summary>With the frames of one reader's only leg changed.</summary>
    public static History WithFrames(this History history, int reader, Func<List<SeenFrame>, IEnumerable<SeenFrame>> change) =>
        history.WithLegs(reader, legs => [legs[0] with { Frames = [.. change([.. legs[0].Frames])] }]);

    public static History WithLegs(this History history, int reader, Func<IReadOnlyList<Leg>, IReadOnlyList<Leg>> change) => history with
    {
        Readers = [.. history.Readers.Select((one, i) => i == reader ? one with { Legs = change(one.Legs) } : one)],
    };

    public static History WithEvents(this History history, Func<TableEvent, TableEvent> change) =>
        history with { Events = [.. history.Events.Select(change)] };

    private static string ClientId(string sender, int number) => $"{char.ToLowerInvariant(sender[0])}-{number}";

    private static Reader Visitor(string sender, long visitor, List<TableEvent> events) =>
        new(sender, false, [Leg(events.Where(e => e.Visitor == visitor && !e.IsNote))]);

    private static Reader Staff(List<TableEvent> events) => new("Admin", true, [Leg(events)]);

    private static Leg Leg(IEnumerable<TableEvent> events) =>
        new(0, 16, [.. events.Select(e => new SeenFrame(e.Seq, Names[e.Kind], e.ClientId))]) { Shown = new HashSet<long>() };

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "directory.changed",
        [2] = "directory.changed",
        [3] = "directory.changed",
        [4] = "operator.status",
        [10] = "conversation.started",
        [11] = "conversation.queued",
        [12] = "conversation.assigned",
        [13] = "conversation.accepted",
        [20] = "message.posted",
    };
}
