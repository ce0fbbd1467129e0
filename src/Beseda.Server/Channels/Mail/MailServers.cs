using System.Globalization;
using System.Net;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;

namespace Beseda.Server.Channels.Mail;

/// <summary>The two servers of a mailbox. Whichever fails is named.</summary>
internal sealed class MailServers(ChannelAccess access)
{
    /// <summary>A server that says nothing for so long is gone.</summary>
    private const int Patience = 20_000;

    public string Address { get; } = access.Setting(MailPlatform.Address).Trim().ToLowerInvariant();

    public string Login { get; } = access.Setting(MailPlatform.Login) is { Length: > 0 } login ? login : access.Setting(MailPlatform.Address).Trim();

    /// <exception cref="PlatformException">It cannot be reached, or does not let us in.</exception>
    public async Task<ImapClient> OpenImapAsync(CancellationToken stop)
    {
        var security = access.Setting(MailPlatform.ImapSecurity);
        var client = new ImapClient { Timeout = Patience, CheckCertificateRevocation = false };
        return await OpenAsync(client, Place(MailPlatform.ImapHost, MailPlatform.ImapPort, MailSecurity.ImapPort(security)), security, "imap", stop);
    }

    /// <exception cref="PlatformException">It cannot be reached, or does not let us in.</exception>
    public async Task<SmtpClient> OpenSmtpAsync(CancellationToken stop)
    {
        var security = access.Setting(MailPlatform.SmtpSecurity);
        var client = new SmtpClient { Timeout = Patience, CheckCertificateRevocation = false, LocalDomain = Domain };
        return await OpenAsync(client, Place(MailPlatform.SmtpHost, MailPlatform.SmtpPort, MailSecurity.SmtpPort(security)), security, "smtp", stop);
    }

    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    private async Task<T> OpenAsync<T>(T client, DnsEndPoint where, string security, string which, CancellationToken stop)
        where T : MailService
    {
        try
        {
            var socket = await access.Dial(where, stop);
            try
            {
                await client.ConnectAsync(socket, where.Host, where.Port, MailSecurity.Of(security), stop);
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            // A relay that lets everybody on its machine in asks for no password.
            if (client is not SmtpClient smtp || smtp.Capabilities.HasFlag(SmtpCapabilities.Authentication))
                await client.AuthenticateAsync(Login, access.Secret(MailPlatform.Password), stop);
            return client;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            client.Dispose();
            throw MailFaults.OfOpening(which, failure);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private DnsEndPoint Place(string host, string port, int standard)
    {
        var set = access.Setting(port);
        var number = set.Length == 0 ? standard : int.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        return number is > 0 and <= ushort.MaxValue
            ? new DnsEndPoint(access.Setting(host), number)
            : throw new PlatformException(PlatformFault.Refused, $"{port}: no port");
    }
}
