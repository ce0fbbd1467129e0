using Beseda.Client;
using Beseda.Platforms.Messenger;
using Beseda.Protocol;

namespace Beseda.Platforms.Playground;

/// <summary>A company that is on every messenger, and connects its accounts to its Beseda as an administrator does.</summary>
public sealed class Company(Town town, string name = "Свет и Сеть")
{
    private const int MostTries = 1_200;

    private static readonly IReadOnlyDictionary<string, string> People = new Dictionary<string, string>
    {
        ["telegram"] = "Мария Иванова",
        ["vk"] = "Пётр Сидоров",
        ["viber"] = "Ольга Кузнецова",
        ["messenger"] = "Иван Петров",
    };

    /// <summary>Opens an account on each platform, with somebody who is about to write to it. What is connected already is only told again where to deliver.</summary>
    public async Task ConnectAsync(Uri beseda, string email, string password, CancellationToken stop = default)
    {
        using var http = new HttpClient { BaseAddress = beseda };
        await SignInAsync(new OperatorClient(http, "platforms"), new LoginRequest(email, password), stop);
        var administrator = new AdministratorClient(http, "platforms");
        var known = await administrator.ChannelsAsync(stop);
        foreach (var platform in town.Platforms.Where(platform => People.ContainsKey(platform.Name)))
        {
            var account = platform.Reopen(name);
            account.Meet(People[platform.Name]);
            var settings = new ChannelSettings(platform.Name, name, Settings: new Dictionary<string, string>(), Secrets: Secrets(account));
            var channel = known.FirstOrDefault(one => one.Kind == platform.Name && one.Name == name) is { Id: { } id } old
                ? await administrator.ChangeAsync(id, old with { Secrets = settings.Secrets }, stop)
                : await administrator.ConnectAsync(settings, stop);
            // At Meta a person enters these in the app's settings.
            if (account is MessengerPage page)
                await page.SubscribeAsync(new Uri(channel.Door!), channel.VerifyToken!);
        }
    }

    /// <summary>Beseda may have been started only now.</summary>
    private static async Task SignInAsync(OperatorClient client, LoginRequest who, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await client.LoginAsync(who, stop);
                return;
            }
            catch (HttpRequestException) when (tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), stop);
            }
        }
    }

    private static Dictionary<string, string> Secrets(Account account)
    {
        var secrets = new Dictionary<string, string> { ["token"] = account.Token };
        if (account is MessengerPage page)
            secrets["appSecret"] = page.AppSecret;
        return secrets;
    }
}
