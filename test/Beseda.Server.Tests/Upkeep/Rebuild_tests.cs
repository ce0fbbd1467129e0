using Beseda.Domain;
using Beseda.Protocol;
using Beseda.Server.Reports.Facts;
using Beseda.Server.Tests.Sessions;
using Beseda.Server.Upkeep;

namespace Beseda.Server.Tests.Upkeep;

/// <summary>Everything beside the events can be recomputed from them; a difference is found, and put right.</summary>
public sealed class Rebuild_tests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"beseda-{Guid.NewGuid():N}");

    [Fact]
    public async Task What_the_rows_say_is_what_the_events_add_up_to_and_a_row_that_differs_is_found_and_put_right()
    {
        string key;
        await using (var server = await Server.OnAsync(folder))
        {
            var company = await Company.OpenAsync(server);
            key = company.Key;
            await LiveAsync(company);
            Assert.Equal(0, await RunAsync("--check"));
            await FactKeeper.CatchUpAsync(company.Journal, company.Id, TestContext.Current.CancellationToken);
            Assert.Equal(0, await RunAsync("--check"));
            await company.Journal.WriteAsync((session, _) =>
            {
                session["update fact_blocks set data = (select data from fact_blocks where account = $1 and block = 10) where account = $1 and block = 9"]
                    .Bind(1, company.Id.Value).Run();
                return true;
            });
            Assert.Equal(1, await RunAsync("--check"));
            await company.Journal.RepairAsync(company.Id, session =>
            {
                var state = Folding.Fold(session, company.Id, AccountState.Empty);
                Difference.All(session, company.Id, state).ForEach(one => one.Repair(session, company.Id, state));
            });
            Assert.Equal(0, await RunAsync("--check"));
            await FactKeeper.CatchUpAsync(company.Journal, company.Id, TestContext.Current.CancellationToken);
            Assert.Equal(0, await RunAsync("--check"));

            await company.Journal.WriteAsync((session, _) =>
            {
                session["update conversations set state = (select state from conversations where account = $1 order by id desc limit 1) where account = $1"]
                    .Bind(1, company.Id.Value).Run();
                session["update person_visitors set person = 1 where account = $1"].Bind(1, company.Id.Value).Run();
                session["delete from visitor_contacts where account = $1"].Bind(1, company.Id.Value).Run();
                session["delete from visitors where account = $1 and id in (select visitor from conversations where account = $1)"].Bind(1, company.Id.Value).Run();
                return true;
            });
            Assert.Equal(1, await RunAsync("--check"));
        }

        Assert.Equal(0, await RunAsync());
        Assert.Equal(0, await RunAsync("--check"));
        await using var again = await Server.OnAsync(folder);
        Assert.NotNull((await new Caller(again.Address).PostAsync("/api/visitor/session", new SessionRequest(key))).Read<SessionAnswer>().Journal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Some of everything that changes a row.</summary>
    private static async Task LiveAsync(Company company)
    {
        var (anna, boris) = (await company.HireAsync("Анна"), await company.HireAsync("Борис"));
        var other = await company.AddDepartmentAsync("Другой");
        foreach (var text in (string[])["раз", "два", "три"])
        {
            var guest = await company.ReceiveAsync();
            var posted = await guest.WriteAsync(text);
            await guest.WriteAsync($"{text} ещё");
            (await anna.DoAsync(posted.Conversation, "take")).Must(204);
            await anna.WriteAsync(posted.Conversation, "Добрый день");
            await anna.WriteAsync(posted.Conversation, "Заметка", note: true);
            if (text == "раз")
                (await anna.DoAsync(posted.Conversation, "transfer", new TransferRequest(Department: other))).Must(204);
            else
                (await anna.DoAsync(posted.Conversation, "close")).Must(204);
            if (text == "два")
                (await guest.PostAsync("rating", new RatingRequest(posted.Conversation, 5, 4, anna.Id))).Must(204);
        }

        var (one, same) = (await company.ReceiveAsync(), await company.ReceiveAsync());
        var there = (await same.WriteAsync("и я")).Conversation;
        (await anna.DoAsync((await one.WriteAsync("я")).Conversation, "merge", new MergeRequest(there))).Must(204);
        (await anna.DoAsync(there, "merge", new MergeRequest((await (await company.ReceiveAsync()).WriteAsync("тоже я")).Conversation))).Must(204);
        (await anna.DoAsync(there, "separate", new SeparateRequest([one.Session.Visitor.Id]))).Must(204);
        await Guest.ComeAsync(company.Server.Address, company.Key, identity: Identity.Sign(
            await Identity.KeyAsync(company), new { sub = "1", exp = Identity.In(TimeSpan.FromHours(1)), phone = "+79161234567", email = "a@b.ru" }));

        await boris.BeAsync(OperatorStatus.Online);
        await boris.BeAsync(OperatorStatus.Away);
    }

    private Task<int> RunAsync(params string[] more) =>
        Rebuild.RunAsync(CommandLine.Parse(["rebuild", .. more, .. Engine.ArgumentsFor(folder)]));
}
