using System.Diagnostics;
using Beseda.Platforms.Mail;
using Beseda.Protocol;
using Microsoft.Extensions.DependencyInjection;
using AuthorKind = Beseda.Protocol.AuthorKind;

namespace Beseda.Server.Tests.Channels;

/// <summary>The mailbox itself: how it is listened to, what becomes of it, and who else writes to it.</summary>
public sealed class Mailbox_tests
{
    private static readonly Cast Quiet = Cast.Mail with { Texts = null };

    [Fact]
    public async Task A_letter_is_there_within_two_seconds_and_those_from_before_are_left_alone()
    {
        await using var stage = await Stage.SetAsync(Quiet with
        {
            Open = town =>
            {
                var account = town.Mail.Open("Свет и Сеть");
                account.Receive($"From: old@customers.test\nTo: {account.Id}\nMessage-ID: <old@x>\nSubject: old\n\nдавно");
                return account;
            },
        });
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        var visitor = Mail_tests.Customer(stage);

        var began = Stopwatch.GetTimestamp();
        Mail_tests.Receive(stage, visitor, "Subject: new", "сейчас");
        var conversation = await stage.ConversationAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"A letter took {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms.");

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal("new\n\nсейчас", Assert.Single(await Mail_tests.HeardAsync(stage, conversation.Id, 1)).Text);
    }

    /// <summary>What connecting noted stands, though a poll that began earlier ends later.</summary>
    [Fact]
    public async Task A_channel_begins_where_it_was_first_said_to_begin()
    {
        await using var server = await Server.StartAsync(["--limits", "off"]);
        var health = server.Services.GetRequiredService<Beseda.Server.Channels.ChannelHealth>();
        var (account, channel) = (new Beseda.Journal.AccountId(1), new Domain.ChannelId(77));

        await health.BeginAsync(account, channel, "first");
        await health.BeginAsync(account, channel, "later");
        Assert.Equal("first", await health.CursorAsync(account, channel));
        await health.MoveAsync(account, channel, "on");
        Assert.Equal("on", await health.CursorAsync(account, channel));
    }

    [Fact]
    public async Task A_server_that_does_not_tell_is_asked()
    {
        await using var stage = await Stage.SetAsync(Quiet with
        {
            Open = town =>
            {
                town.Mail.Idles = false;
                return town.Mail.Open("Свет и Сеть");
            },
        });
        Mail_tests.Receive(stage, Mail_tests.Customer(stage), "Subject: one", "раз");
        var conversation = await stage.ConversationAsync();
        Mail_tests.Receive(stage, Mail_tests.Customer(stage), "Subject: two", "два");

        await Stage.UntilAsync(async () => (await stage.Clerk.DeskAsync()).Conversations.FirstOrDefault(one => one.Id != conversation.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_the_server_was_away_nothing_is_lost_or_doubled_also_where_it_numbers_letters_anew(bool renumber)
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var visitor = Mail_tests.Customer(stage);
        Mail_tests.Receive(stage, visitor, "Subject: one", "раз");
        var conversation = await stage.ConversationAsync();
        Mail_tests.Receive(stage, visitor, "In-Reply-To: <x@y>", "два");
        await Mail_tests.HeardAsync(stage, conversation.Id, 2);

        var away = stage.Town.Mail.RestartAsync(TimeSpan.FromSeconds(2), renumber);
        Mail_tests.Receive(stage, visitor, "In-Reply-To: <x@y>", "три");
        await away;
        Mail_tests.Receive(stage, visitor, "In-Reply-To: <x@y>", "четыре");

        var heard = await Stage.UntilAsync(
            async () => await Mail_tests.HeardAsync(stage, conversation.Id, 2) is { Count: >= 4 } all ? all : null, TimeSpan.FromSeconds(60));
        Assert.Equal(["one\n\nраз", "два", "три", "четыре"], heard.Select(one => one.Text));
        await Stage.UntilAsync(async () => (await stage.LookAsync()).Health!.State == ChannelState.Ok ? "" : null);
    }

    [Fact]
    public async Task Which_server_is_wrong_is_said()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var good = Quiet.Settings(stage.Account) with { Name = "Почта" };
        async Task<string> RefusedAsync(int status, string code, string setting, string value)
        {
            var wrong = setting == "password"
                ? good with { Secrets = new Dictionary<string, string> { ["password"] = value } }
                : Quiet.Settings(stage.Account, new() { [setting] = value }) with { Name = "Почта" };
            return (await stage.Company.Admin.PostAsync("/api/admin/channels", wrong)).Must(status, code).Text;
        }

        Assert.Contains("\"password\":\"imap: the login is refused\"", await RefusedAsync(422, "token-refused", "password", "wrong"), StringComparison.Ordinal);
        Assert.Contains("imap: ConnectionRefused", await RefusedAsync(502, "platform-unreachable", "imapPort", "1"), StringComparison.Ordinal);
        Assert.Contains("smtp: ConnectionRefused", await RefusedAsync(502, "platform-unreachable", "smtpPort", "1"), StringComparison.Ordinal);
        Assert.Contains("smtp: no TLS", await RefusedAsync(502, "platform-unreachable", "smtpSecurity", "tls"), StringComparison.Ordinal);
        Assert.Contains("imap: ", await RefusedAsync(422, "platform-refused", "imapSecurity", "starttls"), StringComparison.Ordinal);
        Assert.Contains("address", await RefusedAsync(422, "platform-refused", "address", "nobody"), StringComparison.Ordinal);
        Assert.Contains("imapSecurity", await RefusedAsync(422, "invalid", "imapSecurity", "maybe"), StringComparison.Ordinal);
        Assert.Contains("imap: The address is not on the public internet.", await RefusedAsync(422, "platform-refused", "imapHost", "192.168.0.1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_came_back_shows_as_failed()
    {
        await using var stage = await Stage.SetAsync(Quiet);
        var visitor = Mail_tests.Customer(stage);
        Mail_tests.Receive(stage, visitor, "Subject: one", "раз");
        var conversation = await stage.ConversationAsync();
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        var (late, lost) = (await stage.Clerk.WriteAsync(conversation.Id, "задержится"), await stage.Clerk.WriteAsync(conversation.Id, "пропадёт"));
        var (first, second) = (await Mail_tests.LetterAsync(visitor, 1), await Mail_tests.LetterAsync(visitor, 2));

        Return(stage, visitor, first.MessageId!, "delayed", "4.4.1");
        Return(stage, visitor, second.MessageId!, "failed", "5.1.1");

        var failed = await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation.Id)).FirstOrDefault(one => one.Delivery == Delivery.Failed));
        Assert.Equal((lost.Seq, "refused"), (failed.Seq, failed.Failure));
        Assert.Equal(Delivery.Sent, (await stage.MessagesAsync(conversation.Id)).Single(one => one.Seq == late.Seq).Delivery);
        Assert.Single(await Mail_tests.HeardAsync(stage, conversation.Id, 1));
    }

    [Fact]
    public async Task What_programs_write_starts_nothing_and_is_answered_by_nobody()
    {
        await using var stage = await Stage.SetAsync(Cast.Mail);
        var visitor = Mail_tests.Customer(stage);
        Mail_tests.Receive(stage, Mail_tests.Customer(stage, "Новости"), "Subject: News\nList-Unsubscribe: <mailto:a@b.test>", "Скидки");
        Mail_tests.Receive(stage, Mail_tests.Customer(stage, "Отпуск"), "Subject: Out of office\nAuto-Submitted: auto-replied\nIn-Reply-To: <other@x>", "Меня нет");
        Mail_tests.Receive(stage, visitor, "Subject: one", "раз");
        var conversation = await stage.ConversationAsync();
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        await stage.Clerk.WriteAsync(conversation.Id, "ответ");
        var answer = await Mail_tests.LetterAsync(visitor, 3);

        // In an open conversation an operator sees why nobody answers.
        Mail_tests.Receive(stage, visitor, $"Subject: Out of office\nAuto-Submitted: auto-replied\nIn-Reply-To: <{answer.MessageId}>", "Меня нет до понедельника");
        Assert.Equal("Меня нет до понедельника", (await Mail_tests.HeardAsync(stage, conversation.Id, 2))[1].Text);
        (await stage.Clerk.DoAsync(conversation.Id, "close", new { })).Must(204);
        await Mail_tests.LetterAsync(visitor, 5);
        Mail_tests.Receive(stage, visitor, $"Subject: Out of office\nAuto-Submitted: auto-replied\nIn-Reply-To: <{answer.MessageId}>", "Меня всё ещё нет");
        Mail_tests.Receive(stage, visitor, "Subject: two", "два");

        var next = await Stage.UntilAsync(async () => (await stage.Clerk.DeskAsync()).Conversations.FirstOrDefault(one => one.Id != conversation.Id && one.Status != ConversationStatus.Closed));
        Assert.Equal(["two\n\nдва"], (await Mail_tests.HeardAsync(stage, next.Id, 1)).Select(one => one.Text));
        Assert.Equal(2, (await Mail_tests.HeardAsync(stage, conversation.Id, 2)).Count);
        Assert.Equal(0, (await stage.LookAsync()).Health!.NotUnderstood);
    }

    [Fact]
    public async Task Two_mailboxes_that_answer_by_themselves_soon_have_nothing_more_to_say()
    {
        await using var stage = await Stage.SetAsync(Cast.Mail);
        var other = stage.Town.Mail.Open("Другие");
        (await stage.Company.Admin.PostAsync("/api/admin/channels", Cast.Mail.Settings(other) with { Name = "Другие" })).Must(200);

        // As if a person there had written: each has something to say by itself, to the other.
        ((MailAccount)stage.Account).Receive($"From: {other.Id}\nTo: {stage.Account.Id}\nMessage-ID: <person@x>\nSubject: Hello\n\nЗдравствуйте");
        var conversation = await stage.ConversationAsync();
        (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
        await stage.Clerk.WriteAsync(conversation.Id, "Слушаю");
        await stage.Account.Calls.WaitAsync("send", 3, TimeSpan.FromSeconds(30));
        await other.Calls.WaitAsync("send", 1, TimeSpan.FromSeconds(30));
        await Mail_tests.HeardAsync(stage, conversation.Id, 2);

        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal((3, 1), (stage.Account.Calls.Count("send"), other.Calls.Count("send")));
    }

    [Fact]
    public async Task A_program_that_does_not_say_so_is_answered_only_so_often()
    {
        await using var stage = await Stage.SetAsync(Cast.Mail);
        var visitor = Mail_tests.Customer(stage);
        var sent = 0;
        // Each round says five things by itself: wait, joined, closed, the question; and the answer closes nothing.
        for (var round = 0; round < 4; round++)
        {
            Mail_tests.Receive(stage, visitor, $"Subject: round {round}", "автоответ");
            var conversation = await Stage.UntilAsync(async () => (await stage.Clerk.DeskAsync()).Conversations.FirstOrDefault(one => one.Status == ConversationStatus.Queued));
            (await stage.Clerk.DoAsync(conversation.Id, "take")).Must(204);
            (await stage.Clerk.DoAsync(conversation.Id, "close", new { })).Must(204);
            var said = await Stage.UntilAsync(async () => (await stage.MessagesAsync(conversation.Id)).Where(one => one.Author.Kind == AuthorKind.System).ToList() is var all
                && all.Count >= 3 && all.All(one => one.Delivery is not null) ? all : null, TimeSpan.FromSeconds(40));
            sent += said.Count(one => one.Delivery == Delivery.Sent);
        }

        Assert.Equal(10, sent);
        Assert.Equal(10, visitor.Letters.Count);
    }

    private static void Return(Stage stage, MailCustomer visitor, string id, string action, string status) => ((MailAccount)stage.Account).Receive($"""
        From: MAILER-DAEMON@customers.test
        To: {stage.Account.Id}
        Message-ID: <{Guid.NewGuid():n}@customers.test>
        Subject: Undelivered
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        It could not be delivered.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; customers.test
        Arrival-Date: Mon, 23 Nov 2026 10:12:00 +0300

        Final-Recipient: rfc822; {visitor.Id}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 no such user

        --b
        Content-Type: message/rfc822

        From: {stage.Account.Id}
        To: {visitor.Id}
        Message-ID: <{id}>
        Subject: Re: one

        пропадёт
        --b--
        """);
}
