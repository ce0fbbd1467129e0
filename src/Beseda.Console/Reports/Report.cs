using System.Globalization;
using Beseda.Protocol;
using Beseda.Workplace.Conversations;
using Beseda.Workplace.Reports.Charts;
using Beseda.Workplace.Texts;
using Microsoft.AspNetCore.Components;

namespace Beseda.Workplace.Reports;

/// <summary>A report page: asks anew when the period or the filters change, and keeps what it has until the answer is there.</summary>
public abstract class Report<T> : ComponentBase, IDisposable
    where T : SummaryReport
{
    /// <summary>A month costs the server some hundredths of a second, a year some tenths.</summary>
    private const int OftenForDays = 40;
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource left = new();
    private int asked;
    private long asOf;

    [Inject] protected Reporting Reporting { get; set; } = null!;
    [Inject] protected Measures Measures { get; set; } = null!;
    [Inject] protected Board Board { get; set; } = null!;
    [Inject] protected Words Words { get; set; } = null!;
    [Inject] private Pulse Pulse { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    protected T? Now { get; private set; }

    protected T? Before { get; private set; }

    protected string? Trouble { get; private set; }

    protected bool Loading { get; private set; }

    protected override Task OnInitializedAsync()
    {
        Reporting.Changed += Again;
        _ = FollowAsync();
        return LoadAsync();
    }

    protected async Task LoadAsync()
    {
        (Loading, Trouble) = (true, null);
        StateHasChanged();
        await AskAsync();
    }

    /// <summary>What happens now changes the numbers of a period that is not over.</summary>
    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Often, Clock);
        try
        {
            for (var beats = 1; await timer.WaitForNextTickAsync(left.Token); beats++)
                if (!Pulse.Hidden && !Loading && Board.Position != asOf && Reporting.To > Reporting.Today && (Reporting.Days <= OftenForDays || beats % 12 == 0))
                    await InvokeAsync(AskAsync);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task AskAsync()
    {
        var own = ++asked;
        asOf = Board.Position;
        var reply = await Reporting.LoadAsync<T>();
        // Something else has been asked for meanwhile.
        if (own != asked) return;
        Loading = false;
        Trouble = reply.Refusal;
        if (reply.Refusal is null) (Now, Before) = reply.Answer;
        StateHasChanged();
    }

    // What pages draw alike.

    protected IReadOnlyList<string> Labels => Words.Buckets([.. Series.Select(one => one.From)]);

    protected IReadOnlyList<Row> ByTime => [.. Labels.Zip(Series, (label, one) => new Row(label, one.Summary))];

    protected IReadOnlyList<Trend> Ended =>
    [
        new(Words.Outcome("handled"), 1, [.. Series.Select(one => (double?)one.Summary.Outcomes.Handled)]),
        new(Words.Missed, 4, [.. Series.Select(one => (double?)MissedOf(one.Summary))]),
        new(Words.RestOf, 6, [.. Series.Select(one => (double?)(one.Summary.Conversations - one.Summary.Outcomes.Handled - MissedOf(one.Summary)))]),
    ];

    protected IReadOnlyList<(string, string, long)> Ends => [.. Outcomes(Now!.Outcomes).Where(one => one.Count > 0).Select(one => (one.Name, Words.Outcome(one.Name), one.Count))];

    protected HeatLens CameThen => new(Words.Dialogues, one => one.Conversations, one => Words.Number(one.Conversations));

    protected HeatLens WaitedThen => new(Words.FirstResponse, one => Measures.Of(one.FirstResponse).Median, one => Words.Span(Measures.Of(one.FirstResponse).Median));

    protected HeatLens MissedThen => new(Words.Missed, one => one.MissedShare, one => Words.Percent(one.MissedShare));

    private IReadOnlyList<BucketReport> Series => (Now as PageReport)?.Series ?? [];

    protected IReadOnlyList<Trend> Waited(Func<SummaryReport, TimesReport> times) =>
    [
        new(Words.Median, 1, [.. Series.Select(one => (double?)Measures.Of(times(one.Summary)).Median)]),
        new("p90", 3, [.. Series.Select(one => (double?)Measures.Of(times(one.Summary)).P90)]),
    ];

    /// <param name="name">Of an id.</param>
    protected IReadOnlyList<Row> Rows(Func<long, string> name) => [.. ((Now as PageReport)?.Rows ?? []).Select(one => new Row(
        long.TryParse(one.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? name(id) : "—", one.Summary, one.Key))];

    protected static int ToneOf(string outcome) => outcome switch
    {
        "handled" => 1,
        "abandoned" or "unanswered" => 4,
        _ => 6,
    };

    public void Dispose()
    {
        Reporting.Changed -= Again;
        left.Cancel();
        left.Dispose();
        asked++;
        GC.SuppressFinalize(this);
    }

    private void Again() => _ = InvokeAsync(LoadAsync);

    private static long MissedOf(SummaryReport one) => one.Outcomes.Abandoned + one.Outcomes.Unanswered;

    private static (string Name, long Count)[] Outcomes(OutcomesReport one) =>
    [
        ("handled", one.Handled), ("abandoned", one.Abandoned), ("unanswered", one.Unanswered), ("offHours", one.OffHours),
        ("contained", one.Contained), ("silent", one.Silent), ("shortAbandons", one.ShortAbandons),
    ];
}
