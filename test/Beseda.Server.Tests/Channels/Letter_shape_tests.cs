using Beseda.Platforms.Mail;

namespace Beseda.Server.Tests.Channels;

/// <summary>Anybody may put anything into a mailbox.</summary>
public sealed class Letter_shape_tests
{
    private static readonly string[] Others =
    [
        "", " ", ":", "From", "From: ", "From: \u0000 <@>", "Subject: =?utf-8?B?!!!!?=", "Subject: =?x?Q?=FF?=", "Content-Type: multipart/mixed", "Content-Type: multipart/x; boundary=\"\"",
        "Content-Type: message/rfc822", "Content-Type: text/html; charset=none", "Content-Transfer-Encoding: x-none", "Content-Type: multipart/report; report-type=delivery-status",
        "Date: never", "References: <<<>>>", "--b", "--b--", "\u0001\u0002\ud83d", new string('я', 20_000), $"X: {new string('<', 5_000)}",
    ];

    [Fact]
    public async Task No_letter_of_whatever_shape_holds_up_what_comes_after_it()
    {
        await using var stage = await Stage.SetAsync(Cast.Mail with { Texts = null });
        var account = (MailAccount)stage.Account;
        var strange = account.Meet("Кто-то");
        var letter = $"""
            From: Somebody <{strange.Id}>
            To: {account.Id}
            Subject: Hello
            Message-ID: <strange@customers.test>
            In-Reply-To: <nothing@customers.test>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>Hello =D0=B8</p>
            --b
            Content-Type: application/pdf; name=a.pdf
            Content-Disposition: attachment; filename*=utf-8''a.pdf
            Content-Transfer-Encoding: base64

            JVBERi0=
            --b--
            """.Split('\n');

        var count = 0;
        for (var line = 0; line < letter.Length; line++)
            foreach (var other in Others)
                account.Receive(string.Join('\n', [.. letter[..line], other, .. letter[(line + 1)..]]).Replace("<strange@", $"<strange{count++}@", StringComparison.Ordinal));
        Assert.InRange(count, 300, 1_000);
        var visitor = Mail_tests.Customer(stage);
        Mail_tests.Receive(stage, visitor, "Subject: After", "И всё же");

        await Stage.UntilAsync(async () => (await stage.Clerk.DeskAsync()).Conversations.FirstOrDefault(one => one.Visitor.Name == visitor.Name), TimeSpan.FromMinutes(1));
        Assert.Equal(Beseda.Protocol.ChannelState.Ok, (await stage.LookAsync()).Health!.State);
        Assert.Empty(stage.Errors);
    }
}
