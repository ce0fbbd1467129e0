using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Beseda.Server.Files;

namespace Beseda.Server.Tests.Files;

/// <summary>A bucket in a store of its own: s3rver, which <c>bin/test --install</c> gets.</summary>
internal sealed class Bucket : IDisposable
{
    private const string Name = "attachments";
    private readonly string folder = Directory.CreateTempSubdirectory("beseda-s3-").FullName;
    private readonly int port = FreePort();
    private Process? process;

    /// <summary>s3rver knows this one pair of keys.</summary>
    public BucketSettings Settings => new($"127.0.0.1:{port}", Name, "S3RVER", "S3RVER", Ssl: false);

    public string[] Arguments =>
    [
        $"--Files:S3:Endpoint={Settings.Endpoint}", $"--Files:S3:Bucket={Name}", $"--Files:S3:AccessKey={Settings.AccessKey}",
        $"--Files:S3:SecretKey={Settings.SecretKey}", "--Files:S3:Ssl=false",
    ];

    public string[] Objects => Directory.GetFiles(Path.Combine(folder, Name), "*", SearchOption.AllDirectories);

    public async Task StartAsync()
    {
        process = Process.Start(new ProcessStartInfo("s3rver", ["-d", folder, "-a", "127.0.0.1", "-p", $"{port}", "--configure-bucket", Name, "--silent"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        for (; ; await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken))
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (!process.HasExited)
            {
                // It is still starting.
            }
        }
    }

    public void Empty()
    {
        foreach (var kept in Objects)
            File.Delete(kept);
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
            process.Kill(entireProcessTree: true);
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
