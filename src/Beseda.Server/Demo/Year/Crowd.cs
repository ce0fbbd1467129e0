using Beseda.Domain.Conversations;
using Beseda.Domain.Labels;
using Beseda.Domain.Ratings;

namespace Beseda.Server.Demo.Year;

/// <summary>The provider's customers and operators: who does what next, and when.</summary>
internal sealed class Crowd
{
    private const double SilentOperators = 0.012, Transferred = 0.06, Labelled = 0.9, Tagged = 0.08, Rated = 0.42, Noted = 0.12, LeftOpen = 0.08;

    private readonly Play play;
    private readonly Random chance;
    private readonly List<VisitorId> customers = [];
    private readonly Dictionary<ConversationId, int> turns = [];
    private long messages;

    public Crowd(Play play, Random chance)
    {
        (this.play, this.chance) = (play, chance);
        play.Happened += Hear;
    }

    /// <summary>A customer comes, for the first time or again.</summary>
    public void Come(DateTimeOffset at, string channel)
    {
        var visitor = customers.Count > 500 && chance.NextDouble() < 0.35 ? customers[chance.Next(customers.Count)] : new VisitorId(chance.NextInt64(1, long.MaxValue));
        if (play.State.VisitorOrNew(visitor).Open is not null)
            return;
        customers.Add(visitor);
        var department = Pick(play.State.Departments.Keys.ToList(), place => Staff.Departments[place].Share);
        Writes(at, visitor, Phrases.Any(Phrases.Questions, chance), department, channel);
        // Whoever waits for nobody goes: sooner than most wait.
        var patience = Seconds(900, 1.1);
        play.Plan(at + patience, now =>
        {
            if (play.State.VisitorOrNew(visitor).Open is { } open && play.State.Conversations[open].Stage == Stage.Queued && play.State.Conversations[open].LastOperator is null)
                play.Say(now, new Actor.Visitor(visitor), new CloseConversation(null));
        });
    }

