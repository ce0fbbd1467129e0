using Beseda.Protocol;

namespace Beseda.Server.Tests.Reports;

public sealed class Report_door_tests(Server server)
{
    private static readonly string[] Pages = ["overview", "service", "operators", "satisfaction", "channels", "queue", "categories"];

    [Fact]
    public async Task A_conversation_goes_through_all_pages()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var category = (await company.Admin.PostAsync("/api/admin/labels", new Label(LabelKind.Category, "Оплата"))).Read<Label>().Id!.Value;
        var tag = (await company.Admin.PostAsync("/api/admin/labels", new Label(LabelKind.Tag, "Срочно"))).Read<Label>().Id!.Value;
        var guest = await company.ReceiveAsync();
        var id = (await guest.WriteAsync("Здравствуйте")).Conversation;
        (await anna.PostAsync($"/api/operator/conversations/{id}/take")).Must(204);
        await anna.WriteAsync(id, "Добрый день");
        (await anna.PutAsync($"/api/operator/conversations/{id}/labels", new LabelRequest(category, [tag]))).Must(204);

        // Open, it has no outcome yet; and all that is asked for is there at once.
        var open = await ReadAsync<OverviewReport>(company, "overview");
        Assert.Equal((1, 0, 1), (open.Conversations, open.Outcomes.Handled, open.FirstResponse.N));

        (await anna.PostAsync($"/api/operator/conversations/{id}/close")).Must(204);
        (await guest.PostAsync("rating", new RatingRequest(id, 5, 4))).Must(204);

