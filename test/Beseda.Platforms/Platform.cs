using Beseda.Platforms.Troubles;

namespace Beseda.Platforms;

/// <summary>One messenger: its accounts and what goes wrong with it.</summary>
public abstract class Platform(string name, World world)
{
    private readonly Lock gate = new();
    private readonly List<Account> accounts = [];

    /// <summary>As it stands in addresses: <c>telegram</c>, <c>vk</c>, <c>viber</c>, <c>messenger</c>, <c>mail</c>.</summary>
    public string Name { get; } = name;

    public World World { get; } = world;

    /// <summary>What goes wrong, on command.</summary>
    public Faults Faults { get; } = new(world);

    public IReadOnlyList<Account> Accounts
    {
        get
        {
            lock (gate)
                return [.. accounts];
        }
    }

    /// <summary>A new bot, community or page.</summary>
    public abstract Account Open(string name);

    /// <summary>The account of this name: with the same id and token in every town, so that whoever was connected to it still is.</summary>
    public abstract Account Reopen(string name);

    internal abstract void Map(WebApplication app);

    /// <summary>Ends what runs beside the town.</summary>
    internal virtual void Stop()
    {
    }

    private protected T Keep<T>(T account) where T : Account
    {
        lock (gate)
            accounts.Add(account);
        return account;
    }
}
