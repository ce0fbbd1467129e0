using System.Globalization;
using Beseda.Client;
using Beseda.Protocol;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Texts;

namespace Beseda.Workplace.Reports;

/// <summary>What the report pages are about: which page, period and filters. It stands in the address, so that it can be kept and sent.</summary>
public sealed class Reporting(ReportClient client, Browser browser, TimeProvider clock, Words words)
{
    private const string Path = "/console/reports";
    private const string Format = "yyyy-MM-dd";

    public static readonly IReadOnlyList<string> FilterNames = ["channel", "department", "operator", "category", "tag", "language", "location"];

    /// <summary>Another page, period or filter.</summary>
    public event Action? Changed;

    public string Page { get; private set; } = "overview";

    public DateOnly From { get; private set; }

    /// <summary>The first day that is no part of it.</summary>
    public DateOnly To { get; private set; }

    /// <summary>By name, as <see cref="FilterNames"/>; those that are set.</summary>
    public IReadOnlyDictionary<string, string> Filters { get; private set; } = new Dictionary<string, string>();

    /// <summary>Times as far as departments worked.</summary>
    public bool InHours { get; private set; }

    public DateOnly Today => DateOnly.ParseExact(browser.Moment(clock.GetUtcNow()).Day, Format, CultureInfo.InvariantCulture);

    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>As the server is asked.</summary>
    public string Query => Ask(From, To);

    /// <summary>So many days just before.</summary>
    public string QueryBefore => Ask(From.AddDays(-Days), From);

    /// <summary>As the address has it.</summary>
    public void Read()
    {
        var address = browser.Address.Split('?', 2);
        var asked = (address.Length > 1 ? address[1] : "").Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0], part => Uri.UnescapeDataString(part[1]));
        Page = address[0].StartsWith($"{Path}/", StringComparison.Ordinal) ? address[0][(Path.Length + 1)..] : "overview";
        To = Day(asked["to"].FirstOrDefault()) ?? Today.AddDays(1);
        From = Day(asked["from"].FirstOrDefault()) is { } from && from < To ? from : To.AddDays(-30);
        Filters = FilterNames.Where(name => asked[name].Any(value => value.Length > 0)).ToDictionary(name => name, name => asked[name].First());
        InHours = asked["hours"].Contains("working");
        Changed?.Invoke();
    }

    /// <summary>Which number's conversations are looked at.</summary>
    public LookedAt? Behind { get; private set; }

    /// <summary>At another number.</summary>
    public event Action? Looked;

    /// <param name="which">What the number asks for besides period and filters, as <c>outcome=abandoned</c>.</param>
    public void Look(string title, string which)
    {
        Behind = new LookedAt(title, which);
        Looked?.Invoke();
    }

    public void Open(string page) => Set(() => Page = page);

    /// <summary>The last so many days, today among them.</summary>
    public void Last(int days) => Set(() => (From, To) = (Today.AddDays(1 - days), Today.AddDays(1)));

    /// <summary>What makes no period is put right by its other end.</summary>
    public void Between(DateOnly from, DateOnly to) => Set(() => (From, To) = (from, to > from ? to : from.AddDays(1)));

    /// <param name="value">Empty: all.</param>
    public void Filter(string name, string? value) => Set(() => Filters = Filters.Where(one => one.Key != name)
        .Concat(string.IsNullOrEmpty(value) ? [] : [KeyValuePair.Create(name, value)]).ToDictionary());

    public void Work(bool only) => Set(() => InHours = only);

    public void Clear() => Set(() => Filters = new Dictionary<string, string>());

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string Text(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>A page of this period, and of the one before it.</summary>
    public Task<Reply<(T Now, T Before)>> LoadAsync<T>()
        where T : SummaryReport => Ask(async () =>
        {
            var before = client.GetAsync<T>(Page, QueryBefore);
            return (await client.GetAsync<T>(Page, Query), await before);
        });

    /// <summary>A page of today, whatever the period; all filters count.</summary>
    public Task<Reply<T>> TodayAsync<T>(string page)
        where T : SummaryReport => Ask(() => client.GetAsync<T>(page, Ask(Today, Today.AddDays(1))));

    /// <param name="which">What else the number asks for, as <c>outcome=abandoned</c>.</param>
    public Task<Reply<ConversationPage>> BehindAsync(string which, long? before) => Ask(() =>
        client.ConversationsAsync($"{Query}{(which.Length > 0 ? $"&{which}" : "")}{(before is { } id ? $"&before={id}" : "")}"));

    private async Task<Reply<T>> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            return new Reply<T>(await ask());
        }
        catch (BesedaException refused)
        {
            return new Reply<T>(default, words.Refusal(refused.Code) ?? refused.Message, refused.Errors);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return new Reply<T>(default, words.Unreachable);
        }
    }

    private void Set(Action change)
    {
        change();
        browser.Go($"{Path}/{Page}?{Query}{(InHours ? "&hours=working" : "")}");
        Changed?.Invoke();
    }

    private string Ask(DateOnly from, DateOnly to) =>
        $"from={Text(from)}&to={Text(to)}{string.Concat(Filters.Select(one => $"&{one.Key}={Uri.EscapeDataString(one.Value)}"))}";
}

/// <param name="Title">The number's name.</param>
public sealed record LookedAt(string Title, string Which);
