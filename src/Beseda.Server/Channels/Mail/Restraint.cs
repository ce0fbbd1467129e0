namespace Beseda.Server.Channels.Mail;

/// <summary>
/// Two programs that answer each other must come to an end, whatever their letters say of themselves: so many letters that no
/// person wrote go to one address in an hour, and no more.
/// </summary>
internal sealed class Restraint(TimeProvider clock)
{
    /// <summary>A person who closes three conversations in an hour, and rates them, gets fewer.</summary>
    public const int MostInAnHour = 10;
    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> sent = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PlatformException">It has had enough.</exception>
    public void Ask(string to)
    {
        lock (gate)
            if (sent.TryGetValue(to, out var times) && Recent(times) >= MostInAnHour)
                throw new PlatformException(PlatformFault.Refused, "too many automatic letters in an hour");
    }

    public void Note(string to)
    {
        lock (gate)
        {
            if (sent.Count >= MostAddresses)
                foreach (var (address, times) in sent)
                    if (Recent(times) == 0)
                        sent.Remove(address);
            if (!sent.TryGetValue(to, out var known) && sent.Count < MostAddresses)
                known = sent[to] = [];
            known?.Enqueue(clock.GetUtcNow());
        }
    }

    private int Recent(Queue<DateTimeOffset> times)
    {
        while (times.TryPeek(out var oldest) && clock.GetUtcNow() - oldest > Hour)
            times.Dequeue();
        return times.Count;
    }
}
