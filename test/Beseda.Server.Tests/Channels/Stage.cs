using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Beseda.Platforms;
using Beseda.Platforms.Customers;
using Beseda.Platforms.Troubles;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Channels;

/// <summary>A server, the platforms it is connected to, and a company with one channel on one of them.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<string> before;

    private Stage(Town town, Server server, Company company, Clerk clerk, Account account, ChannelSettings channel) =>
        (Town, Server, Company, Clerk, Account, Channel, before) = (town, server, company, clerk, account, channel, [.. server.Errors]);

    public Town Town { get; }

    public Server Server { get; }

    public Company Company { get; }

    /// <summary>Answers.</summary>
    public Clerk Clerk { get; }

    /// <summary>The company's bot, community or page.</summary>
    public Account Account { get; }

    public ChannelSettings Channel { get; }

    /// <summary>What the server logged as an error since the stage was set. (An empty database is asked for migrations it has not had yet.)</summary>
    public IEnumerable<string> Errors => Server.Errors.Except(before);

    public Faults Faults => Account.Platform.Faults;

    /// <param name="cast">Which platform, and what the channel is told of it.</param>
    /// <param name="more">What else the server is told.</param>
    public static async Task<Stage> SetAsync(Cast cast, double pace = 0.1, Dictionary<string, string>? settings = null, string[]? more = null)
    {
        var town = await Town.StartAsync(pace: pace);
        var address = $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        string[] arguments =
        [
            "--limits", "off", "--urls", address, "--public-url", address, "--Outbound:Allow:0=127.0.0.0/8",
            $"--Channels:telegram:Address={town.Address}", $"--Channels:vk:Address={town.Address}vk/", $"--Channels:viber:Address={town.Address}viber/",
            $"--Channels:messenger:Address={town.Address}messenger/", .. more ?? [],
        ];
        var server = await Server.StartAsync(arguments);
        var company = await Company.OpenAsync(server);
        var clerk = await company.HireAsync("Анна");
        await clerk.BeAsync(OperatorStatus.Online);
        var (account, channel) = await ConnectAsync(town, company, cast, settings);
        return new Stage(town, server, company, clerk, account, channel);
    }

    /// <summary>The company has this one as well.</summary>
    public Task<(Account Account, ChannelSettings Channel)> ConnectAsync(Cast cast) => ConnectAsync(Town, Company, cast, null);

    /// <summary>The only conversation there is, once there is one.</summary>
    public async Task<DeskConversation> ConversationAsync() =>
        await UntilAsync(async () => (await Clerk.DeskAsync()).Conversations.SingleOrDefault());

    /// <summary>A visitor whom the operator talks to.</summary>
    public async Task<(Customer Visitor, long Conversation)> TalkAsync(string name = "Пётр Петров")
    {
        var visitor = Account.Meet(name);
        visitor.Start();
        visitor.Write("Здравствуйте");
        var conversation = await ConversationAsync();
        (await Clerk.DoAsync(conversation.Id, "take")).Must(204);
        await visitor.SeesAsync("Анна присоединяется к разговору.");
        return (visitor, conversation.Id);
    }

    public async Task<Capabilities> CapabilitiesAsync() =>
        (await Clerk.DeskAsync()).Channels!.Single(one => one.Kind == Channel.Kind).Capabilities;

    public async Task<IReadOnlyList<MessagePosted>> MessagesAsync(long conversation) =>
        [.. (await Clerk.TimelineAsync(conversation, "?limit=200")).Events.OfType<MessagePosted>()];

    public async Task<ChannelSettings> LookAsync(long? channel = null) =>
        (await Company.Admin.GetAsync("/api/admin/channels")).Read<IReadOnlyList<ChannelSettings>>().Single(one => one.Id == (channel ?? Channel.Id));

    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> ask, TimeSpan? patience = null)
        where T : class
    {
        var limit = DateTimeOffset.UtcNow + (patience ?? TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await ask() is { } found)
                return found;
            Assert.True(DateTimeOffset.UtcNow < limit, "It did not come in time.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Town.DisposeAsync();
    }

    private static async Task<(Account Account, ChannelSettings Channel)> ConnectAsync(Town town, Company company, Cast cast, Dictionary<string, string>? settings)
    {
        var account = cast.Open(town);
        var channel = (await company.Admin.PostAsync("/api/admin/channels", cast.Settings(account, settings))).Read<ChannelSettings>();
        Assert.True(channel.Health is { State: ChannelState.Ok }, $"{channel.Health}");
        await cast.FinishAsync(account, channel);
        return (account, channel);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
