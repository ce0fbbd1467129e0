using System.Net;
using System.Net.Sockets;
using System.Text;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Troubles;
using MimeKit;

namespace Beseda.Platforms.Mail;

/// <summary>Takes letters by SMTP (RFC 5321), from those who have a mailbox here.</summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly MailPlatform platform;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();

    public SmtpServer(MailPlatform platform)
    {
        this.platform = platform;
        listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The town has closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                var lines = new Lines(stream, stopping.Token);
                await new Session(platform, lines).RunAsync();
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever called has hung up.
        }
    }

    /// <summary>One connection.</summary>
    private sealed class Session(MailPlatform platform, Lines lines)
    {
        private readonly List<string> receivers = [];
        private MailAccount? sender;

        public async Task RunAsync()
        {
            await lines.WriteAsync("220 town ESMTP");
            while (await lines.ReadAsync() is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "QUIT")
                {
                    await lines.WriteAsync("221 2.0.0 Bye");
                    return;
                }

                if (await AnswerAsync(verb, line) is not { } answer)
                    return;
                await lines.WriteAsync(answer);
            }
        }

        /// <returns>Null: it hangs up.</returns>
        private async Task<string?> AnswerAsync(string verb, string line)
        {
            switch (verb)
            {
                case "EHLO":
                    return "250-town\r\n250-8BITMIME\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-SMTPUTF8\r\n250 AUTH PLAIN";
                case "AUTH":
                    return await AdmitAsync(line);
                case "MAIL" when sender is null:
                    return "530 5.7.0 Authentication required";
                case "MAIL" or "RSET":
                    receivers.Clear();
                    return "250 2.1.0 Ok";
                case "RCPT":
                    return Receive(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
                case "DATA":
                    await lines.WriteAsync("354 Go ahead");
                    return await TakeAsync(await lines.ReadLetterAsync());
                case "HELO" or "NOOP":
                    return "250 2.0.0 Ok";
                default:
                    return "502 5.5.1 Not known here";
            }
        }

        private async Task<string> AdmitAsync(string line)
        {
            var given = line.Split(' ');
            if (given.Length < 3)
                await lines.WriteAsync("334 ");
            var secret = given.Length > 2 ? given[2] : await lines.ReadAsync() ?? "";
            var words = Encoding.UTF8.GetString(Convert.FromBase64String(secret)).Split('\0');
            sender = platform.Find(words[1]) is { Revoked: false } account && account.Token == words[2] ? account : null;
            return sender is null ? "535 5.7.8 Authentication credentials invalid" : "235 2.7.0 Ok";
        }

        private string Receive(string address)
        {
            if (platform.Find(address) is null && sender!.Find(address) is not { Chat.Blocked: false })
                return "550 5.1.1 There is nobody of that name";
            receivers.Add(address);
            return "250 2.1.5 Ok";
        }

        private async Task<string?> TakeAsync(byte[] letter)
        {
            var trouble = platform.Faults.Next("send", () => string.Join(" ", receivers));
            if (trouble is Trouble.Hanging hanging)
                await Task.Delay(hanging.For, lines.Stop);
            var (status, answer) = trouble switch
            {
                Trouble.Failing { Status: >= 550 and < 560 and var refused } => (refused, $"{refused} 5.7.1 Refused"),
                Trouble.Failing => (451, "451 4.3.0 Try again later"),
                Trouble.Limited => (450, "450 4.7.1 Too many letters"),
                _ => (250, "250 2.0.0 Taken"),
            };
            using var message = MimeMessage.Load(new MemoryStream(letter));
            if (status == 250)
                foreach (var receiver in receivers)
                    Deliver(receiver, letter);
            await Task.Delay(platform.World.Latency * (platform.World.Chance(100) / 100d), lines.Stop);
            var lost = trouble is Trouble.Losing;
            var arguments = Wire.Object(new { to = receivers, subject = message.Subject, id = message.MessageId });
            sender!.Calls.Add(new ApiCall(platform.World.Now, "send", arguments, status, answer, lost));
            return lost ? null : answer;
        }

        private void Deliver(string receiver, byte[] letter)
        {
            if (platform.Find(receiver) is { } company)
                company.Receive(letter);
            else
                sender!.Find(receiver)?.Receive(MimeMessage.Load(new MemoryStream(letter)));
        }
    }

    /// <summary>Bytes as lines, and back.</summary>
    private sealed class Lines(Stream stream, CancellationToken stop)
    {
        private readonly byte[] buffer = new byte[16 * 1024];
        private int from;
        private int to;

        public CancellationToken Stop => stop;

        public async Task<string?> ReadAsync() => await ReadBytesAsync() is { } line ? Encoding.UTF8.GetString(line) : null;

        /// <summary>Up to the lonely dot; dots at the beginning of a line come twice.</summary>
        public async Task<byte[]> ReadLetterAsync()
        {
            using var letter = new MemoryStream();
            while (await ReadBytesAsync() is { } line && line is not [(byte)'.'])
            {
                letter.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
                letter.Write("\r\n"u8);
            }

            return letter.ToArray();
        }

        public async Task WriteAsync(string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes($"{line}\r\n"), stop);

        private async Task<byte[]?> ReadBytesAsync()
        {
            using var line = new MemoryStream();
            while (true)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', from, to - from);
                line.Write(buffer, from, (end < 0 ? to : end) - from);
                from = end < 0 ? to : end + 1;
                if (end >= 0)
                    return line.ToArray() is [.. var bare, (byte)'\r'] ? bare : line.ToArray();
                (from, to) = (0, await stream.ReadAsync(buffer, stop));
                if (to == 0)
                    return null;
            }
        }
    }
}
