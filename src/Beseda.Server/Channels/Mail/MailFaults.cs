using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Beseda.Server.Doors;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Beseda.Server.Channels.Mail;

/// <summary>What mail servers' refusals mean: RFC 5321, section 4.2; the enhanced codes of RFC 3463.</summary>
internal static partial class MailFaults
{
    /// <summary>Nothing has been said yet.</summary>
    /// <param name="which"><c>imap</c> or <c>smtp</c>.</param>
    public static PlatformException OfOpening(string which, Exception failure) => failure switch
    {
        AuthenticationException or SaslException => new PlatformException(PlatformFault.Account, $"{which}: the login is refused", cause: failure),
        SslHandshakeException => new PlatformException(PlatformFault.Later, $"{which}: no TLS, or a certificate that nobody trusts", cause: failure),
        NotSupportedException => new PlatformException(PlatformFault.Refused, $"{which}: it cannot do what is set as encryption", cause: failure),
        PrivateAddressException => new PlatformException(PlatformFault.Refused, $"{which}: {PrivateAddressException.Says}", cause: failure),
        SocketException socket => new PlatformException(PlatformFault.Later, $"{which}: {socket.SocketErrorCode}", cause: failure),
        SmtpCommandException { StatusCode: SmtpStatusCode.AuthenticationRequired } => new PlatformException(PlatformFault.Account, $"{which}: 530", cause: failure),
        _ => new PlatformException(PlatformFault.Later, $"{which}: {failure.GetType().Name}", cause: failure),
    };

    /// <summary>A letter was being handed over.</summary>
    public static PlatformException OfSending(Exception failure) => failure switch
    {
        SmtpCommandException refused => new PlatformException(Of(refused), $"smtp: {Code(refused)}", cause: failure),
        // The server has no word for it, or the connection broke: the letter may be there.
        ProtocolException or ServiceNotConnectedException => new PlatformException(PlatformFault.Uncertain, "smtp: the connection broke", cause: failure),
        _ => PlatformException.Of(failure),
    };

    /// <summary>Asking costs nothing: whatever it was, it is tried again.</summary>
    public static PlatformException OfAsking(Exception failure) => failure as PlatformException
        ?? new PlatformException(PlatformFault.Later, $"imap: {failure.GetType().Name}", cause: failure);

    private static PlatformFault Of(SmtpCommandException refused) => (int)refused.StatusCode switch
    {
        530 or 534 or 535 or 538 => PlatformFault.Account,
        < 500 => PlatformFault.Later,
        // There is nobody of that name, or their mailbox is closed: 5.1.1, 5.2.1 and the like.
        _ when refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && Enhanced().Match(refused.Message) is not { Success: true, Groups: [_, { Value: not ("1" or "2") }, ..] } =>
            PlatformFault.Blocked,
        _ => PlatformFault.Refused,
    };

    private static string Code(SmtpCommandException refused)
    {
        var enhanced = Enhanced().Match(refused.Message);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)refused.StatusCode}{(enhanced.Success ? $" {enhanced.Value}" : "")}");
    }

    [GeneratedRegex(@"\b[245]\.(\d{1,3})\.\d{1,3}\b")]
    private static partial Regex Enhanced();
}
