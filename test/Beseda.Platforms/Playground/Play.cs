using Beseda.Platforms.Customers;
using Beseda.Platforms.Messenger;
using Beseda.Platforms.Vk;

namespace Beseda.Platforms.Playground;

/// <summary>
/// The town over HTTP, for the page and for other processes. Customers are named in the query: their ids may have slashes.
/// </summary>
internal static class Play
{
    private sealed record NewAccount(string Name, string? Token);

    private sealed record NewCustomer(string Name, string? Language);

    private sealed record Saying(string Text);

    private sealed record Switch(bool On);

    private sealed record Time(double? Pace, double? Advance);

    private sealed record Hook(Uri Url, string VerifyToken, string[]? Fields);

    public static void Map(WebApplication app, Town town)
    {
        var play = app.MapGroup("/play").AddEndpointFilter(RefuseAsync);
        play.MapGet("/", () => TownView.Of(town));
        play.MapPost("/time", (Time time) => SetTime(town, time));
        MapPlatforms(play, town);
        MapAccounts(play.MapGroup("/{platform}/{account}"), town);
        MapChats(play.MapGroup("/{platform}/{account}"), town);
    }

    private static void MapPlatforms(RouteGroupBuilder play, Town town)
    {
        play.MapPost("/{platform}", (string platform, NewAccount account) => AccountView.Of(
            Found(town, platform) is Telegram.TelegramPlatform telegram ? telegram.Open(account.Name, account.Token) : Found(town, platform).Open(account.Name)));
        play.MapPost("/{platform}/faults", (string platform, Mischief mischief) =>
        {
            mischief.Order(Found(town, platform).Faults);
            return PlatformView.Of(Found(town, platform));
        });
        play.MapDelete("/{platform}/faults", (string platform) =>
        {
            Found(town, platform).Faults.Clear();
            return PlatformView.Of(Found(town, platform));
        });
    }

    private static void MapAccounts(RouteGroupBuilder accounts, Town town)
    {
        accounts.MapPost("/customers", (string platform, string account, NewCustomer customer) =>
            CustomerView.Of(Found(town, platform, account).Meet(customer.Name, customer.Language ?? "ru")));
        accounts.MapGet("/calls", (string platform, string account) => Found(town, platform, account).Calls.All);
        accounts.MapGet("/deliveries", (string platform, string account) => Found(town, platform, account).Deliveries);
        accounts.MapPost("/revoke", (string platform, string account, Switch revoked) => AccountView.Of(With(Found(town, platform, account), a => a.Revoked = revoked.On)));
        accounts.MapDelete("/webhook", (string platform, string account) => AccountView.Of(With(Found(town, platform, account), a => a.DropWebhook())));
        accounts.MapPost("/webhook", async (string platform, string account, Hook hook) =>
        {
            var page = Found(town, platform, account) as MessengerPage ?? throw new NotSupportedException("Only a Messenger page is subscribed from here.");
            page.Fields = hook.Fields ?? page.Fields;
            return await page.SubscribeAsync(hook.Url, hook.VerifyToken) ? Results.Ok(AccountView.Of(page)) : throw new ArgumentException("The challenge was not answered.");
        });
    }

    private static void MapChats(RouteGroupBuilder chats, Town town)
    {
        chats.MapGet("/chat", (string platform, string account, string customer) => ChatView.Of(Found(town, platform, account, customer)));
        chats.MapPost("/do/{act}", (string platform, string account, string customer, string act, Act how) => Acts.Perform(Found(town, platform, account, customer), act, how));
        chats.MapPost("/file", async (string platform, string account, string customer, string? caption, MediaKind? kind, IFormFile file) =>
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            var media = new Media(kind ?? (Picture.Measure(bytes.ToArray()) is null ? MediaKind.Document : MediaKind.Photo), bytes.ToArray(), file.FileName, file.ContentType ?? "application/octet-stream");
            return new[] { Found(town, platform, account, customer).Send(media, caption) };
        }).DisableAntiforgery();
        chats.MapGet("/file", (string platform, string account, string customer, string bubble, int at) =>
            Found(town, platform, account, customer).Chat.Find(bubble)?.Media.ElementAtOrDefault(at) is { } media ? Results.Bytes(media.Bytes, media.MimeType) : Results.NotFound());
        chats.MapPost("/answer", (string platform, string account, string customer, Saying saying) => Found(town, platform, account, customer) switch
        {
            VkCustomer of => ((VkCommunity)Found(town, platform, account)).Answer(of, saying.Text),
            MessengerCustomer of => ((MessengerPage)Found(town, platform, account)).Answer(of, saying.Text),
            _ => throw new NotSupportedException("This messenger has no page where employees answer."),
        });
    }

    private static TownView SetTime(Town town, Time time)
    {
        town.World.Pace = time.Pace ?? town.World.Pace;
        town.World.Advance(TimeSpan.FromSeconds(time.Advance ?? 0));
        return TownView.Of(town);
    }

    private static T With<T>(T subject, Action<T> change)
    {
        change(subject);
        return subject;
    }

    private static Platform Found(Town town, string platform) =>
        town.Platforms.FirstOrDefault(p => p.Name == platform) ?? throw new KeyNotFoundException($"There is no platform {platform}.");

    private static Account Found(Town town, string platform, string account) =>
        Found(town, platform).Accounts.FirstOrDefault(a => a.Id == account) ?? throw new KeyNotFoundException($"There is no account {account}.");

    private static Customer Found(Town town, string platform, string account, string customer) =>
        Found(town, platform, account).Customers.FirstOrDefault(c => c.Id == customer) ?? throw new KeyNotFoundException($"There is no customer {customer}.");

    /// <summary>What a customer cannot do is said in words, not shown as a fault of the server.</summary>
    private static async ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (KeyNotFoundException missing)
        {
            return Results.Json(new { error = missing.Message }, statusCode: 404);
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return Results.Json(new { error = refused.Message }, statusCode: 400);
        }
    }
}
