using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Beseda.Platforms.Customers;

namespace Beseda.Chaos.Channels;

/// <summary>A conversation of one customer in one channel, and what both sides said. Every text is said once, and names its place.</summary>
internal sealed partial class Correspondence(string channel, int number, Customer customer)
{
    private readonly ConcurrentQueue<string> written = [];
    private readonly ConcurrentQueue<Acknowledged> said = [];

    /// <summary>As every text of it says.</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{channel}-{number}");

    public string Channel => channel;

    /// <summary>Null: the server has not been heard to know of it.</summary>
    public long? Conversation { get; set; }

    /// <summary>What the customer wrote, in order.</summary>
    public IReadOnlyCollection<string> Written => written;

    /// <summary>What the server has taken from the operator, in order.</summary>
    public IReadOnlyCollection<Acknowledged> Said => said;

    /// <summary>What the customer has got from the operator, in order, as often as they got it.</summary>
    public IReadOnlyList<Arrival> Arrived => [.. customer.Chat.Received
        .Where(one => one.Text?.StartsWith("out-", StringComparison.Ordinal) is true).Select(one => new Arrival(one.Text!, one.At))];

    /// <summary>The name of the conversation in which something was written; null: nothing that it would know.</summary>
    public static string? NameIn(string text) => Letter().Match(text) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>Which text of a customer stands in something; null: none.</summary>
    public static string? WrittenIn(string text) => Letter().Match(text) is { Success: true } found ? found.Value : null;

    public static int PlaceOf(string text) => int.Parse(text.AsSpan(text.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    /// <summary>Writes so many messages, a few at a time.</summary>
    public async Task WriteAsync(int messages, Rhythm rhythm)
    {
        await rhythm.BeginAsync();
        customer.Start();
        for (var i = 1; i <= messages; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"in-{Name}-{i}");
            written.Enqueue(text);
            customer.Write(text);
            await rhythm.WaitAsync();
        }
    }

    /// <summary>Answers with so many, each again until it is taken.</summary>
    public async Task AnswerAsync(Answerer answerer, int messages, Rhythm rhythm, CancellationToken patience)
    {
        while (Conversation is null)
            await Task.Delay(200, patience);
        for (var i = 1; i <= messages; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"out-{Name}-{i}");
            var seq = await answerer.SayAsync(Conversation.Value, text, patience);
            said.Enqueue(new Acknowledged(text, seq, DateTimeOffset.UtcNow));
            await rhythm.WaitAsync();
        }
    }

    [GeneratedRegex(@"\bin-([a-z-]+-\d+)-\d+\b")]
    private static partial Regex Letter();
}

/// <summary>When somebody says the next thing: several in a breath, then nothing for a while.</summary>
/// <param name="each">How long one message takes, all pauses counted.</param>
internal sealed class Rhythm(Random random, TimeSpan each)
{
    private const int MostInABreath = 4;
    private int left;

    public Task BeginAsync() => Task.Delay(each * random.NextDouble());

    public Task WaitAsync()
    {
        if (left-- > 0)
            return Task.Delay(random.Next(150));
        left = random.Next(MostInABreath);
        return Task.Delay(each * (left + 1) * (0.5 + random.NextDouble()));
    }
}
