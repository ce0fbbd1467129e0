using System.Security.Cryptography;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms;

/// <summary>What the platforms have in common: an address, a time, files, and chance that can be repeated.</summary>
public sealed class World : IDisposable
{
    private readonly Lock gate = new();
    private readonly Random random;
    private TimeSpan ahead;
    private long number;

    internal World(int seed, double pace)
    {
        random = new Random(seed);
        number = 100_000_000 + random.Next(800_000_000);
        Pace = pace;
    }

    /// <summary>Where all platforms are served.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>What a second of a platform's own waiting lasts, in seconds: 0.01 makes redelivery a hundred times faster.</summary>
    public double Pace { get; set; }

    /// <summary>How long a webhook may take to answer; null for as long as each platform waits, whatever the pace.</summary>
    public TimeSpan? Patience { get; set; }

    /// <summary>The longest that an answer of an API is under way after its call has been done; each takes a chance part of it.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The platforms' time. See <see cref="Advance"/>.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + ahead;

    internal Shelf Shelf { get; } = new();

    /// <summary>Fetches what is sent by address and delivers webhooks. Every call has a timeout of its own.</summary>
    internal HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Puts the platforms' clock forward, so that windows close without anybody waiting.</summary>
    public void Advance(TimeSpan by) => ahead += by;

    public void Dispose() => Http.Dispose();

    internal TimeSpan Paced(TimeSpan real) => real * Pace;

    internal int Chance(int below)
    {
        lock (gate)
            return random.Next(below);
    }

    /// <summary>Ids as platforms give them out: large, rising, with gaps.</summary>
    internal long NextNumber()
    {
        lock (gate)
            return number += 1 + random.Next(1000);
    }

    /// <summary>A name nobody guesses, of letters and digits only.</summary>
    internal static string Secret(int bytes = 16) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Keeps a file where anybody who has its address may fetch it, as platforms do with what customers send.</summary>
    internal Uri Publish(Media media) => new(Address, Shelf.Put(media));

    /// <summary>Fetches what an account sends by address; null when there is nothing.</summary>
    internal async Task<Media?> FetchAsync(Uri address, MediaKind kind)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var answer = await Http.GetAsync(address, patience.Token);
            if (!answer.IsSuccessStatusCode)
                return null;
            var type = answer.Content.Headers.ContentType?.MediaType ?? "application/octet-stream";
            return new Media(kind, await answer.Content.ReadAsByteArrayAsync(patience.Token), Path.GetFileName(address.AbsolutePath), type);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
