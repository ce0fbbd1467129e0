using Beseda.Chaos.Checks;
using Beseda.Chaos.Clients;

namespace Beseda.Chaos.Channels;

/// <summary>One platform hangs for a while, and later answers with nothing but errors: the others are not to notice.</summary>
internal sealed class TroubleTime(Ensemble ensemble, Beseda.Platforms.Troubles.Faults faults, TimeSpan time)
{
    private const string Platform = "vk";

    /// <summary>So long the server waits for an answer before it says that there is none.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(15);

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> troubles = [];
    private readonly List<Health> seen = [];

    /// <summary>The worst that each trouble looked like.</summary>
    public IReadOnlyList<Health> Seen => seen;

    public async Task RunAsync(CancellationToken patience)
    {
        await Task.Delay(time / 2, patience);
        await MeetAsync(() => faults.HangFor(time), patience);
        await Task.Delay(time, patience);
        await MeetAsync(() => faults.FailFor(time), patience);
    }

    public IReadOnlyList<Delay> Delays(Evidence evidence) => [.. evidence.Stories.GroupBy(story => story.Cast.Name).Select(channel =>
    {
        var all = channel.SelectMany(story =>
        {
            var arrived = story.Arrived.GroupBy(one => one.Text).ToDictionary(one => one.Key, one => one.First().At);
            return story.Said.Where(one => arrived.ContainsKey(one.Text)).Select(one => (Said: one.At, Took: arrived[one.Text] - one.At));
        }).ToLookup(one => troubles.Exists(trouble => one.Said >= trouble.From && one.Said <= trouble.To), one => one.Took);
        return new Delay(channel.Key, Median(all[false]), Median(all[true]), all[true].DefaultIfEmpty().Max());
    })];

    /// <summary>Others took their time, or nobody saw anything.</summary>
    public IEnumerable<Finding> Findings(Evidence evidence) => Delays(evidence)
        .Where(one => !IsOf(one.Channel) && one.Meanwhile > (one.Before * 2) + TimeSpan.FromSeconds(1))
        .Select(one => new Finding("the others go on", $"{one.Channel}: {one.Before} before, {one.Meanwhile} meanwhile"))
        .Concat(seen.Where(one => one.Lag + one.Waiting == 0 || (one.Error is null && time > Answer)).Select(one => new Finding("trouble is seen", $"{one}")));

    private static bool IsOf(string channel) => channel.StartsWith(Platform, StringComparison.Ordinal);

    private async Task MeetAsync(Action begin, CancellationToken patience)
    {
        var from = DateTimeOffset.UtcNow;
        begin();
        var worst = new Health(Platform, "ok", null, 0, 0, 0);
        for (var to = from + time; DateTimeOffset.UtcNow < to; await IClient.PauseAsync(500, patience))
            worst = Worse(worst, (await ensemble.LookAsync(patience)).Single(one => one.Channel == Platform));
        troubles.Add((from, DateTimeOffset.UtcNow));
        seen.Add(worst);
    }

    private static Health Worse(Health one, Health other) => (one.Lag + one.Waiting > other.Lag + other.Waiting ? one : other) with
    {
        State = other.Error is null ? one.State : other.State,
        Error = other.Error ?? one.Error,
    };

    private static TimeSpan Median(IEnumerable<TimeSpan> all) => all.Order().ToList() is { Count: > 0 } some ? some[some.Count / 2] : TimeSpan.Zero;
}
