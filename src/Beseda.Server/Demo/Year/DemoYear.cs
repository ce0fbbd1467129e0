using System.Diagnostics;
using Beseda.Domain.Accounts;
using Beseda.Domain.Operators;
using Beseda.Journal;
using Beseda.Server.Reports.Facts;

namespace Beseda.Server.Demo.Year;

/// <summary>
/// <c>beseda demo --days 365 --conversations 300000</c>: a year of the invented provider, so that reports can be judged on something
/// like life. It is played through the rules, with the clock going fast, and written in the journal's own form.
/// </summary>
internal sealed class DemoYear
{
    private const int AtOnce = 20_000;
    private const int Seed = 20_260_101;
    private const string Zone = "Europe/Moscow";

    private readonly ChatJournal journal;
    private readonly AccountId account;
    private readonly Random chance = new(Seed);
    private readonly Play play;
    private readonly Crowd crowd;
    private readonly DateTimeOffset until;

    /// <param name="until">It ends before this time.</param>
    public DemoYear(ChatJournal journal, AccountId account, AccountState state, DateTimeOffset until)
    {
        (this.journal, this.account, this.until) = (journal, account, until);
        play = new Play(state, until);
        crowd = new Crowd(play, chance);
    }

    /// <summary>When the first day of so many begins, the last being the one in which a time lies.</summary>
    public static DateTimeOffset Beginning(DateTimeOffset until, int days)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, zone).DateTime).AddDays(1 - days).ToDateTime(default);
        return new DateTimeOffset(first, zone.GetUtcOffset(first)).ToUniversalTime();
    }

    /// <param name="people">Of an administrator first; the others are operators.</param>
    public async Task RunAsync(Account settings, IReadOnlyList<(long User, OperatorProfile Profile)> people, int days, int conversations)
    {
        var began = Stopwatch.StartNew();
        var beginning = Beginning(until, days);
        Open(beginning.AddMinutes(-10), settings, people);
        var traffic = new Traffic(DateOnly.FromDateTime(beginning.AddHours(12).DateTime), days, conversations, chance);
        for (var day = 0; day < days; day++)
        {
            var (today, midnight) = (day, beginning.AddDays(day));
            play.Plan(midnight, _ => PlanDay(today, midnight, traffic));
        }

        for (var goes = true; goes;)
        {
            goes = play.Go(AtOnce);
            if (play.Entries.Count == 0)
                continue;
            var last = play.Entries[^1].At;
            await journal.ImportAsync(account, play.Before, play.State, play.Entries);
            play.Take(one => one.ClosedAt < last.AddDays(-1));
            Console.Write($"\r{last:yyyy-MM-dd}  {play.State.Seq:N0} events  {began.Elapsed.TotalSeconds:N0} s ");
        }

        await FactKeeper.CatchUpAsync(journal, account);
        Console.WriteLine($"\rA history of {days} days: {play.State.Seq:N0} events in {began.Elapsed.TotalSeconds:N0} s.");
    }

    /// <summary>The departments, what conversations are sorted by, and who works there.</summary>
    private void Open(DateTimeOffset at, Account settings, IReadOnlyList<(long User, OperatorProfile Profile)> people)
    {
        play.Say(at, Actor.System.Itself, new ChangeAccount(settings with { Zone = Zone }));
        foreach (var command in Staff.Opening())
            play.Say(at, Actor.System.Itself, command);
        var departments = play.State.Departments.Keys.ToList();
        var (user, profile) = people[0];
        Hire(new OperatorChanged(default, user, Role.Administrator, 4, [.. departments], true, profile));
        for (var person = 1; person < people.Count; person++)
            Hire(Staff.Hired(person - 1, people[person].User, people[person].Profile, departments));

        void Hire(OperatorChanged hired) => play.Say(at, Actor.System.Itself, new ChangeOperator(null, hired));
    }

    private void PlanDay(int day, DateTimeOffset midnight, Traffic traffic)
    {
        // Every fourth day asks whether they would recommend the provider, the others how the operator did.
        play.Say(midnight, Actor.System.Itself, new ChangeAccount(play.State.Account with { RatingScale = day % 4 == 3 ? 10 : 5 }));
        foreach (var (person, place) in play.State.Operators.Values.Where(one => one.Role == Role.Operator).Select((one, place) => (one.Id, place)))
        {
            if (Staff.WorksOn(place, day, night: false))
                PlanShift(person, midnight.AddHours(place / 2 % 2 == 0 ? 8 : 10));
            if (Staff.WorksOn(place, day, night: true))
                PlanShift(person, midnight.AddHours(20));
        }

        for (var i = traffic.On(day).Digital; i > 0; i--)
            play.Plan(midnight + traffic.TimeOfDay(), at => crowd.Come(at, traffic.Channel(day)));
    }

    /// <summary>Twelve hours with two breaks.</summary>
    private void PlanShift(OperatorId person, DateTimeOffset begin)
    {
        Set(begin.AddSeconds(-chance.Next(600)), Status.Online);
        foreach (var hours in (double[])[3.5, 8])
        {
            var pause = begin.AddHours(hours).AddSeconds(chance.Next(3_600));
            Set(pause, Status.Away);
            Set(pause.AddMinutes(10 + chance.Next(20)), Status.Online);
        }

        Set(begin.AddHours(12).AddSeconds(chance.Next(900)), Status.Offline);

        void Set(DateTimeOffset at, Status status) => play.Plan(at, now => play.Say(now, new Actor.Operator(person), new SetStatus(status)));
    }
}