    private void Hear(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case ConversationQueued e:
                play.Plan(recorded.At + Seconds(Crowded(recorded.At) ? 95 : 38, 0.8), now => Takes(now, e.Conversation));
                break;
            case ConversationAccepted e:
                turns.TryAdd(e.Conversation, 1 + (int)Math.Floor(-2.2 * Math.Log(1 - chance.NextDouble())));
                if (chance.NextDouble() >= SilentOperators)
                    play.Plan(recorded.At + Seconds(26, 0.7), now => Answers(now, e.Conversation, e.Operator));
                else
                    play.Plan(recorded.At + Seconds(700, 0.4), now => play.Say(now, new Actor.Visitor(e.Visitor), new CloseConversation(null)));
                break;
            case RatingAsked e when chance.NextDouble() < Rated:
                play.Plan(recorded.At + Seconds(70, 1.2), now => Rates(now, e));
                break;
            case ConversationClosed e:
                turns.Remove(e.Conversation);
                break;
        }
    }

    private void Takes(DateTimeOffset at, ConversationId id)
    {
        if (play.State.Conversations.GetValueOrDefault(id) is not { Stage: Stage.Queued } one)
            return;
        var free = play.State.Operators.Values.Where(person => person.Online && person.In(one.Department)).OrderBy(person => play.State.Index.Of(person.Id).Count).FirstOrDefault();
        if (free is not null && play.State.Index.Of(free.Id).Count < free.Limit)
            play.Say(at, new Actor.Operator(free.Id), new TakeConversation(id));
        else
            play.Plan(at + Seconds(free is null ? 1_500 : 90, 0.4), now => Takes(now, id));
    }

    private void Answers(DateTimeOffset at, ConversationId id, OperatorId person)
    {
        if (Holds(id, person) is not { } one)
            return;
        play.Say(at, new Actor.Operator(person), new PostMessage($"y{++messages}", Phrases.Any(Phrases.FromOperators, chance)) { Conversation = id });
        if (--turns[id] <= 0)
            Ends(at, one, person);
        else if (chance.NextDouble() < Transferred)
            play.Plan(at + Seconds(60, 0.5), now => HandsOver(now, id, person));
        else
            play.Plan(at + Seconds(42, 0.9), now => Replies(now, id, person));
    }

    private void Replies(DateTimeOffset at, ConversationId id, OperatorId person)
    {
        if (Holds(id, person) is not { } one)
            return;
        Writes(at, one.Visitor, Phrases.Any(Phrases.FromVisitors, chance), null, one.Channel);
        play.Plan(at + Seconds(Crowded(at) ? 48 : 33, 0.8), now => Answers(now, id, person));
    }

    private void HandsOver(DateTimeOffset at, ConversationId id, OperatorId person)
    {
        if (Holds(id, person) is not { } one)
            return;
        var others = play.State.Departments.Keys.Where(department => department != one.Department).ToList();
        turns[id]++;
        play.Say(at, new Actor.Operator(person), new TransferConversation(id, null, others[chance.Next(others.Count)], null));
    }

    private void Ends(DateTimeOffset at, Conversation one, OperatorId person)
    {
        play.Plan(at + Seconds(20, 0.4), now => Labels(now, one.Id, person));
        if (chance.NextDouble() < LeftOpen)
            return;
        var closer = chance.NextDouble() < 0.5 ? new Actor.Visitor(one.Visitor) : (Actor)new Actor.Operator(person);
        play.Plan(at + Seconds(110, 0.7), now =>
        {
            if (play.State.Conversations.GetValueOrDefault(one.Id)?.Stage == Stage.Active)
                play.Say(now, closer, new CloseConversation(one.Id));
        });
    }

    private void Labels(DateTimeOffset at, ConversationId id, OperatorId person)
    {
        if (play.State.Conversations.GetValueOrDefault(id) is not { } one || chance.NextDouble() >= Labelled)
            return;
        var place = play.State.Departments.Keys.ToList().IndexOf(one.Department);
        var categories = play.State.Labels.Values.Where(label => label.Kind == LabelKind.Category).Select(label => label.Id).ToList();
        var category = Pick(categories, i => Staff.Categories[i].Department == place ? Staff.Categories[i].Share : 0);
        var tags = play.State.Labels.Values.Where(label => label.Kind == LabelKind.Tag && chance.NextDouble() < Tagged).Select(label => label.Id);
        play.Say(at, new Actor.Operator(person), new LabelConversation(id, category, [.. tags]));
    }

    /// <summary>83 of 100 answers are a five; of those asked on the long scale, most would recommend.</summary>
    private void Rates(DateTimeOffset at, RatingAsked asked)
    {
        double[] five = [0.03, 0.015, 0.035, 0.09, 0.83], ten = [0.02, 0.01, 0.01, 0.01, 0.01, 0.03, 0.03, 0.07, 0.14, 0.22, 0.45];
        var shares = asked.Scale == 5 ? five : ten;
        var score = Pick(Enumerable.Range(asked.Scale == 5 ? 1 : 0, shares.Length).ToList(), i => shares[i]);
        play.Say(at, new Actor.Visitor(asked.Visitor), new RateConversation(
            asked.Conversation, asked.Operator, asked.Scale, score, chance.NextDouble() < Noted ? Phrases.Any(Phrases.Notes, chance) : null));
    }

    private void Writes(DateTimeOffset at, VisitorId visitor, string text, DepartmentId? department, string channel) =>
        play.Say(at, new Actor.Visitor(visitor), new PostMessage($"y{++messages}", text)
        {
            Department = department,
            Channel = channel,
            Location = channel == "site" ? (visitor.Value % 3 == 0 ? "cabinet" : "main") : null,
            Language = visitor.Value % 50 == 0 ? "en" : "ru",
        });

    private Conversation? Holds(ConversationId id, OperatorId person) =>
        play.State.Conversations.GetValueOrDefault(id) is { Stage: Stage.Active } one && one.Operator == person ? one : null;

    /// <summary>In the evening everybody is at home.</summary>
    private static bool Crowded(DateTimeOffset at) => at.UtcDateTime.Hour is >= 14 and < 18;

    /// <summary>Around a median, some much longer.</summary>
    private TimeSpan Seconds(double median, double spread)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
        return TimeSpan.FromMicroseconds(Math.Round(median * Math.Exp(spread * normal) * 1e6) + 1);
    }

    private T Pick<T>(List<T> among, Func<int, double> share)
    {
        var at = chance.NextDouble() * Enumerable.Range(0, among.Count).Sum(share);
        for (var place = 0; place < among.Count; place++)
            if ((at -= share(place)) < 0)
                return among[place];
        return among[^1];
    }
}
