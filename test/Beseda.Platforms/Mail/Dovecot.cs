using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Beseda.Platforms.Mail;

/// <summary>A real IMAP server (Debian's <c>dovecot-imapd</c>) with a folder of its own, on a free port.</summary>
internal sealed class Dovecot : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dovecot-");
    private Process? process;
    private int letters;

    public Dovecot()
    {
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }

        // It gives up its rights, and has to get in all the same.
        foreach (var path in (string[])[folder.FullName, Path("mail")])
            Share(Directory.CreateDirectory(path).FullName);
        File.WriteAllText(Path("users"), "");
    }

    public int Port { get; }

    /// <summary>Tells of itself when something comes: without, it has to be asked.</summary>
    public bool Idles { get; set; } = true;

    public void Admit(string user, string password)
    {
        foreach (var part in (string[])["", "cur", "new", "tmp"])
            Share(Directory.CreateDirectory(System.IO.Path.Combine(Path("mail"), user, part)).FullName);
        File.AppendAllText(Path("users"), $"{user}:{{PLAIN}}{password}\n");
    }

    public void Start()
    {
        File.WriteAllText(Path("conf"), Configuration());
        process = Process.Start(new ProcessStartInfo("dovecot", ["-F", "-c", Path("conf")]) { Environment = { ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin" } })
            ?? throw new InvalidOperationException("dovecot does not start.");
        for (var began = Stopwatch.GetTimestamp(); !IsThere();)
        {
            if (process.WaitForExit(20) || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"dovecot does not start: {(File.Exists(Path("log")) ? File.ReadAllText(Path("log")) : "no log")}");
        }
    }

    public void Stop()
    {
        if (process is null)
            return;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        process.Dispose();
        process = null;
    }

    /// <summary>Forgets which numbers its letters had, as after a restore from a backup.</summary>
    public void Renumber()
    {
        foreach (var list in Directory.EnumerateFiles(Path("mail"), "dovecot*", SearchOption.AllDirectories).ToList())
            File.Delete(list);
    }

    /// <summary>As a mail server does it: whole, or not at all.</summary>
    public void Deliver(string user, byte[] letter)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.Q{Interlocked.Increment(ref letters):D8}.town");
        var box = System.IO.Path.Combine(Path("mail"), user);
        var draft = System.IO.Path.Combine(box, "tmp", name);
        File.WriteAllBytes(draft, letter);
        Share(draft);
        File.Move(draft, System.IO.Path.Combine(box, "new", name));
    }

    public void Dispose()
    {
        Stop();
        folder.Delete(recursive: true);
    }

    private static void Share(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
    }

    private bool IsThere()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    private string Configuration() => $$"""
        base_dir = {{Path("run")}}
        state_dir = {{Path("state")}}
        log_path = {{Path("log")}}
        protocols = imap
        listen = 127.0.0.1
        ssl = no
        disable_plaintext_auth = no
        auth_failure_delay = 0
        mail_location = maildir:{{Path("mail")}}/%u
        mail_fsync = never
        mail_max_userip_connections = 200
        first_valid_uid = 1
        shutdown_clients = yes
        service imap-login {
          inet_listener imap {
            port = {{Port.ToString(CultureInfo.InvariantCulture)}}
          }
          inet_listener imaps {
            port = 0
          }
          {{(Environment.IsPrivilegedProcess ? "" : "chroot =")}}
        }
        passdb {
          driver = passwd-file
          args = scheme=PLAIN username_format=%u {{Path("users")}}
        }
        userdb {
          driver = static
          args = {{(Environment.IsPrivilegedProcess ? "uid=mail gid=mail " : "")}}home={{Path("mail")}}/%u
        }
        {{(Idles ? "" : "imap_capability = IMAP4rev1 UIDPLUS")}}
        {{(Environment.IsPrivilegedProcess ? "" : $$"""
        default_internal_user = {{Environment.UserName}}
        default_login_user = {{Environment.UserName}}
        service anvil {
          chroot =
        }
        """)}}
        """;
}
