using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Beseda.Cluster;

/// <summary>
/// A PostgreSQL of one's own: a free port of this machine, a temporary folder, no password. It ends with whoever started it.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    private readonly string folder;
    private readonly string settings;
    private bool running;
    private bool disposed;

    private PostgresCluster(string folder, int port, bool durable)
    {
        this.folder = folder;
        Port = port;
        // A killed process leaves the kernel's pages as they are: without fsync only a machine's crash loses anything.
        settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200 "
            + $"-c fsync={(durable ? "on" : "off")} -c shared_buffers=256MB -c logging_collector=off "
            // A standby that was away finds what it missed, and looks for it soon.
            + "-c wal_keep_size=512MB -c wal_retrieve_retry_interval=500ms";
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public int Port { get; }

    /// <summary>What the server prints.</summary>
    public string Log => Path.Combine(folder, "log");

    private string Data => Path.Combine(folder, "data");

    /// <param name="durable">Commits reach the disk, as they must where commits are measured.</param>
    /// <param name="port">Null: any that is free.</param>
    public static PostgresCluster Start(bool durable = false, int? port = null)
    {
        var cluster = new PostgresCluster(Programs.NewFolder("beseda-postgres-"), port ?? FreePort(), durable);
        Programs.Run("initdb", "-D", cluster.Data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C");
        cluster.Resume();
        return cluster;
    }

    /// <summary>A copy that follows another one, which goes on meanwhile.</summary>
    public static PostgresCluster StartStandby(PostgresCluster primary, int port)
    {
        var cluster = new PostgresCluster(Programs.NewFolder("beseda-postgres-"), port, durable: false);
        Programs.Run("pg_basebackup", "-D", cluster.Data, "-h", "127.0.0.1", "-p", $"{primary.Port}", "-U", "postgres", "-R", "-X", "stream", "-c", "fast", "--no-sync");
        // What the primary asks of its standbys came along; as a primary it begins alone.
        var settings = Path.Combine(cluster.Data, "postgresql.auto.conf");
        File.WriteAllLines(settings, File.ReadAllLines(settings).Where(line => !line.StartsWith("synchronous_standby_names", StringComparison.Ordinal)));
        cluster.Resume();
        return cluster;
    }

    /// <summary>As a server is told where its data lies.</summary>
    public string UrlOf(string database) => $"postgres://postgres@127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{database}";

    /// <summary>For Npgsql, unpooled.</summary>
    public string ConnectionOf(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false";

    /// <summary>An empty database.</summary>
    /// <returns>Its name.</returns>
    public string AddDatabase()
    {
        var name = $"beseda_{Guid.NewGuid():N}";
        Execute("postgres", $"create database {name}");
        return name;
    }

    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionOf(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Process ids: the server's own, then those of its workers.</summary>
    public IReadOnlyList<string> Processes
    {
        get
        {
            var server = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
            var parent = int.Parse(server, CultureInfo.InvariantCulture);
            return [server, .. Directory.GetDirectories("/proc").Select(folder => Path.GetFileName(folder))
                .Where(name => int.TryParse(name, out _) && ParentOf(name) == parent)];
        }
    }

    /// <summary>As a backup does: everything, read in one snapshot, as fast as whoever takes it away can.</summary>
    /// <param name="perSecond">Bytes.</param>
    /// <returns>True: all of it; false: it was ended before.</returns>
    public bool Dump(string database, int perSecond, CancellationToken end) => Programs.Drain(
        "pg_dump", ["-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", "-d", database], perSecond, end);

    /// <summary>Starts it again.</summary>
    public void Resume()
    {
        Programs.Run("pg_ctl", "-D", Data, "-l", Log, "-o", settings, "-w", "-t", "60", "start");
        running = true;
    }

    /// <param name="mode"><c>smart</c>, <c>fast</c> or <c>immediate</c>, as pg_ctl has them.</param>
    public void Stop(string mode = "fast")
    {
        Programs.Run("pg_ctl", "-D", Data, "-m", mode, "-w", "-t", "60", "stop");
        running = false;
    }

    /// <summary>Like <c>kill -9</c> of every process it has: nothing is said to anybody.</summary>
    public void Kill()
    {
        Programs.KillWithChildren(int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture));
        running = false;
    }

    /// <summary>Makes a standby the primary.</summary>
    public void Promote() => Programs.Run("pg_ctl", "-D", Data, "-w", "-t", "60", "promote");

    /// <summary>Stops every process of it where it stands: connections stay open, and nobody answers.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        if (running && File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Thaw();
            Stop("immediate");
        }

        Directory.Delete(folder, recursive: true);
    }

    private void Signal(string signal)
    {
        foreach (var process in Processes)
            // A worker may have ended meanwhile: nobody needs to read that.
            using (var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", process]) { RedirectStandardError = true })!)
                kill.WaitForExit();
    }

    private static int ParentOf(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void OnExit(object? sender, EventArgs exit) => Dispose();
}
