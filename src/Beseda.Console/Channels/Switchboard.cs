using Beseda.Client;
using Beseda.Protocol;
using Beseda.Workplace.Browsing;
using Beseda.Workplace.Texts;

namespace Beseda.Workplace.Channels;

/// <summary>The account's channels, as their page shows them.</summary>
public sealed class Switchboard(AdministratorClient client, Words words)
{
    public IReadOnlyList<ChannelKind> Kinds { get; private set; } = [];

    /// <summary>Null: not loaded yet.</summary>
    public IReadOnlyList<ChannelSettings>? Channels { get; private set; }

    /// <summary>Why they could not be loaded.</summary>
    public string? Trouble { get; private set; }

    /// <summary>What was typed and not saved, by channel; a new one's under 0.</summary>
    public Dictionary<long, ChannelDraft> Drafts { get; } = [];

    public ChannelKind? Kind(string kind) => Kinds.FirstOrDefault(one => one.Kind == kind);

    public ChannelSettings? Find(long id) => Channels?.FirstOrDefault(one => one.Id == id);

    public async Task LoadAsync()
    {
        var reply = await Ask(async () =>
        {
            if (Kinds.Count == 0) Kinds = await client.ChannelKindsAsync();
            return await client.ChannelsAsync();
        });
        Trouble = reply.Refusal;
        Channels = reply.Answer ?? Channels;
    }

    /// <param name="id">Null: a new one.</param>
    public Task<Reply<ChannelSettings>> SaveAsync(long? id, ChannelSettings channel) =>
        Learn(() => id is { } known ? client.ChangeAsync(known, channel) : client.ConnectAsync(channel));

    public Task<Reply<ChannelSettings>> CheckAsync(long id) => Learn(() => client.CheckAsync(id));

    public Task<Reply<ChannelTested>> TestAsync(long id, ChannelTest test) => Ask(() => client.TestAsync(id, test));

    /// <summary>Reads kept updates again, and says how the channel is then.</summary>
    public Task<Reply<ChannelSettings>> ReplayAsync(long id) => Learn(async () =>
    {
        await client.ReplayAsync(id);
        return await client.CheckAsync(id);
    });

    public async Task<string?> RemoveAsync(long id)
    {
        var reply = await Ask(async () =>
        {
            await client.DisconnectAsync(id);
            return true;
        });
        if (!reply.Answer) return reply.Refusal;
        Drafts.Remove(id);
        Channels = Channels?.Where(one => one.Id != id).ToList();
        return null;
    }

    private async Task<Reply<ChannelSettings>> Learn(Func<Task<ChannelSettings>> ask)
    {
        var reply = await Ask(ask);
        if (reply.Answer is { } channel)
            Channels = Find(channel.Id ?? 0) is null
                ? [.. Channels ?? [], channel]
                : [.. Channels!.Select(one => one.Id == channel.Id ? channel : one)];
        return reply;
    }

    private async Task<Reply<T>> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            return new Reply<T>(await ask());
        }
        catch (BesedaException refused)
        {
            var errors = refused.Code == "token-refused" ? refused.Errors?.ToDictionary(one => one.Key, one => words.TokenWrong(one.Value)) : refused.Errors;
            return new Reply<T>(default, words.ChannelRefusal(refused.Code) ?? refused.Message, errors);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return new Reply<T>(default, words.Unreachable);
        }
    }
}
