using System.Text.Json;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Telegram;
using Beseda.Protocol;
using Beseda.Server.Tests.Sessions;
using AuthorKind = Beseda.Protocol.AuthorKind;
using Person = Beseda.Protocol.Person;

namespace Beseda.Server.Tests.Channels;

/// <summary>Somebody who writes from the site and from a messenger is one person to operators, once that is known.</summary>
public sealed class Person_tests
{
    public static readonly TheoryData<Cast> All = [.. Casts.All.Where(cast => cast.IsReferred)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Who_goes_on_in_a_messenger_by_the_link_of_their_account_is_known_there_and_the_history_reads_as_one(Cast cast)
    {
        await using var stage = await Stage.SetAsync(cast);
        var guest = await SignInAsync(stage, new { sub = "100417", exp = Identity.In(TimeSpan.FromHours(1)), name = "Ирина", email = "irina@example.ru" });
        var onSite = (await guest.WriteAsync("Пропал интернет")).Conversation;
        (await stage.Clerk.DoAsync(onSite, "close")).Must(204);

        var visitor = stage.Account.Meet("Мария Иванова");
        visitor.Start(Referral(await InvitationAsync(guest, cast)));
        visitor.Write("Это снова я");
        await stage.Account.DeliveredAsync();
        var there = await stage.ConversationAsync();
        var person = await Stage.UntilAsync(async () => await PersonAsync(stage.Clerk, there.Id) is { Addresses.Count: 2 } both ? both : null);

        Assert.Equal([(cast.Name, "Мария Иванова"), ("site", "Ирина")], person.Addresses.Select(one => (one.Channel, one.Visitor.Name!)));
        Assert.Equal("irina@example.ru", person.Addresses[1].Fields!["email"]);
        Assert.Equal([there.Id, onSite], person.Conversations.Select(one => one.Id));
        Assert.Null((await stage.Clerk.TimelineAsync(there.Id)).Events.OfType<ConversationStarted>().Single().Location);

        var said = (await stage.Clerk.TimelineAsync(there.Id, "?limit=200&history=true")).Events.OfType<MessagePosted>()
            .Where(one => one.Author.Kind == AuthorKind.Visitor).Select(one => (one.Conversation, one.Author.Name, one.Text));
        Assert.Equal([((long?)onSite, "Ирина", "Пропал интернет"), (there.Id, "Мария Иванова", "Это снова я")], said);
        Assert.Empty(stage.Errors);
    }

    [Fact]
    public async Task A_visitor_sees_only_what_was_said_where_they_are()
    {
        await using var stage = await Stage.SetAsync(Cast.Telegram);
        var guest = await stage.Company.ReceiveAsync();
        await guest.WriteAsync("С сайта");
        var visitor = stage.Account.Meet("Мария Иванова");
        visitor.Start(Referral(await InvitationAsync(guest, Cast.Telegram)));
        visitor.Write("Из Telegram");
        await Stage.UntilAsync(async () => (await stage.Clerk.DeskAsync()).Conversations is { Count: 2 } both ? both : null);

        Assert.Equal(["С сайта"], (await guest.TimelineAsync()).Events.OfType<MessagePosted>().Select(one => one.Text));
    }

    [Fact]
    public async Task A_link_that_was_tampered_with_or_is_another_accounts_links_nobody()
    {
        await using var stage = await Stage.SetAsync(Cast.Telegram);
        var foreign = await Company.OpenAsync(stage.Server);
        var guest = await stage.Company.ReceiveAsync();
        var good = Referral(await InvitationAsync(guest, Cast.Telegram));
        var tampered = $"{good[..^6]}{(good[^6] == 'A' ? 'B' : 'A')}{good[^5..]}";

        foreach (var (name, link) in new[] { ("Один", tampered), ("Два", "beseda-x"), ("Три", $"beseda-{new string('A', 57)}") })
        {
            var visitor = stage.Account.Meet(name);
            visitor.Start(link);
            await visitor.SeesAsync("Пожалуйста, подождите, оператор скоро подключится.");
        }

        foreach (var one in (await stage.Clerk.DeskAsync()).Conversations)
        {
            Assert.Single((await PersonAsync(stage.Clerk, one.Id)).Addresses);
            Assert.Null(one.Location);
        }

        Assert.Empty((await (await foreign.ReceiveAsync()).GetAsync("channels")).Read<IReadOnlyList<Invitation>>());
        Assert.Empty(stage.Errors);
    }

    [Fact]
    public async Task Who_shares_the_number_that_the_company_knows_is_the_customer_and_stays_apart_once_an_operator_says_so()
    {
        await using var stage = await Stage.SetAsync(Cast.Telegram);
        var visitor = (TelegramCustomer)stage.Account.Meet("Мария Иванова");
        var claims = new { sub = "100417", exp = Identity.In(TimeSpan.FromHours(1)), name = "Ирина", phone = $"8 ({visitor.Phone[1..4]}) {visitor.Phone[4..]}" };
        await SignInAsync(stage, claims);
        visitor.SendCard(new Card("79990000000", "Сосед"));
        visitor.SendCard(new Card(visitor.Phone, "Мария Иванова"));
        var there = await stage.ConversationAsync();
        var person = await Stage.UntilAsync(async () => await PersonAsync(stage.Clerk, there.Id) is { Addresses.Count: 2 } both ? both : null);
        Assert.Equal("Ирина", person.Addresses[1].Visitor.Name);

        (await stage.Clerk.DoAsync(there.Id, "separate", new SeparateRequest([person.Addresses[1].Visitor.Id]))).Must(204);
        await SignInAsync(stage, claims);
        var apart = await PersonAsync(stage.Clerk, there.Id);
        Assert.Single(apart.Addresses);
        // They never wrote: there is no conversation by which an operator knows them.
        Assert.Empty(apart.Alike);
    }

    [Fact]
    public async Task An_operator_merges_two_who_write_and_every_console_hears_of_it_and_of_the_way_back()
    {
        await using var stage = await Stage.SetAsync(Cast.Telegram);
        var (_, there) = await stage.TalkAsync();
        var guest = await stage.Company.ReceiveAsync();
        var here = (await guest.WriteAsync("С сайта")).Conversation;
        var (before, desk) = (await PersonAsync(stage.Clerk, there), await stage.Clerk.DeskAsync());
        await using var feed = await stage.Clerk.ListenAsync($"?since={desk.Seq}&journal={desk.Journal}");

        (await stage.Clerk.DoAsync(there, "merge", new MergeRequest(here))).Must(204);
        (await stage.Clerk.DoAsync(there, "merge", new MergeRequest(here))).Must(204);
        var linked = Read<VisitorsLinked>(await feed.NextAsync(Kinds.VisitorsLinked));
        Assert.Equal(("operator", stage.Clerk.Id), (linked.Cause, linked.Operator));
        var merged = await PersonAsync(stage.Clerk, here);
        Assert.Equal(merged.Addresses.Select(one => one.Visitor.Id).Order(), linked.Visitors.Order());
        Assert.Equal([here, there], merged.Conversations.Select(one => one.Id));

        (await stage.Clerk.DoAsync(there, "separate", new SeparateRequest([guest.Session.Visitor.Id]))).Must(204);
        Assert.Equal([guest.Session.Visitor.Id], Read<VisitorsSeparated>(await feed.NextAsync(Kinds.VisitorsSeparated)).Visitors);
        Assert.Equal(before.Addresses.Select(one => one.Visitor), (await PersonAsync(stage.Clerk, there)).Addresses.Select(one => one.Visitor));
        Assert.Empty(stage.Errors);
    }

    [Fact]
    public async Task Of_a_person_an_operator_sees_only_the_conversations_of_their_departments()
    {
        await using var stage = await Stage.SetAsync(Cast.Telegram);
        var (_, there) = await stage.TalkAsync();
        var sales = await stage.Company.AddDepartmentAsync("Продажи");
        var guest = await stage.Company.ReceiveAsync();
        var here = (await guest.WriteAsync("О цене", department: sales)).Conversation;
        var seller = await stage.Company.HireAsync("Борис", departments: [sales]);

        (await stage.Clerk.DoAsync(there, "merge", new MergeRequest(here))).Must(404, "conversation-not-found");
        (await seller.GetAsync($"/api/operator/conversations/{there}/person")).Must(404, "conversation-not-found");
        (await stage.Company.Admin.DoAsync(there, "merge", new MergeRequest(here))).Must(204);

        var seen = await PersonAsync(seller, here);
        Assert.Equal((2, 1), (seen.Addresses.Count, seen.Conversations.Count));
        Assert.DoesNotContain((await seller.TimelineAsync(here, "?limit=200&history=true")).Events, one => one.Conversation == there);
    }

    [Fact]
    public async Task Who_goes_by_the_same_address_is_shown_as_perhaps_the_same()
    {
        await using var stage = await Stage.SetAsync(Cast.Telegram);
        var one = await SignInAsync(stage, new { sub = "1", exp = Identity.In(TimeSpan.FromHours(1)), name = "Ирина", email = "Irina@example.ru" });
        var other = await SignInAsync(stage, new { sub = "2", exp = Identity.In(TimeSpan.FromHours(1)), name = "Ирина П.", email = "irina@example.ru" });
        var (first, second) = ((await one.WriteAsync("раз")).Conversation, (await other.WriteAsync("два")).Conversation);

        var alike = Assert.Single((await PersonAsync(stage.Clerk, first)).Alike);
        Assert.Equal((second, "Ирина П."), (alike.Conversation.Id, alike.Conversation.Visitor.Name));
        Assert.Equal(["email"], alike.By);
        (await stage.Clerk.DoAsync(first, "merge", new MergeRequest(second))).Must(204);
        Assert.Empty((await PersonAsync(stage.Clerk, first)).Alike);
    }

    private static async Task<Guest> SignInAsync(Stage stage, object claims) =>
        await Guest.ComeAsync(stage.Server.Address, stage.Company.Key, identity: Identity.Sign(await Identity.KeyAsync(stage.Company), claims));

    private static async Task<Invitation> InvitationAsync(Guest guest, Cast cast) =>
        (await guest.GetAsync("channels")).Read<IReadOnlyList<Invitation>>().Single(one => one.Kind == cast.Name);

    /// <summary>As the messenger takes it from the link.</summary>
    private static string Referral(Invitation invitation) => invitation.Url[(invitation.Url.LastIndexOf('=') + 1)..];

    private static T Read<T>(Told told)
        where T : Entry =>
        Assert.IsType<T>(JsonSerializer.Deserialize(told.Data, Reading.Of<Entry>()));

    private static async Task<Person> PersonAsync(Clerk clerk, long conversation) =>
        (await clerk.GetAsync($"/api/operator/conversations/{conversation}/person")).Read<Person>();
}
