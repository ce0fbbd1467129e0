using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Beseda.Domain.Conversations;
using Beseda.Domain.Visitors;
using Beseda.Journal;
using Beseda.Server.Visitors;
using Microsoft.Extensions.Caching.Memory;

namespace Beseda.Server.Channels;

/// <summary>Which visitor somebody in a channel is. Whoever is new, or is called something else now, is written down first.</summary>
internal sealed class Acquaintances(ChatJournal journal, Recognition recognition) : IDisposable
{
    private const int MostKept = 50_000;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <exception cref="UnavailableException">Not now.</exception>
    public async Task<VisitorId> MeetAsync(AccountId account, Connected connected, Update update, CancellationToken stop)
    {
        var visitor = await IdentifyAsync(account, connected, update, stop);
        if (update.Referral is { } referral)
            await recognition.ByLinkAsync(account, visitor, referral);
        return visitor;
    }

    private async Task<VisitorId> IdentifyAsync(AccountId account, Connected connected, Update update, CancellationToken stop)
    {
        var key = (account, connected.Channel.Id, update.From);
        var before = known.Get<Known>(key);
        if (before is not null && (update.Who is null || update.Who == before.Said))
            return before.Visitor;

        var person = update.Who;
        if (before is null && person?.Name is null && await AskAsync(connected.Connection, update.From, stop) is { } asked)
            person = asked with { Language = person?.Language ?? asked.Language, Phone = person?.Phone ?? asked.Phone };
        var identify = new IdentifyVisitor(
            Customer(connected.Channel.Id, update.From), "", new VisitorProfile(update.From, Fields(person)), new VisitorId(VisitorToken.RandomId()), null)
        {
            Channel = connected.Channel.Id,
            Language = person?.Language is { Length: >= 2 } language ? language[..2].ToLowerInvariant() : null,
        };
        var met = await journal.SubmitAsync(account, new Spoken(Actor.System.Itself, identify)) switch
        {
            Answer.Committed committed => new VisitorId(committed.Receipt.Visitor!.Value),
            Answer.Unavailable later => throw new UnavailableException(later.RetryAfter),
            var other => throw new InvalidOperationException($"A visitor could not be written down: {other.GetType().Name}."),
        };
        await recognition.ByPhoneAsync(account, met, person?.Phone);
        known.Set(key, new Known(met, update.Who ?? before?.Said), new MemoryCacheEntryOptions { Size = 1 });
        return met;
    }

    public void Dispose() => known.Dispose();

    /// <summary>Who is only numbered is asked after, but not for long: a name is no reason to keep a message waiting.</summary>
    private static async Task<Person?> AskAsync(IConnection connection, string from, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Soon);
        try
        {
            return await connection.WhoIsAsync(from, enough.Token);
        }
        catch (Exception failure) when (PlatformException.Covers(failure) && !stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>What is not said now stays as it was: the rule sees to that.</summary>
    private static ImmutableSortedDictionary<string, string> Fields(Person? person)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Add("name", person?.Name);
        Add("username", person?.Username);
        Add("language", person?.Language);
        Add("phone", person?.Phone);
        Add("email", person?.Email);
        return fields.ToImmutable();

        void Add(string field, string? value)
        {
            if (value is not null && MessageText.CleanLine(value) is { Length: > 0 } clean)
                fields[field] = clean.Length <= 500 ? clean : MessageText.Clean(clean[..500]);
        }
    }

    private static string Customer(ChannelId channel, string from) => Digest($"channel {channel} {from}");

    private static string Digest(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 18));

    /// <param name="Said">What the channel said last of them.</param>
    private sealed record Known(VisitorId Visitor, Person? Said);
}

/// <summary>The journal takes nothing at present: whoever brings something is to bring it again.</summary>
internal sealed class UnavailableException(TimeSpan after) : Exception("The journal takes nothing at present.")
{
    public TimeSpan After => after;
}
