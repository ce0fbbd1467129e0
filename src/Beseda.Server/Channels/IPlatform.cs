using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Beseda.Domain.Channels;
using Beseda.Journal;

namespace Beseda.Server.Channels;

/// <summary>
/// A kind of channel: everything Beseda has to know of a messenger lies in the folder of the one class that implements
/// this, and in its line in <see cref="Platforms"/>.
/// </summary>
internal interface IPlatform
{
    /// <summary>Its name in the journal and on the wire.</summary>
    string Kind { get; }

    /// <summary>What it can do, and what it must be told.</summary>
    Wire.ChannelKind Description { get; }

    Pace Pace { get; }

    /// <summary>A message goes out whole, files and all, and continues what the visitor wrote.</summary>
    bool WritesLetters => false;

    IConnection Connect(ChannelAccess access);
}

/// <summary>How often the platform lets itself be called.</summary>
/// <param name="PerChat">Messages to one visitor in a second, after a burst of three.</param>
/// <param name="PerChannel">Messages in a second.</param>
internal sealed record Pace(double PerChat, double PerChannel);

/// <summary>All that a connection has.</summary>
/// <param name="Secrets">Decrypted.</param>
/// <param name="Door">Where the platform can reach this channel; null: nowhere, so it has to be asked.</param>
/// <param name="Salt">Of the channel: nobody outside knows it.</param>
/// <param name="Http">For the platform's own addresses.</param>
/// <param name="Abroad">For addresses that others name.</param>
internal sealed record ChannelAccess(
    AccountId Account, Channel Channel, ImmutableSortedDictionary<string, string> Secrets, Uri? Door, string Salt, PlatformAddress Api,
    HttpClient Http, HttpClient Abroad, TimeProvider Clock)
{
    /// <summary>Connects to addresses that others name, where the platform is called otherwise than by HTTP.</summary>
    public required Func<DnsEndPoint, CancellationToken, Task<Socket>> Dial { get; init; }

    public string Secret(string name) => Secrets.GetValueOrDefault(name, "");

    public string Setting(string name) => Channel.Settings.GetValueOrDefault(name, "");
}

/// <summary>One channel's platform, as its owner.</summary>
internal interface IConnection
{
    /// <summary>Asks the platform who this is: the proof that the token is good.</summary>
    /// <exception cref="PlatformException">It is not, or the platform does not answer.</exception>
    Task<Introduction> IntroduceAsync(CancellationToken stop);

    /// <summary>Has the platform tell <see cref="ChannelAccess.Door"/> what happens; where it is to be asked instead, makes it answer.</summary>
    Task SubscribeAsync(CancellationToken stop);

    /// <summary>The platform still tells.</summary>
    Task<bool> IsSubscribedAsync(CancellationToken stop);

    Task UnsubscribeAsync(CancellationToken stop);

    /// <summary>What its own pages ask for beside the door's address, to be sure of it; null: nothing.</summary>
    string? VerifyToken => null;

    /// <summary>It says back what it was sent, with the mark: so it can be known whether something went out that was never answered.</summary>
    bool Echoes => false;

    /// <summary>What a link to the chat has to end in, so that who comes by it brings this; null: there is no such link.</summary>
    /// <param name="referral">At most 64 characters that no address has to escape.</param>
    string? Refer(string referral) => null;

    /// <summary>Verifies what came to the door, on its raw bytes, and takes it apart.</summary>
    Reading Read(Arrival arrival);

    /// <summary>Understands one update, as it was taken apart once.</summary>
    Update Parse(ReadOnlyMemory<byte> raw);

    /// <summary>Says something to who has only opened the chat, inside the answer to that news; null: it is sent like all else.</summary>
    Reply? Welcome(string text) => null;

    /// <exception cref="PlatformException">Why it was not taken.</exception>
    Task<Sent> SendAsync(Part part, CancellationToken stop);

    /// <param name="external">As <see cref="SendAsync"/> answered.</param>
    Task EditAsync(string to, string external, string text, CancellationToken stop);

    Task DeleteAsync(string to, string external, CancellationToken stop);

    Task ShowTypingAsync(string to, CancellationToken stop) => Task.CompletedTask;

    /// <summary>The visitor's messages have been read here.</summary>
    Task ShowSeenAsync(string to, string external, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Tells the visitor's device that a press was heard.</summary>
    Task AnswerPressAsync(Update.Pressed press, CancellationToken stop) => Task.CompletedTask;

    /// <summary>What the platform itself knows of somebody whom an update only numbers; null: nothing.</summary>
    Task<Person?> WhoIsAsync(string visitor, CancellationToken stop) => Task.FromResult<Person?>(null);

    /// <summary>The bytes of a file that an update named.</summary>
    Task<Fetched> FetchAsync(string source, CancellationToken stop);
}

/// <summary>A platform that can be asked what was said while it told nobody.</summary>
internal interface IRecalled
{
    /// <returns>As it would have been told, perhaps more than that: what is known already has the names that it had.</returns>
    /// <exception cref="PlatformException">Not now.</exception>
    Task<IReadOnlyList<Item>> RecallAsync(DateTimeOffset since, CancellationToken stop);
}

/// <summary>A platform that can also be asked what has happened.</summary>
internal interface IPolled
{
    /// <summary>The channel is set to ask instead of being told.</summary>
    bool Polls { get; }

    /// <summary>Where to ask from, so that nothing that happens from now on is missed; null: the platform itself remembers.</summary>
    Task<string?> BeginAsync(CancellationToken stop) => Task.FromResult<string?>(null);

    /// <summary>Waits until something happens, for half a minute at most.</summary>
    /// <param name="cursor">As the last one answered; null: the first time.</param>
    Task<Polled> PollAsync(string? cursor, CancellationToken stop);
}

/// <param name="Cursor">Confirms these updates when it is next asked with.</param>
internal sealed record Polled(IReadOnlyList<Item> Items, string Cursor);

/// <summary>Who a channel is, as its platform says.</summary>
/// <param name="Link">Where visitors find it.</param>
/// <param name="Settings">What is kept of it.</param>
internal sealed record Introduction(string Name, string? Link, ImmutableSortedDictionary<string, string> Settings);

/// <param name="External">What the channel calls the message.</param>
/// <param name="Number">Its number in the chat, where messages are numbered.</param>
internal sealed record Sent(string External, long? Number = null);

/// <param name="Content">To be disposed.</param>
/// <param name="Owner">What holds the connection open.</param>
internal sealed record Fetched(Stream Content, string? ContentType, string? Name, IDisposable? Owner = null) : IDisposable
{
    public void Dispose()
    {
        Content.Dispose();
        Owner?.Dispose();
    }
}
