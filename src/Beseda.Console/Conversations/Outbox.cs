using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Beseda.Client;
using Beseda.Workplace.Browsing;
using Beseda.Protocol;

namespace Beseda.Workplace.Conversations;

public enum Sending { Underway, Sent, Failed }

/// <summary>A message on its way; kept in the browser's storage until the server has it.</summary>
/// <param name="Why">The refusal's code, once failed.</param>
/// <param name="Files">The message's files, to be seen until the server shows them.</param>
public sealed record Outgoing(
    string ClientId, long Conversation, OperatorMessage Message, DateTimeOffset At, Sending Sending, string? Why = null,
    IReadOnlyList<FileLink>? Files = null);

/// <summary>
/// Sends in order, one message per conversation at a time, and survives a reload: the client id makes a second
/// attempt harmless.
/// </summary>
public sealed class Outbox(OperatorClient client, IStorage storage, Pulse pulse, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(5);

    private readonly List<Outgoing> items = [];
    private readonly Dictionary<long, Task> lines = [];
    private string prefix = "";
    private DateTimeOffset last;
    private CancellationTokenSource shift = new();

    public IEnumerable<Outgoing> Of(long conversation) => items.Where(item => item.Conversation == conversation);

    /// <summary>Takes up what a closed or reloaded tab left. What somebody else wrote, who sat here before, is not sent in
    /// this one's name: it stays in the storage for them.</summary>
    /// <param name="owner">An operator of an account.</param>
    public void Open(string owner)
    {
        if (prefix != $"beseda.out.{owner}.")
        {
            shift.Cancel();
            shift.Dispose();
            (prefix, shift) = ($"beseda.out.{owner}.", new CancellationTokenSource());
            items.Clear();
            lines.Clear();
        }
        // The storage has no order of its own.
        foreach (var left in storage.All(prefix).Select(json => JsonSerializer.Deserialize(json, OutboxJson.Default.Outgoing)!).OrderBy(left => left.At))
        {
            if (items.Exists(item => item.ClientId == left.ClientId)) continue;
            var item = IsUnreached(left) ? left with { Sending = Sending.Underway } : left;
            Put(item);
            if (item.Sending == Sending.Underway) Enqueue(item);
        }
    }

    /// <param name="files">Uploaded already.</param>
    public void Send(long conversation, string text, bool note, long? replyTo, IReadOnlyList<FileLink>? files = null)
    {
        var id = Guid.NewGuid().ToString("N");
        IReadOnlyList<string>? ids = files is { Count: > 0 } ? [.. files.Select(file => file.Id)] : null;
        Start(new Outgoing(id, conversation, new OperatorMessage(id, text, note, replyTo, ids), Next(), Sending.Underway, Files: files));
    }

    /// <summary>Once more; what could not be sent for want of a connection goes together, in the order it was written.</summary>
    public void Retry(string clientId)
    {
        if (items.Find(item => item.ClientId == clientId) is not { Sending: Sending.Failed } failed) return;
        if (failed.Why is null) Again(item => item.Conversation == failed.Conversation && IsUnreached(item));
        else Again(item => item.ClientId == clientId);
    }

    /// <summary>What failed for want of a connection or a session, when there is one again.</summary>
    public void RetryUnreached() => Again(IsUnreached);

    public void Discard(string clientId)
    {
        items.RemoveAll(item => item.ClientId == clientId);
        storage.Remove(prefix + clientId);
        pulse.Mark(Part.Talk);
    }

    /// <summary>It is in the journal: the timeline shows it from here on.</summary>
    public void Arrived(MessagePosted message)
    {
        if (message.Author.Kind == AuthorKind.Operator && items.Exists(item => item.ClientId == message.ClientId)) Discard(message.ClientId);
    }

    public void Dispose() => shift.Dispose();

    private static bool IsUnreached(Outgoing item) => item is { Sending: Sending.Failed, Why: null };

    private void Again(Func<Outgoing, bool> which)
    {
        foreach (var item in items.Where(which).ToList()) Start(item with { Sending = Sending.Underway, Why = null, At = Next() });
    }

    /// <summary>Now, and later than anything before: it is the order after a reload.</summary>
    private DateTimeOffset Next()
    {
        var now = clock.GetUtcNow();
        return now > last ? last = now : last += TimeSpan.FromTicks(1);
    }

    private void Start(Outgoing item)
    {
        Put(item);
        storage.Set(prefix + item.ClientId, JsonSerializer.Serialize(item, OutboxJson.Default.Outgoing));
        Enqueue(item);
        pulse.Now();
    }

    private void Enqueue(Outgoing item)
    {
        var before = lines.GetValueOrDefault(item.Conversation, Task.CompletedTask);
        lines[item.Conversation] = Deliver(before, item, prefix + item.ClientId, shift.Token);
    }

    private async Task Deliver(Task before, Outgoing item, string key, CancellationToken stop)
    {
        await before;
        if (items.TakeWhile(one => one.ClientId != item.ClientId).Any(one => one.Conversation == item.Conversation && IsUnreached(one)))
        {
            // It must not overtake what waits for a connection.
            Become(item with { Sending = Sending.Failed });
            return;
        }
        var left = Patience - (clock.GetUtcNow() - item.At);
        try
        {
            await client.PostAsync(item.Conversation, item.Message, left > AtLeast ? left : AtLeast, stop);
            storage.Remove(key);
            Become(item with { Sending = Sending.Sent });
        }
        catch (BesedaException refused)
        {
            var mayPass = refused.IsTransient || refused.Status == HttpStatusCode.Unauthorized;
            Become(item with { Sending = Sending.Failed, Why = mayPass ? null : refused.Code });
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            Become(item with { Sending = Sending.Failed });
        }
    }

    private void Become(Outgoing item)
    {
        // Gone: the feed was faster than the answer, or the operator discarded it.
        if (!items.Exists(one => one.ClientId == item.ClientId)) return;
        Put(item);
        if (item.Sending == Sending.Failed)
            storage.Set(prefix + item.ClientId, JsonSerializer.Serialize(item, OutboxJson.Default.Outgoing));
        pulse.Now();
    }

    private void Put(Outgoing item)
    {
        var at = items.FindIndex(one => one.ClientId == item.ClientId);
        if (at < 0) items.Add(item);
        else items[at] = item;
        pulse.Mark(Part.Talk);
    }
}

[JsonSerializable(typeof(Outgoing))]
internal sealed partial class OutboxJson : JsonSerializerContext;
