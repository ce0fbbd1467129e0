using Beseda.Protocol;

namespace Beseda.Server.Tests.Administration;

public sealed class Administration_tests(Server server)
{
    private const string Password = "correct-horse";

    [Fact]
    public async Task What_was_read_may_be_written_back()
    {
        var company = await Company.OpenAsync(server);
        foreach (var path in new[] { "account", $"departments/{company.Department}", $"operators/{company.Admin.Id}" })
        {
            var list = (await company.Admin.GetAsync($"/api/admin/{path.Split('/')[0]}")).Must(200).Json;
            var before = (await company.JournalAsync()).Count;
            var one = list.ValueKind == System.Text.Json.JsonValueKind.Array ? list[0].GetRawText() : list.GetRawText();
            (await company.Admin.Caller.RawAsync(HttpMethod.Put, $"/api/admin/{path}", one)).Must(200);
            Assert.Equal(before, (await company.JournalAsync()).Count);
        }
    }

    [Fact]
    public async Task The_account_s_settings_are_seen_by_visitors_and_the_key_stays()
    {
        var company = await Company.OpenAsync(server);
        var settings = (await company.Admin.GetAsync("/api/admin/account")).Read<AccountSettings>();
        Assert.Equal(32, Convert.FromBase64String(settings.IdentityKey!).Length);

        var changed = settings with { Name = "Свет\nи Сеть\u0007", Accent = "#12aBcd", RatingScale = 10, IdentityKey = null };
        var answer = (await company.Admin.PutAsync("/api/admin/account", changed)).Read<AccountSettings>();

        Assert.Equal(("Свет и Сеть", settings.IdentityKey), (answer.Name, answer.IdentityKey));
        Assert.Equal(new WidgetSettings("Свет и Сеть", "#12aBcd", 10), (await company.ReceiveAsync()).Session.Settings);
        foreach (var wrong in new[]
        {
            changed with { Name = " \u0000 " }, changed with { Name = new string('x', 201) }, changed with { RatingScale = 7 },
            changed with { Accent = "red" }, changed with { Accent = "#123456;}" }, changed with { Key = "another" },
            changed with { Origins = ["www.example.com"] }, changed with { Origins = ["https://a.example/path"] },
            changed with { Origins = ["javascript:alert(1)"] }, changed with { Origins = ["https://u:p@a.example"] },
            changed with { Origins = [.. Enumerable.Range(0, 101).Select(i => $"https://a{i}.example")] },
            changed with { Origins = [.. Enumerable.Range(0, 100).Select(i => $"https://{new string('a', 60)}.{new string('b', 60)}.{new string('c', 60)}{i}.example")] },
        })
            (await company.Admin.PutAsync("/api/admin/account", wrong)).Must(422, "invalid");
    }

    [Fact]
    public async Task Departments_have_hours_that_conversations_are_told_by()
    {
        var company = await Company.OpenAsync(server);
        var settings = (await company.Admin.GetAsync("/api/admin/departments")).Read<IReadOnlyList<DepartmentSettings>>()[0];
        var hours = new WorkingHours("Europe/Moscow", [new Shift(Weekday.Monday, "09:00", "18:00"), new Shift(Weekday.Friday, "22:00", "06:00")],
            [new SpecialDay("2027-01-01", []), new SpecialDay("2027-01-02", [new Opening("10:00", "14:00")])]);

        (await company.Admin.PutAsync($"/api/admin/departments/{settings.Id}", settings with { Hours = hours })).Must(200);
        var told = (await company.Admin.GetAsync("/api/admin/departments")).Read<IReadOnlyList<DepartmentSettings>>()[0].Hours!;
        Assert.Equal((hours.Zone, true, true), (told.Zone, hours.Week.SequenceEqual(told.Week), hours.Days![1].Openings.SequenceEqual(told.Days![1].Openings)));

        await SetAsync(hours with { Week = [] });
        Assert.False(await WithinHoursAsync());
        await SetAsync(hours with { Week = [.. Enum.GetValues<Weekday>().Select(day => new Shift(day, "00:00", "00:00"))] });
        Assert.True(await WithinHoursAsync());
        await SetAsync(null);
        Assert.True(await WithinHoursAsync());
        foreach (var wrong in new[]
        {
            hours with { Zone = "Mars/Olympus" }, hours with { Zone = "" }, hours with { Week = [new Shift(Weekday.Monday, "9", "18:00")] },
            hours with { Week = [new Shift(Weekday.Monday, "09:00", "24:00")] }, hours with { Days = [new SpecialDay("1 января", [])] },
            hours with { Days = [hours.Days[0], hours.Days[0]] }, hours with { Week = [.. Enumerable.Repeat(hours.Week[0], 51)] },
        })
            (await company.Admin.PutAsync($"/api/admin/departments/{settings.Id}", settings with { Hours = wrong })).Must(422, "invalid");

        async Task SetAsync(WorkingHours? changed) => (await company.Admin.PutAsync($"/api/admin/departments/{settings.Id}", settings with { Hours = changed })).Must(200);

        async Task<bool> WithinHoursAsync()
        {
            var conversation = (await (await company.ReceiveAsync()).WriteAsync("Здравствуйте")).Conversation;
            return (await company.Admin.TimelineAsync(conversation)).Events.OfType<ConversationQueued>().Single().WithinHours;
        }
    }

