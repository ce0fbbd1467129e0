using Beseda.Journal;
using Beseda.Server.Consumers;

namespace Beseda.Server.Channels;

/// <summary>The two consumers of a channel: one sends, one fetches files.</summary>
internal static class ChannelConsumers
{
    public const string Sender = "channel";
    public const string Fetcher = "files";

    public static ConsumerId SenderOf(AccountId account, ChannelId channel) => AllConsumers.IdOf(account, Sender, channel.Value);

    /// <summary>The channel, if the consumer is the sender of one.</summary>
    public static ChannelId? SenderNumber(ConsumerId id) =>
        id.Name.StartsWith($"{Sender}:", StringComparison.Ordinal) && long.TryParse(id.Name.AsSpan(Sender.Length + 1), out var number)
            ? new ChannelId(number)
            : null;

    public static ConsumerId FetcherOf(AccountId account, ChannelId channel) => AllConsumers.IdOf(account, Fetcher, channel.Value);

    /// <summary>Makes those that are missing; they begin where the channel did.</summary>
    public static void Add(Session session, AccountId account, ChannelId channel)
    {
        ConsumerRows.Add(session, SenderOf(account, channel), channel.Value);
        ConsumerRows.Add(session, FetcherOf(account, channel), channel.Value);
    }

    public static void Remove(Session session, AccountId account, ChannelId channel)
    {
        ConsumerRows.Remove(session, SenderOf(account, channel));
        ConsumerRows.Remove(session, FetcherOf(account, channel));
    }
}

internal sealed class ChannelSenders(ChannelTools tools) : IConsumerKind
{
    public string Prefix => ChannelConsumers.Sender;

    /// <summary>One that stands where its channel began has sent nothing: it saves where it is every second.</summary>
    public async Task<IConsumer?> OpenAsync(AccountId account, long number)
    {
        var id = new ChannelId(number);
        var progress = await tools.Journal.Readers.ReadAsync(session => ConsumerRows.Progress(session, ChannelConsumers.SenderOf(account, id)));
        return new ChannelSender(account, id, tools, progress?.Cursor <= number);
    }
}

internal sealed class FileFetchers(ChannelTools tools) : IConsumerKind
{
    public string Prefix => ChannelConsumers.Fetcher;

    public Task<IConsumer?> OpenAsync(AccountId account, long number) =>
        Task.FromResult<IConsumer?>(new FileFetcher(account, new ChannelId(number), tools));
}
