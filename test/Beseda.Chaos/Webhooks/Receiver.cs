using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beseda.Chaos.Histories;
using Beseda.Chaos.Stages;

namespace Beseda.Chaos.Webhooks;

/// <summary>A company's own system, to which webhooks are delivered: sometimes broken, sometimes asleep.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Lock gate = new();
    private readonly List<Delivery> deliveries = [];
    private readonly TaskCompletionSource<string> secret = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Random random;
    private volatile bool wellBehaved;
    private volatile int caller;

    private Receiver(Random random)
    {
        this.random = random;
        Address = new Uri($"http://127.0.0.1:{Ports.Take().ToString(CultureInfo.InvariantCulture)}/hook/");
        listener.Prefixes.Add(Address.ToString());
    }

    public Uri Address { get; }

    /// <summary>The other side's port of the newest delivery; 0 before there is one.</summary>
    public int Caller => caller;

    public IReadOnlyList<Delivery> Deliveries
    {
        get
        {
            lock (gate)
                return [.. deliveries];
        }
    }

    public static Receiver Start(Random random)
    {
        var receiver = new Receiver(random);
        receiver.listener.Start();
        _ = receiver.ListenAsync();
        return receiver;
    }

    /// <param name="signing">Signs every delivery; what comes before it is known waits.</param>
    public void Open(string signing) => secret.SetResult(signing);

    /// <summary>Everything after one seq and up to another was accepted.</summary>
    public bool Has(long after, long head)
    {
        lock (gate)
            return deliveries.Where(one => one.Accepted && one.Seq > after && one.Seq <= head).Select(one => one.Seq).Distinct().Count() >= head - after;
    }

    /// <summary>From here on everything is accepted at once.</summary>
    public void Behave() => wellBehaved = true;

    public void Dispose() => listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                _ = TakeAsync(await listener.GetContextAsync());
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The end of the run.
        }
    }

    private async Task TakeAsync(HttpListenerContext call)
    {
        try
        {
            caller = call.Request.RemoteEndPoint.Port;
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            var mood = wellBehaved ? 100 : Roll();
            Write(body.ToArray(), call.Request.Headers["X-Beseda-Signature"] ?? "", await secret.Task, mood >= 5);
            // Asleep: the answer comes long after anybody waits for it.
            if (mood < 2)
                await Task.Delay(TimeSpan.FromSeconds(20));
            call.Response.StatusCode = mood < 5 ? 500 : 200;
            call.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Whoever called has hung up.
        }
    }

    private int Roll()
    {
        lock (gate)
            return random.Next(100);
    }

    private void Write(byte[] body, string signature, string signing, bool accepted)
    {
        var json = JsonElement.Parse(Encoding.UTF8.GetString(body));
        lock (gate)
            deliveries.Add(new Delivery(
                json.GetProperty("seq").GetInt64(), json.GetProperty("kind").GetString()!, TableEvent.Number(json, "conversation"),
                accepted, IsGenuine(body, signature, signing)));
    }

    /// <summary><c>t=SECONDS,v1=HEX</c>, an HMAC-SHA-256 of <c>SECONDS.BODY</c>.</summary>
    private static bool IsGenuine(byte[] body, string signature, string signing)
    {
        if (signature.Split(',') is not [['t', '=', .. var time], ['v', '1', '=', .. var mac]])
            return false;
        byte[] text = [.. Encoding.UTF8.GetBytes(time + "."), .. body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(signing), text);
        return mac.Equals(Convert.ToHexString(expected), StringComparison.OrdinalIgnoreCase);
    }
}
