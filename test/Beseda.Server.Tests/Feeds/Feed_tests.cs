using Beseda.Protocol;

namespace Beseda.Server.Tests.Feeds;

/// <summary>What goes over the wire of a feed.</summary>
public sealed class Feed_tests(Server server)
{
    [Fact]
    public async Task A_feed_is_never_kept_never_buffered_and_never_compressed()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        foreach (var (caller, path) in new[] { (guest.Caller, "/api/visitor/feed"), (company.Admin.Caller, "/api/operator/feed") })
        {
            await using var feed = await Listener.OpenAsync(caller.With("Accept-Encoding", "gzip, br"), path);
            Assert.Equal("text/event-stream", feed.Reply.Type);
            Assert.Equal(["no-store"], feed.Reply.Headers["Cache-Control"]);
            Assert.Equal(["no"], feed.Reply.Headers["X-Accel-Buffering"]);
            Assert.Empty(feed.Reply.Headers["Content-Encoding"]);
        }
    }

    [Fact]
    public async Task Everything_after_since_follows_and_the_header_wins_over_the_query()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        var seqs = new List<long>();
        for (var i = 0; i < 5; i++)
            seqs.Add((await guest.WriteAsync($"{i}")).Seq);
        var mine = (await company.JournalAsync()).Where(e => e.Conversation is not null).Select(e => e.Seq).ToList();

        await using var whole = await guest.ListenAsync("?since=0");
        Assert.Equal(mine, (await whole.EntriesUntilAsync(seqs[4])).Select(frame => frame.Id!.Value));
        await using var later = await guest.ListenAsync($"?since={seqs[1]}&journal={guest.Session.Journal}");
        Assert.Equal(mine.Where(seq => seq > seqs[1]), (await later.EntriesUntilAsync(seqs[4])).Select(frame => frame.Id!.Value));
        await using var resumed = await Listener.OpenAsync(guest.Caller.With("Last-Event-ID", $"{seqs[3]}"), "/api/visitor/feed?since=0");
        Assert.Equal([seqs[4]], (await resumed.EntriesUntilAsync(seqs[4])).Select(frame => frame.Id!.Value));
        await using var fresh = await guest.ListenAsync();
        Assert.Empty(await fresh.EntriesUntilAsync(seqs[4]));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("0x10")]
    [InlineData("99999999999999999999999")]
    [InlineData("१")]
    public async Task A_position_that_is_no_number_is_malformed(string position)
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();

        (await guest.GetAsync($"feed?since={Uri.EscapeDataString(position)}")).Must(400, "position-malformed");
        (await company.Admin.GetAsync($"/api/operator/feed?since={Uri.EscapeDataString(position)}")).Must(400, "position-malformed");
        if (position.All(char.IsAscii) && position.Trim() == position)
            (await guest.Caller.With("Last-Event-ID", position).GetAsync("/api/visitor/feed?since=1")).Must(400, "position-malformed");
    }

    [Theory]
    [InlineData("?since=1&journal=0123456789abcdef")]
    [InlineData("?since=1000000")]
    [InlineData("?since=9223372036854775807")]
    public async Task Numbers_that_do_not_count_here_end_the_feed_with_a_reset_and_teach_no_wrong_place(string query)
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        var head = (await company.JournalAsync()).Count;
        foreach (var (caller, path) in new[] { (guest.Caller, "/api/visitor/feed"), (company.Admin.Caller, "/api/operator/feed") })
        {
            await using var feed = await Listener.OpenAsync(caller, path + query);
            var frames = await feed.ToEndAsync();
            Assert.Equal(new Told(null, "reset", "{}"), frames[^1]);
            Assert.All(frames, frame => Assert.True(frame.Id is null || frame.Id <= head, $"{frame} is beyond the head {head}"));
        }
    }

    [Fact]
    public async Task Who_is_more_than_5_000_events_behind_starts_anew()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        await guest.WriteAsync("Первое");
        await Parallel.ForAsync(0, 5_000, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, _) => await guest.WriteAsync("Ещё"));
        var head = (await company.JournalAsync())[^1].Seq;

        await using var tooFar = await guest.ListenAsync($"?since={head - 5_001}");
        Assert.Equal("reset", (await tooFar.ToEndAsync())[^1].Event);
        await using var justNot = await guest.ListenAsync($"?since={head - 5_000}");
        Assert.Equal(Enumerable.Range((int)head - 4_999, 5_000).Select(seq => (long)seq), (await justNot.EntriesUntilAsync(head)).Select(frame => frame.Id!.Value));
    }

    [Fact]
    public async Task One_s_own_messages_come_with_their_client_id_and_before_the_feed_ends_nothing_comes_twice()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        await using var feed = await guest.ListenAsync();

        var accepted = await guest.WriteAsync("Здравствуйте! 🙂 <b>", "my-own-id");
        await guest.WriteAsync("Здравствуйте! 🙂 <b>", "my-own-id");
        var last = await guest.WriteAsync("Ещё");

        var entries = await feed.EntriesUntilAsync(last.Seq);
        Assert.Equal(["conversation.started", "message.posted", "conversation.queued", "message.posted"], entries.Select(frame => frame.Event));
        var mine = entries[1].Json();
        Assert.Equal(("my-own-id", accepted.Seq, "Здравствуйте! 🙂 <b>"), (mine.GetProperty("clientId").GetString(), entries[1].Id, mine.GetProperty("text").GetString()));
        Assert.All(entries, frame => Assert.Equal((frame.Event, frame.Id), (frame.Json().GetProperty("kind").GetString(), frame.Json().GetProperty("seq").GetInt64())));
    }

    [Fact]
    public async Task A_quiet_feed_beats_within_twenty_seconds_and_its_place_moves_with_the_head()
    {
        var company = await Company.OpenAsync(server);
        var guest = await company.ReceiveAsync();
        await using var feed = await guest.ListenAsync();
        await using var staff = await company.Admin.ListenAsync();
        var other = await company.ReceiveAsync();
        var head = (await other.WriteAsync("Не ваше дело")).Seq + 1;

        var beat = await feed.NextAsync(frame => frame.Id is not null, TimeSpan.FromSeconds(21));
        Assert.Equal(new Told(head, "", ""), beat);
        await staff.NextAsync(frame => frame == new Told(null, "ping", "{}"), TimeSpan.FromSeconds(21));
        Assert.Contains(staff.Heard, frame => frame == new Told(head, "", ""));
    }

    [Fact]
    public async Task A_change_of_an_operator_s_rights_ends_their_feed_and_nobody_else_s()
    {
        var company = await Company.OpenAsync(server);
        var anna = await company.HireAsync("Анна");
        var boris = await company.HireAsync("Борис");
        var other = await company.AddDepartmentAsync("Продажи");
        await using var hers = await anna.ListenAsync();
        await using var his = await boris.ListenAsync();

        (await company.Admin.PutAsync($"/api/admin/operators/{anna.Id}", new OperatorSettings(anna.Email, "Анна", Departments: [other]))).Must(200);
        var guest = await company.ReceiveAsync();
        var posted = await guest.WriteAsync("Здравствуйте!", department: company.Department);

        Assert.Equal("reset", (await hers.ToEndAsync())[^1].Event);
        Assert.Contains(await his.EntriesUntilAsync(posted.Seq), frame => frame.Id == posted.Seq);
        Assert.DoesNotContain(hers.Heard, frame => frame.Id == posted.Seq);

        (await company.Admin.PutAsync($"/api/admin/operators/{boris.Id}", new OperatorSettings(boris.Email, "Борис", Departments: [company.Department], Enabled: false))).Must(200);
        Assert.Equal("reset", (await his.ToEndAsync())[^1].Event);
        (await boris.GetAsync("/api/operator/feed")).Must(401, "signed-out");
    }
}
