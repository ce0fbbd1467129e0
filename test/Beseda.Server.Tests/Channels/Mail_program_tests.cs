using Beseda.Server.Channels;
using Beseda.Server.Channels.Mail;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Beseda.Server.Tests.Channels;

/// <summary>Letters that no person wrote.</summary>
public sealed class Mail_program_tests
{
    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("auto-submitted: Auto-Generated; x=1")]
    [InlineData("Precedence: bulk")]
    [InlineData("Precedence: auto_reply")]
    [InlineData("Precedence: List")]
    [InlineData("X-Auto-Response-Suppress: All")]
    [InlineData("X-Auto-Response-Suppress: DR, AutoReply")]
    [InlineData("List-Id: <news.example.com>")]
    [InlineData("List-Unsubscribe: <mailto:a@b.test>")]
    [InlineData("Return-Path: <>")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("From: Mail Delivery <MAILER-DAEMON@example.com>")]
    [InlineData("From: noreply@example.com")]
    public void A_program_is_known_by_one_sign(string sign) => Assert.True(IsAutomatic(sign), sign);

    [Theory]
    [InlineData("Auto-Submitted: no")]
    [InlineData("Precedence: first-class")]
    [InlineData("X-Auto-Response-Suppress: DR, RN, NRN")]
    [InlineData("Return-Path: <ivan@example.com>")]
    [InlineData("X-Mailer: Mail")]
    public void A_person_is_not_taken_for_one(string sign) => Assert.False(IsAutomatic(sign), sign);

    [Fact]
    public void So_many_automatic_letters_go_to_one_address_in_an_hour_and_no_more()
    {
        var clock = new FakeTimeProvider();
        var restraint = new Restraint(clock);
        for (var i = 0; i < Restraint.MostInAnHour; i++)
        {
            restraint.Ask("a@b.test");
            restraint.Note("A@b.test");
        }

        Assert.Equal(PlatformFault.Refused, Assert.Throws<PlatformException>(() => restraint.Ask("a@b.test")).Fault);
        restraint.Ask("other@b.test");
        clock.Advance(TimeSpan.FromMinutes(61));
        restraint.Ask("a@b.test");
    }

    private static bool IsAutomatic(string sign)
    {
        var from = sign.StartsWith("From", StringComparison.Ordinal) ? "" : "From: ivan@example.com\r\n";
        using var head = MimeMessage.Load(new MemoryStream(System.Text.Encoding.ASCII.GetBytes($"{from}{sign}\r\n\r\n")));
        return AutomaticLetter.Is(head, head.From.Mailboxes.First());
    }
}
