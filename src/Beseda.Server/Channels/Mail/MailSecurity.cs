using MailKit.Security;

namespace Beseda.Server.Channels.Mail;

/// <summary>How a mail server is spoken to. Nothing is guessed: a server that cannot do what is set is not spoken to at all.</summary>
internal static class MailSecurity
{
    private const string Tls = "tls";
    private const string StartTls = "starttls";

    /// <summary>Passwords and letters in the clear: for a relay on the same machine.</summary>
    private const string None = "none";

    public static readonly IReadOnlyList<string> All = [Tls, StartTls, None];

    public static SecureSocketOptions Of(string setting) => setting switch
    {
        StartTls => SecureSocketOptions.StartTls,
        None => SecureSocketOptions.None,
        _ => SecureSocketOptions.SslOnConnect,
    };

    /// <summary>Where such a server usually listens.</summary>
    public static int ImapPort(string setting) => setting is StartTls or None ? 143 : 993;

    public static int SmtpPort(string setting) => setting switch { StartTls => 587, None => 25, _ => 465 };
}
