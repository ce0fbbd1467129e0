using System.Globalization;
using System.Text.Json;
using Beseda.Chaos.Histories;

namespace Beseda.Chaos.Checks;

/// <summary>Who has which chat, and who waits, by the events so far.</summary>
internal sealed class Office
{
    private readonly Dictionary<long, Person> people = [];
    private readonly HashSet<long> automatic = [];
    private readonly HashSet<long> waiting = [];

    public Dictionary<long, Chat> Chats { get; } = [];

    /// <returns>What is wrong about it.</returns>
    public Finding? Take(TableEvent e)
    {
        if (!Kinds.IsOfConversation(e.Kind))
            Directory(e);
        else if (e.Kind == Kinds.Started)
            return Start(e);
        else if (!Chats.TryGetValue(e.Conversation ?? 0, out var chat))
            return new Finding("conversations start", $"{e.Seq} belongs to conversation {e.Conversation}, which never started");
        else
            Happen(e, chat);
        return null;
    }

    /// <summary>A chat that waits, and somebody who could have it.</summary>
    public (long Conversation, long Operator)? Stuck()
    {
        foreach (var conversation in waiting)
            if (Chats[conversation] is var chat && automatic.Contains(chat.Department))
                foreach (var (id, person) in people)
                    if (person.IsFree && person.Departments.Contains(chat.Department))
                        return (conversation, id);
        return null;
    }

    private Finding? Start(TableEvent e)
    {
        var visitor = e.Visitor ?? 0;
        var other = Chats.FirstOrDefault(one => one.Value.Visitor == visitor && one.Value.Stage != "closed").Key;
        Chats[e.Seq] = new Chat(visitor, e.Number("department") ?? 0, "queued");
        if (e.Conversation != e.Seq)
            return new Finding("conversations start", $"{e.Seq} starts conversation {e.Conversation}");
        return other == 0 ? null : new Finding("one open conversation", $"{e.Seq} starts one while {other} of the same visitor is open");
    }

    private void Happen(TableEvent e, Chat chat)
    {
        var id = e.Conversation ?? 0;
        switch (e.Kind)
        {
            case Kinds.Queued:
                Set(id, chat with { Stage = "queued", Department = e.Number("department") ?? 0, Operator = null, Until = null });
                break;
            case Kinds.Assigned:
                Set(id, chat with { Stage = "assigned", Operator = e.Number("operator"), Until = Until(e) });
                break;
            case Kinds.Accepted:
                Set(id, chat with { Stage = "active", Operator = e.Number("operator"), Until = null });
                break;
            case Kinds.Transferred:
                Set(id, chat with { Department = TableEvent.Number(e.Body.GetProperty("to"), "department") ?? 0 });
                break;
            case Kinds.Closed:
                Set(id, chat with { Stage = "closed", Operator = null, Until = null });
                break;
            case Kinds.Moved:
                Set(id, chat with { Visitor = e.Visitor ?? 0 });
                break;
        }
    }

    private void Set(long id, Chat now)
    {
        if (Chats[id].Operator is { } left && people.TryGetValue(left, out var before))
            before.Load--;
        if (now.Operator is { } holder && people.TryGetValue(holder, out var person))
            person.Load++;
        Chats[id] = now;
        if (now.Stage == "queued")
            waiting.Add(id);
        else
            waiting.Remove(id);
    }

    private void Directory(TableEvent e)
    {
        if (e.Kind == Kinds.DepartmentChanged && e.Body.GetProperty("department") is var department)
        {
            var id = TableEvent.Number(department, "id") ?? 0;
            if (department.GetProperty("routing").GetString() == "automatic")
                automatic.Add(id);
            else
                automatic.Remove(id);
        }
        else if (e.Kind is Kinds.OperatorChanged or Kinds.OperatorStatus && e.Number("operator") is { } id)
        {
            if (!people.TryGetValue(id, out var person))
                people[id] = person = new Person();
            person.Take(e);
        }
    }

    private static long? Until(TableEvent e) => e.Body.TryGetProperty("until", out var until) && until.ValueKind == JsonValueKind.String
        ? (DateTimeOffset.Parse(until.GetString()!, CultureInfo.InvariantCulture).UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
        : null;

    private sealed class Person
    {
        private bool online;
        private bool enabled;
        private long limit;

        public int Load { get; set; }

        public HashSet<long> Departments { get; private set; } = [];

        public bool IsFree => enabled && online && Load < limit;

        public void Take(TableEvent e)
        {
            if (e.Kind == Kinds.OperatorStatus)
            {
                online = e.Body.GetProperty("status").GetString() == "online" && e.Body.GetProperty("reachable").GetBoolean();
                return;
            }

            enabled = e.Body.GetProperty("enabled").GetBoolean();
            limit = e.Number("limit") ?? 0;
            Departments = [.. e.Body.GetProperty("departments").EnumerateArray().Select(one => one.GetInt64())];
        }
    }
}

/// <param name="Until">When an offer lapses, in microseconds since 1970.</param>
internal sealed record Chat(long Visitor, long Department, string Stage, long? Operator = null, long? Until = null);
