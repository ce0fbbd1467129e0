using System.Net;
using AngleSharp.Dom;
using Beseda.Console.Tests.Screens;
using Beseda.Protocol;
using Beseda.Workplace.Reports;
using Beseda.Workplace.Texts;
using Bunit;
using static Beseda.Console.Tests.Conversations.Scene;

namespace Beseda.Console.Tests.Reports;

/// <summary>What supervisors read. The clock stands at noon of 12 March.</summary>
public sealed class Reports_page_tests
{
    private const string Overview = "GET /api/reports/overview";

    private static readonly OverviewReport March = new()
    {
        Conversations = 1_234,
        Outcomes = new OutcomesReport(1_100, 60, 14, 20, 0, 30, 10),
        MissedShare = 0.063,
        FirstResponse = new TimesReport(102, 75, 3_725, 1_100),
        Csi = new CsiReport(4.6789, 0.8312, 0.925, 400, 1_000, 410, 0.41, [4, 6, 20, 38, 332]),
        Nps = new NpsReport(-7.25, -12.5, -2, 90, 200, 90, 0.45, []),
        Channels = [new ChannelShare("vk", 700, 0.567), new ChannelShare("site", 534, 0.433)],
        Series = [Bucket("2026-03-11", 600), Bucket("2026-03-12", 634)],
    };

    private static BucketReport Bucket(string from, long conversations) => new(from, new SummaryReport
    {
        Conversations = conversations,
        Outcomes = new OutcomesReport(conversations - 40, 30, 7, 3, 0, 0, 0),
        FirstResponse = new TimesReport(100, 70, 200, conversations),
    });

    private static Screen Supervisor(OverviewReport now, OverviewReport? before = null, string address = "/console/reports", Language language = Language.Russian)
    {
        var screen = new Screen(language);
        screen.Browser.Setup<string?>("beseda.address", _ => true).SetResult(address);
        var asked = 0;
        screen.Server.Answers<OverviewReport>(Overview, _ => asked++ % 2 == 0 ? before ?? now : now);
        return screen;
    }

    private static string[] Asked(Screen screen) => [.. screen.Server.Asked.Where(one => one.StartsWith(Overview, StringComparison.Ordinal))];

    private static IElement Figure(IRenderedComponent<ReportsPage> page, string title) =>
        page.FindAll(".figure").Single(one => one.QuerySelector("h2")!.TextContent == title);

    [Fact]
    public void The_numbers_stand_with_what_they_were_and_how_they_come_about()
    {
        using var screen = Supervisor(March, March with { Conversations = 1_000, MissedShare = 0.05, FirstResponse = new TimesReport(110, 90, 200, 900) });
        var page = screen.Show<ReportsPage>();
        page.WaitForElement(".charts");

        Assert.Equal("1\u00a0234", Figure(page, "Диалоги").QuerySelector(".figure-value")!.TextContent);
        Assert.Equal("▲ 23,4\u00a0%", Figure(page, "Диалоги").QuerySelector(".better")!.TextContent);
        Assert.Equal("1\u00a0мин 15\u00a0с", Figure(page, "Первый ответ").QuerySelector(".figure-value")!.TextContent);
        Assert.Equal("▼ 15\u00a0с", Figure(page, "Первый ответ").QuerySelector(".better")!.TextContent);
        Assert.Contains("p90 1\u00a0ч 2\u00a0мин", Figure(page, "Первый ответ").TextContent, StringComparison.Ordinal);
        Assert.Equal("6,3\u00a0%", Figure(page, "Пропущено").QuerySelector(".figure-value")!.TextContent);
        Assert.Equal("▲ 1,3 п.п.", Figure(page, "Пропущено").QuerySelector(".worse")!.TextContent);
        Assert.Equal(("4,68", "83,1\u00a0%", "−7"), (Value("CSI"), Value("Оценок «5»"), Value("NPS")));
        Assert.Contains("−13…−2 · n = 90", Figure(page, "NPS").TextContent, StringComparison.Ordinal);
        Assert.Equal("без изменений", Figure(page, "CSI").QuerySelector(".same")!.TextContent);
        Assert.All(page.FindAll(".figure .formula"), one => Assert.True(one.TextContent.Length > 20));

        string Value(string title) => Figure(page, title).QuerySelector(".figure-value")!.TextContent;
    }

