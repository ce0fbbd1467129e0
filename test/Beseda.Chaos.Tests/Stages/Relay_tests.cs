using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Beseda.Chaos.Stages;

namespace Beseda.Chaos.Tests.Stages;

public sealed class Relay_tests : IDisposable
{
    private static readonly byte[] Word = "word"u8.ToArray();
    private readonly TcpListener echo = new(IPAddress.Loopback, Ports.Take());
    private readonly Relay relay;

    public Relay_tests()
    {
        echo.Start();
        _ = EchoAsync();
        relay = Relay.To(((IPEndPoint)echo.LocalEndpoint).Port);
    }

    [Fact]
    public async Task A_relay_passes_on_what_it_is_given()
    {
        using var client = await ConnectAsync();
        Assert.Equal(Word, await SayAsync(client));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cut_ends_what_is_open_and_nothing_that_comes_later(bool reset)
    {
        using var client = await ConnectAsync();
        await SayAsync(client);
        Assert.Equal(1, relay.Cut(reset));
        if (reset)
            await Assert.ThrowsAsync<SocketException>(() => SayAsync(client));
        else
            Assert.Empty(await SayAsync(client));
        using var next = await ConnectAsync();
        Assert.Equal(Word, await SayAsync(next));
    }

    [Fact]
    public async Task A_delay_holds_every_piece()
    {
        using var client = await ConnectAsync();
        relay.Delay(TimeSpan.FromMilliseconds(100));
        var since = Stopwatch.StartNew();
        Assert.Equal(Word, await SayAsync(client));
        Assert.InRange(since.ElapsedMilliseconds, 190, 5_000);
    }

    [Fact]
    public async Task What_is_swallowed_arrives_when_it_clears()
    {
        using var client = await ConnectAsync();
        await SayAsync(client);
        relay.Swallow();
        var said = SayAsync(client);
        Assert.NotSame(said, await Task.WhenAny(said, Task.Delay(300, TestContext.Current.CancellationToken)));
        relay.Clear();
        Assert.Equal(Word, await said);
    }

    [Fact]
    public async Task Who_only_listens_hears_that_the_other_side_broke_off()
    {
        using var far = new TcpListener(IPAddress.Loopback, Ports.Take());
        far.Start();
        using var between = Relay.To(((IPEndPoint)far.LocalEndpoint).Port);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, between.Port, TestContext.Current.CancellationToken);
        var listening = client.ReceiveAsync(new byte[100]);
        using (var accepted = await far.AcceptSocketAsync(TestContext.Current.CancellationToken))
            accepted.Close(0);
        await Assert.ThrowsAsync<SocketException>(() => listening.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        relay.Dispose();
        echo.Dispose();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, relay.Port);
        return socket;
    }

    private static async Task<byte[]> SayAsync(Socket client)
    {
        await client.SendAsync(Word);
        var buffer = new byte[100];
        return buffer[..await client.ReceiveAsync(buffer)];
    }

    private async Task EchoAsync()
    {
        try
        {
            while (true)
            {
                var socket = await echo.AcceptSocketAsync();
                _ = Task.Run(async () =>
                {
                    using var stream = new NetworkStream(socket, ownsSocket: true);
                    await stream.CopyToAsync(stream);
                });
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }
}
