using System.Text;

namespace Beseda.Server.Channels.Mail;

/// <summary>Mailboxes: letters come by IMAP (RFC 3501, 2177) and go by SMTP (RFC 5321).</summary>
internal sealed class MailPlatform : IPlatform
{
    public const string Address = "address";
    public const string Login = "login";
    public const string Password = "password";
    public const string ImapHost = "imapHost";
    public const string ImapPort = "imapPort";
    public const string ImapSecurity = "imapSecurity";
    public const string SmtpHost = "smtpHost";
    public const string SmtpPort = "smtpPort";
    public const string SmtpSecurity = "smtpSecurity";

    /// <summary>Most servers take 25 MB, of a letter in which bytes lie as base64.</summary>
    private const long MostBytes = 18 * 1024 * 1024;

    /// <summary>Letters still come in alphabets of the eighties.</summary>
    static MailPlatform() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public string Kind => "mail";

    public Wire.ChannelKind Description { get; } = new(
        "mail", "E-mail",
        [
            new Wire.ChannelField(Address), new Wire.ChannelField(Login, Required: false), new Wire.ChannelField(Password, Secret: true),
            new Wire.ChannelField(ImapHost), new Wire.ChannelField(ImapSecurity, Choices: MailSecurity.All), new Wire.ChannelField(ImapPort, Required: false),
            new Wire.ChannelField(SmtpHost), new Wire.ChannelField(SmtpSecurity, Choices: MailSecurity.All), new Wire.ChannelField(SmtpPort, Required: false),
        ],
        new Wire.Capabilities(TextLength: 100_000, MaxFile: MostBytes, Replies: true));

    public Pace Pace { get; } = new(PerChat: 1, PerChannel: 5);

    public bool WritesLetters => true;

    public IConnection Connect(ChannelAccess access) => new MailConnection(access);
}
