using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Deliveries;

namespace Beseda.Platforms;

/// <summary>A company's account with a platform: a bot, a community, a page.</summary>
public abstract class Account(Platform platform, string id, string name, string token)
{
    private readonly List<Customer> customers = [];

    public Platform Platform { get; } = platform;

    public World World => Platform.World;

    public string Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>What the company's side authenticates with.</summary>
    public string Token { get; } = token;

    /// <summary>Every call of the API with this account's token, in order, whether or not it was granted.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>Every attempt to deliver an update by webhook, in the order of their ends.</summary>
    public abstract IReadOnlyList<Delivery> Deliveries { get; }

    /// <summary>The token no longer opens anything, as after the company has replaced it.</summary>
    public bool Revoked { get; set; }

    public IReadOnlyList<Customer> Customers
    {
        get
        {
            lock (Gate)
                return [.. customers];
        }
    }

    /// <summary>Guards whatever the account knows.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>A person who has this account open before them and has not yet written.</summary>
    public Customer Meet(string name, string language = "ru") => Welcome(new Person(World.NextNumber(), name, language));

    /// <summary>The same person as met by another account of the platform.</summary>
    public Customer Meet(Person person) => Welcome(person);

    /// <summary>The platform forgets where to deliver, as it does after failures or by a hand on its own pages.</summary>
    public abstract void DropWebhook();

    /// <summary>Ends when nothing is left to deliver.</summary>
    public abstract Task DeliveredAsync(TimeSpan? patience = null);

    internal abstract void Stop();

    private protected abstract Customer Welcome(Person person);

    private protected T Keep<T>(T customer) where T : Customer
    {
        lock (Gate)
            customers.Add(customer);
        return customer;
    }
}