        var overview = await ReadAsync<OverviewReport>(company, "overview");
        Assert.Equal((1, 1, 0d, 4d), (overview.Conversations, overview.Outcomes.Handled, overview.MissedShare, overview.Csi.Mean));
        Assert.Equal((1, 1, 1, 1d), (overview.Csi.N, overview.Csi.Asked, overview.Csi.Answered, overview.Csi.ResponseRate));
        Assert.Equal([new ChannelShare("site", 1, 1)], overview.Channels);
        Assert.Equal(1, overview.Series.Sum(bucket => bucket.Summary.Conversations));
        Assert.Equal($"{anna.Id}", Assert.Single((await ReadAsync<PageReport>(company, "operators")).Rows).Key);
        Assert.Equal($"{anna.Id}", Assert.Single((await ReadAsync<SatisfactionReport>(company, "satisfaction")).Rows).Key);
        Assert.Equal($"{company.Department}", Assert.Single((await ReadAsync<ServiceReport>(company, "service")).Rows).Key);
        Assert.Equal(1, (await ReadAsync<QueueReport>(company, "queue")).Hours.Sum(hour => hour.Conversations));
        Assert.Equal("site", Assert.Single((await ReadAsync<ChannelsReport>(company, "channels")).Rows).Key);
        var categories = await ReadAsync<CategoriesReport>(company, "categories");
        Assert.Equal(($"{category}", $"{tag}"), (Assert.Single(categories.Rows).Key, Assert.Single(categories.Tags).Key));
        foreach (var page in Pages)
            Assert.Equal(1, (await ReadAsync<PageReport>(company, page)).Conversations);
    }

    [Fact]
    public async Task What_was_missed_is_told_by_how_it_ended()
    {
        var company = await Company.OpenAsync(server);
        var (gone, silent) = (await company.ReceiveAsync(), await company.ReceiveAsync());
        await gone.WriteAsync("Есть кто?");
        (await gone.PostAsync("close", new CloseRequest(null))).Must(204);
        var id = (await silent.WriteAsync("Ответьте")).Conversation;
        (await company.Admin.PostAsync($"/api/operator/conversations/{id}/take")).Must(204);
        (await company.Admin.PostAsync($"/api/operator/conversations/{id}/close")).Must(204);

        var service = await ReadAsync<ServiceReport>(company, "service");

        Assert.Equal((1, 1, 0), (service.Outcomes.ShortAbandons, service.Outcomes.Unanswered, service.Outcomes.Abandoned));
        Assert.Equal(1, service.MissedShare);
        Assert.Equivalent(
            new[] { new MissedReport("shortAbandons", "visitor", "finished", 1), new MissedReport("unanswered", "operator", "finished", 1) }, service.Missed);
        Assert.Equal(id, Assert.Single((await BehindAsync(company, "outcome=unanswered")).Conversations).Id);
        Assert.Equal(2, (await BehindAsync(company, "")).Total);
        Assert.Empty((await BehindAsync(company, "time=firstResponse")).Conversations);
    }

    [Fact]
    public async Task Behind_every_number_stand_its_conversations_and_no_others()
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(-2);
        var history = await History.OfProviderAsync(server, 8, 220, until);
        await history.CountAsync();
        var period = $"from={Uri.EscapeDataString($"{until.AddDays(-6):O}")}&to={Uri.EscapeDataString($"{until.AddDays(-1):O}")}";
        var all = (await history.FoldedAsync()).Where(one => one.StartedAt >= until.AddDays(-6) && one.StartedAt < until.AddDays(-1)).ToList();
        var vk = $"{period}&channel=vk";

        await SameAsync(period, all.Select(one => one.Id.Value));
        await SameAsync(vk, all.Where(one => one.Channel == "vk").Select(one => one.Id.Value));
        await SameAsync($"{vk}&outcome=handled", all.Where(one => one.Channel == "vk" && one.Tally!.OperatorMessages > 0 && !one.IsOpen).Select(one => one.Id.Value));
        await SameAsync($"{period}&time=firstResponse&least=60&most=119", all.Where(one => one.Tally!.FirstResponse?.Time.Seconds is >= 60 and < 120).Select(one => one.Id.Value));
        await SameAsync($"{period}&time=response&least=200", all.Where(one => one.Tally!.Responses.Any(wait => wait.Time.Seconds >= 200)).Select(one => one.Id.Value));
        var overview = (await history.Admin.GetAsync($"/api/reports/overview?{period}")).Read<OverviewReport>();
        Assert.Equal(overview.Csi.Scores[4], (await BehindAsync($"{period}&scale=5&score=5")).Count);
        Assert.Equal(overview.Csi.Asked, (await BehindAsync($"{period}&scale=5")).Count);

        async Task SameAsync(string query, IEnumerable<long> expected) => Assert.Equal(expected.OrderDescending(), await BehindAsync(query));

        async Task<List<long>> BehindAsync(string query)
        {
            var (found, next) = (new List<long>(), (long?)null);
            do
            {
                var page = (await history.Admin.GetAsync($"/api/reports/conversations?{query}&limit=40{(next is { } id ? $"&before={id}" : "")}")).Read<ConversationPage>();
                found.AddRange(page.Conversations.Select(one => one.Id));
                next = page.Next;
                Assert.True(found.Count <= page.Total);
            }
            while (next is not null);
            return found;
        }
    }

    [Fact]
    public async Task Days_are_those_of_the_account_s_clocks()
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(-2);
        var history = await History.OfProviderAsync(server, 5, 150, until);
        var overview = (await history.Admin.GetAsync("/api/reports/overview?bucket=day")).Read<OverviewReport>();

        var moscow = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow");
        var days = (await history.FoldedAsync()).GroupBy(one => $"{TimeZoneInfo.ConvertTime(one.StartedAt, moscow):yyyy-MM-dd}").ToDictionary(day => day.Key, day => (long)day.Count());
        Assert.Equal(30, overview.Series.Count);
        Assert.All(overview.Series, bucket => Assert.Equal(days.GetValueOrDefault(bucket.From), bucket.Summary.Conversations));
        foreach (var (day, count) in days)
        {
            var next = $"{DateOnly.ParseExact(day, "yyyy-MM-dd", null).AddDays(1):yyyy-MM-dd}";
            Assert.Equal(count, (await history.Admin.GetAsync($"/api/reports/overview?from={day}&to={next}")).Read<OverviewReport>().Conversations);
        }
    }

    [Fact]
    public async Task A_file_has_the_page_s_numbers_to_the_last_digit()
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(-2);
        var history = await History.OfProviderAsync(server, 6, 180, until);
        foreach (var (page, table) in new[] { ("overview", "series"), ("operators", "rows"), ("satisfaction", "rows"), ("categories", "tags") })
        {
            var query = $"/api/reports/{page}?bucket=day&table={table}&lang=en";
            var told = (await history.Admin.GetAsync(query)).Json;
            var lines = (await history.Admin.GetAsync($"{query}&format=csv")).Must(200).Text.TrimStart('\uFEFF').TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
            var rows = told.GetProperty(table).EnumerateArray().Select(row => row.GetProperty("summary")).ToList();
            for (var i = 0; i < rows.Count; i++)
            {
                Same(rows[i].GetProperty("conversations"), "Conversations", i);
                if (rows[i].GetProperty("csi").TryGetProperty("mean", out var mean))
                    Same(mean, "CSI, mean", i);
                if (page != "satisfaction" && rows[i].GetProperty("handling").TryGetProperty("inHours", out var handling) && handling.TryGetProperty("p90", out var p90))
                    Same(p90, "Handling in working hours: p90, s", i);
            }

            Assert.StartsWith("PK", (await history.Admin.GetAsync($"{query}&format=xlsx")).Must(200).Text, StringComparison.Ordinal);

            void Same(System.Text.Json.JsonElement number, string column, int row)
            {
                var at = Columns(lines[0]).IndexOf(column);
                Assert.Equal(number.GetRawText(), at < 0 ? "0" : lines[row + 1][at]);
            }
        }

        (await history.Admin.GetAsync("/api/reports/overview?format=pdf")).Must(422, "invalid");
        (await history.Admin.GetAsync("/api/reports/overview?format=csv&table=secrets")).Must(422, "invalid");
    }

    /// <summary>Titles have commas of their own: they are put together again.</summary>
    private static List<string> Columns(IEnumerable<string> cells)
    {
        var titles = new List<string>();
        foreach (var cell in cells)
        {
            if (titles.Count > 0 && titles[^1].StartsWith('"') && !titles[^1].EndsWith('"'))
                titles[^1] += $",{cell}";
            else
                titles.Add(cell);
        }

        return titles.ConvertAll(title => title.Trim('"'));
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("to=2026-13-01")]
    [InlineData("from=2026-03-01&to=2026-03-01")]
    [InlineData("from=2026-03-01&to=2026-02-01")]
    [InlineData("from=1990-01-01&to=2026-01-01")]
    [InlineData("bucket=year")]
    [InlineData("bucket=hour&from=2025-01-01&to=2026-01-01")]
    [InlineData("department=x")]
    [InlineData("operator=1,two")]
    public async Task What_makes_no_report_is_said(string query)
    {
        var company = await Company.OpenAsync(server);
        (await company.Admin.GetAsync($"/api/reports/overview?{query}")).Must(422, "invalid");
        (await company.Admin.GetAsync($"/api/reports/conversations?{query}")).Must(422, "invalid");
    }

    [Theory]
    [InlineData("outcome=lost")]
    [InlineData("time=coffee")]
    [InlineData("score=five")]
    [InlineData("least=-1")]
    public async Task What_is_behind_no_number_is_said(string query) =>
        (await (await Company.OpenAsync(server)).Admin.GetAsync($"/api/reports/conversations?{query}")).Must(422, "invalid");

    [Fact]
    public async Task Only_who_sees_all_conversations_reads_reports()
    {
        var company = await Company.OpenAsync(server);
        var (anna, boss) = (await company.HireAsync("Анна"), await company.HireAsync("Вера", Role.Supervisor));
        foreach (var page in Pages.Append("conversations"))
        {
            (await anna.GetAsync($"/api/reports/{page}")).Must(403, "not-allowed");
            (await boss.GetAsync($"/api/reports/{page}")).Must(200);
            (await new Caller(server.Address).GetAsync($"/api/reports/{page}")).Must(401);
        }
    }

    private static async Task<T> ReadAsync<T>(Company company, string page) => (await company.Admin.GetAsync($"/api/reports/{page}")).Read<T>();

    private static async Task<ConversationPage> BehindAsync(Company company, string query) =>
        (await company.Admin.GetAsync($"/api/reports/conversations?{query}")).Read<ConversationPage>();
}