    [Fact]
    public async Task Departments_are_added_and_changed_within_bounds()
    {
        var company = await Company.OpenAsync(server);

        var added = (await company.Admin.PostAsync("/api/admin/departments", new DepartmentSettings("Продажи", Protocol.Routing.Automatic, 45, 90, 30))).Read<DepartmentSettings>();
        var renamed = (await company.Admin.PutAsync($"/api/admin/departments/{added.Id}", added with { Name = "Сбыт" })).Read<DepartmentSettings>();

        Assert.Equal(new DepartmentSettings("Сбыт", Protocol.Routing.Automatic, 45, 90, 30, added.Id), renamed);
        Assert.Equal([company.Department, added.Id!.Value], (await company.Admin.DeskAsync()).Departments.Select(one => one.Id));
        foreach (var wrong in new[]
        {
            added with { Name = "" }, added with { AcceptSeconds = 4 }, added with { AcceptSeconds = int.MaxValue }, added with { GraceSeconds = -1 },
            added with { CloseAfterMinutes = 0 }, added with { CloseAfterMinutes = int.MaxValue },
        })
            (await company.Admin.PutAsync($"/api/admin/departments/{added.Id}", wrong)).Must(422, "invalid");
        (await company.Admin.PutAsync("/api/admin/departments/999", added)).Must(422, "department-not-found");
    }

    /// <summary>The longest that may be set is longer than timers count.</summary>
    [Fact]
    public async Task Conversations_may_be_kept_open_for_a_year()
    {
        await using var own = await Server.StartAsync(["--limits", "off"]);
        var company = await Company.OpenAsync(own);
        (await company.Admin.PutAsync($"/api/admin/departments/{company.Department}", new DepartmentSettings("Поддержка", CloseAfterMinutes: 525_600))).Must(200);
        var guest = await company.ReceiveAsync();
        await guest.WriteAsync("Здравствуйте!");

        await own.RestartAsync();

        Assert.Single((await guest.ReturnAsync(company.Key)).Session.Timeline.OfType<MessagePosted>());
    }

    [Fact]
    public async Task Operators_are_added_with_rules_for_their_passwords()
    {
        var company = await Company.OpenAsync(server);
        var settings = new OperatorSettings($"new@{company.Key}.example", "Нина\u0000", Limit: 2, Departments: [company.Department], Title: "Специалист", Password: Password);

        foreach (var password in new[] { null, "", "short", "123456789" })
            (await company.Admin.PostAsync("/api/admin/operators", settings with { Password = password })).Must(422, "invalid");
        var answer = await company.Admin.PostAsync("/api/admin/operators", settings);

        var added = answer.Read<OperatorSettings>();
        Assert.DoesNotContain(Password, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, (await company.Admin.GetAsync("/api/admin/operators")).Text, StringComparison.Ordinal);
        Assert.Equal("Нина", (await company.Admin.GetAsync("/api/admin/operators")).Read<IReadOnlyList<OperatorSettings>>().Single(one => one.Id == added.Id).Name);
        await Clerk.SignInAsync(server.Address, settings.Email, Password);
        (await company.Admin.PostAsync("/api/admin/operators", settings)).Must(409, "already-an-operator");
        (await company.Admin.PutAsync($"/api/admin/operators/{added.Id}", settings with { Email = "other@example.com" })).Must(422, "invalid");
        (await company.Admin.PutAsync("/api/admin/operators/999", settings)).Must(404, "operator-not-found");
        foreach (var wrong in new[]
        {
            settings with { Email = "nobody" }, settings with { Email = "@x" }, settings with { Email = "a\u0001@x.example" }, settings with { Email = $"{new string('a', 250)}@x.example" },
            settings with { Name = "\t" }, settings with { Limit = 0 }, settings with { Limit = 101 }, settings with { Title = new string('x', 201) },
            settings with { Avatar = "http://x.example/a.png" }, settings with { Avatar = "javascript:alert(1)" }, settings with { Avatar = $"https://x.example/{new string('a', 500)}" },
        })
            (await company.Admin.PostAsync("/api/admin/operators", wrong)).Must(422, "invalid");
        (await company.Admin.PostAsync("/api/admin/operators", settings with { Email = $"else@{company.Key}.example", Departments = [999] })).Must(422, "department-not-found");
    }