    [Fact]
    public void Under_the_charts_stands_a_table_of_the_same_numbers()
    {
        using var screen = Supervisor(March);
        var page = screen.Show<ReportsPage>();
        page.WaitForElement(".charts");

        Assert.Equal(["11 мар", "12 мар"], page.FindAll("tbody th").Select(one => one.TextContent));
        Assert.Equal("600", page.Find("tbody td").TextContent);
        Assert.Equal("1\u00a0234", page.Find("tfoot td").TextContent);
        Assert.Equal(2 * 3, page.FindAll(".canvas rect").Count);
        Assert.Contains("11 мар", page.Find(".slot .tip").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Period_and_filters_are_asked_for_kept_in_the_address_and_read_from_it()
    {
        using var screen = Supervisor(March, address: "/console/reports/overview?from=2026-02-01&to=2026-03-01&channel=vk&nonsense=1");
        var page = screen.Show<ReportsPage>();
        page.WaitForElement(".charts");
        var reporting = screen.Of<Reporting>();

        Assert.Equal("from=2026-02-01&to=2026-03-01&channel=vk", reporting.Query);
        Assert.Equal("from=2026-01-04&to=2026-02-01&channel=vk", reporting.QueryBefore);
        Assert.Equal("vk", page.Find("select.set").GetAttribute("value") ?? page.Find("select.set option[selected]").GetAttribute("value"));

        page.FindAll("select").Single(one => one.GetAttribute("aria-label") == "Отдел").Change("1");
        Assert.Equal("/console/reports/overview?from=2026-02-01&to=2026-03-01&channel=vk&department=1", screen.Called("beseda.go").Last());
        page.FindAll(".presets button")[1].Click();
        Assert.Equal("from=2026-03-06&to=2026-03-13&channel=vk&department=1", reporting.Query);
        page.Find(".filter-bar .link").Click();
        Assert.Equal("from=2026-03-06&to=2026-03-13", reporting.Query);
        Assert.Equal(2 * 4, Asked(screen).Length);
    }

    [Fact]
    public void A_period_that_ends_before_it_begins_is_put_right()
    {
        using var screen = Supervisor(March);
        var page = screen.Show<ReportsPage>();
        var dates = page.FindAll("input[type=date]");

        dates[0].Change("2026-03-20");
        Assert.Equal("from=2026-03-20&to=2026-03-21", screen.Of<Reporting>().Query);
        page.FindAll("input[type=date]")[1].Change("2026-03-01");
        Assert.Equal("from=2026-03-01&to=2026-03-02", screen.Of<Reporting>().Query);
        page.FindAll("input[type=date]")[1].Change("");
        Assert.Equal("from=2026-03-01&to=2026-03-02", screen.Of<Reporting>().Query);
    }

    [Fact]
    public void A_number_opens_its_conversations()
    {
        using var screen = Supervisor(March);
        screen.Server.Answers<ConversationPage>("GET /api/reports/conversations", _ => new ConversationPage([Chat(7), Chat(5)], 5) { Total = 60 });
        var page = screen.Show<ReportsPage>();
        page.WaitForElement(".charts");

        page.FindAll(".shares button").Single(one => one.TextContent.Contains("Не дождался", StringComparison.Ordinal)).Click();

        page.WaitForElement("#behind li");
        Assert.Equal(("Не дождался", "60"), (page.Find("#behind h2").TextContent, page.Find("#behind header .muted").TextContent));
        Assert.Equal(2, page.FindAll("#behind li").Count);
        Assert.Contains("Показать ещё", page.Find("#behind > div > .button").TextContent, StringComparison.Ordinal);
        Assert.Contains("#behind", screen.Called("beseda.openDialog"));
    }

    [Fact]
    public void A_channel_s_bar_filters_by_it()
    {
        using var screen = Supervisor(March);
        var page = screen.Show<ReportsPage>();
        page.WaitForElement(".charts");
        page.FindAll(".shares button").Single(one => one.TextContent.Contains("ВКонтакте", StringComparison.Ordinal)).Click();

        Assert.Equal("vk", screen.Of<Reporting>().Filters["channel"]);
    }

    [Fact]
    public void Nothing_and_trouble_are_said_aloud()
    {
        using var quiet = Supervisor(new OverviewReport());
        Assert.Contains("ничего не было", quiet.Show<ReportsPage>().WaitForElement(".report-none").TextContent, StringComparison.Ordinal);

        using var away = Supervisor(March);
        away.Server.IsAway(Overview);
        var page = away.Show<ReportsPage>();
        page.WaitForElement("[role=alert]");
        away.Server.Answers<OverviewReport>(Overview, _ => March);
        page.Find("[role=alert] button").Click();
        page.WaitForElement(".charts");

        using var refused = Supervisor(March, language: Language.English);
        refused.Server.Refuses(Overview, HttpStatusCode.Forbidden, "not-allowed");
        Assert.Contains("not allowed", refused.Show<ReportsPage>().WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.Russian, 1_234_567, "1\u00a0234\u00a0567")]
    [InlineData(Language.English, 1_234_567, "1,234,567")]
    [InlineData(Language.English, -999, "−999")]
    [InlineData(Language.Russian, 0, "0")]
    public void Whole_numbers_are_written_in_threes(Language language, long number, string written) => Assert.Equal(written, new Words(language).Number(number));

    [Theory]
    [InlineData(Language.Russian, 4.6789, 2, "4,68")]
    [InlineData(Language.English, 1234.06, 1, "1,234.1")]
    [InlineData(Language.English, -0.04, 1, "0.0")]
    [InlineData(Language.English, -12.5, 0, "−13")]
    public void Other_numbers_are_rounded(Language language, double number, int places, string written) => Assert.Equal(written, new Words(language).Number(number, places));

    [Theory]
    [InlineData(null, "—")]
    [InlineData(0L, "0\u00a0s")]
    [InlineData(59L, "59\u00a0s")]
    [InlineData(60L, "1\u00a0min")]
    [InlineData(3_599L, "59\u00a0min 59\u00a0s")]
    [InlineData(7_320L, "2\u00a0h 2\u00a0min")]
    [InlineData(90_000L, "1\u00a0d 1\u00a0h")]
    public void Times_are_told_in_two_units_at_most(long? seconds, string written) => Assert.Equal(written, new Words(Language.English).Span(seconds));
}