    [Fact]
    public async Task Many_operators_can_be_added_and_sign_in_at_once()
    {
        var company = await Company.OpenAsync(server);

        var clerks = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => company.HireAsync($"Оператор {n}")));

        Assert.Equal(41, (await company.Admin.GetAsync("/api/admin/operators")).Read<IReadOnlyList<OperatorSettings>>().Count);
        Assert.Equal(40, clerks.Select(clerk => clerk.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_password_set_by_the_administrator_is_the_one_that_counts()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var settings = new OperatorSettings(anna.Email, "Анна", Departments: [company.Department], Password: "another-horse");

        (await company.Admin.PutAsync($"/api/admin/operators/{anna.Id}", settings with { Password = "short" })).Must(422, "invalid");
        (await company.Admin.PutAsync($"/api/admin/operators/{anna.Id}", settings)).Must(200);

        await Clerk.SignInAsync(server.Address, anna.Email, "another-horse");
        (await new Caller(server.Address).PostAsync("/api/auth/login", new LoginRequest(anna.Email, Password))).Must(401);
    }

    [Fact]
    public async Task Nobody_but_its_own_company_changes_a_shared_user_s_password()
    {
        var one = await Company.OpenAsync(server);
        var other = await Company.OpenAsync(server);
        var shared = new OperatorSettings(one.Admin.Email, "Ольга", Departments: [other.Department], Password: "stolen-account");
        var there = (await other.Admin.PostAsync("/api/admin/operators", shared)).Read<OperatorSettings>();

        (await other.Admin.PutAsync($"/api/admin/operators/{there.Id}", shared)).Must(409, "user-shared");

        (await new Caller(server.Address).PostAsync("/api/auth/login", new LoginRequest(one.Admin.Email, "stolen-account", one.Key))).Must(401);
        (await new Caller(server.Address).PostAsync("/api/auth/login", new LoginRequest(one.Admin.Email, Password, one.Key))).Must(200);
    }

    [Fact]
    public async Task Somebody_has_to_stay_the_administrator()
    {
        var company = await Company.OpenAsync(server);
        var admin = new OperatorSettings(company.Admin.Email, "Ольга", Role.Administrator, Departments: [company.Department]);

        (await company.Admin.PutAsync($"/api/admin/operators/{company.Admin.Id}", admin with { Role = Role.Operator })).Must(409, "last-administrator");
        (await company.Admin.PutAsync($"/api/admin/operators/{company.Admin.Id}", admin with { Enabled = false })).Must(409, "last-administrator");
        var second = await company.HireAsync("Вторая", Role.Administrator);
        (await company.Admin.PutAsync($"/api/admin/operators/{company.Admin.Id}", admin with { Role = Role.Operator })).Must(200);
        (await company.Admin.GetAsync("/api/admin/journal")).Must(403, "not-allowed");
        (await second.GetAsync("/api/admin/journal")).Must(200);
    }

    [Fact]
    public async Task The_raw_journal_is_whole_and_pages_by_number()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        for (var i = 0; i < 30; i++)
            await guest.WriteAsync($"Сообщение {i}");

        var first = (await company.Admin.GetAsync("/api/admin/journal?limit=10")).Read<JournalPage>();
        var odd = (await company.Admin.GetAsync("/api/admin/journal?limit=-1&since=-5")).Read<JournalPage>();
        var all = await company.JournalAsync();

        Assert.Equal((10, all.Count, guest.Session.Journal), (first.Events.Count, first.Head, first.Journal));
        Assert.Single(odd.Events);
        Assert.Equal(Enumerable.Range(1, all.Count).Select(seq => (long)seq), all.Select(e => e.Seq));
        Assert.Equal(all.OrderBy(e => e.At), all);
        Assert.All(all.Where(e => e.Kind == "message.posted"), e =>
        {
            Assert.DoesNotContain("Сообщение", e.Body.GetRawText(), StringComparison.Ordinal);
            Assert.StartsWith("Сообщение", e.Words!.Value.GetProperty("text").GetString(), StringComparison.Ordinal);
        });
    }
}
