using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Playground;

/// <summary>Everything there is, for whoever comes from outside.</summary>
internal sealed record TownView(Uri Address, double Pace, DateTimeOffset Now, IReadOnlyList<PlatformView> Platforms)
{
    public static TownView Of(Town town) => new(town.Address, town.World.Pace, town.World.Now, [.. town.Platforms.Select(PlatformView.Of)]);
}

internal sealed record PlatformView(string Name, bool Duplicate, double Disorder, IReadOnlyList<AccountView> Accounts)
{
    public static PlatformView Of(Platform platform) =>
        new(platform.Name, platform.Faults.Duplicate, platform.Faults.Disorder.TotalSeconds, [.. platform.Accounts.Select(AccountView.Of)]);
}

/// <param name="Servers">Of mail only.</param>
/// <param name="AppId">Of Messenger only, as are the app's secret and what the page is subscribed to.</param>
internal sealed record AccountView(
    string Id, string Name, string Token, bool Revoked, int Calls, int Deliveries, int Accepted, IReadOnlyList<Uri> Webhooks,
    string? AppId, string? AppSecret, IReadOnlyList<string>? Fields, string? Servers, IReadOnlyList<CustomerView> Customers)
{
    public static AccountView Of(Account account)
    {
        var page = account as Messenger.MessengerPage;
        var deliveries = account.Deliveries;
        return new AccountView(
            account.Id, account.Name, account.Token, account.Revoked, account.Calls.All.Count, deliveries.Count, deliveries.Count(d => d.Accepted),
            Hooks(account), page?.AppId, page?.AppSecret, page?.Fields, ServersOf(account.Platform), [.. account.Customers.Select(CustomerView.Of)]);
    }

    private static string? ServersOf(Platform platform) => platform is Mail.MailPlatform mail ? $"IMAP 127.0.0.1:{mail.ImapPort}, SMTP 127.0.0.1:{mail.SmtpPort}, none" : null;

    private static IReadOnlyList<Uri> Hooks(Account account) => account switch
    {
        Telegram.TelegramBot { Webhook: { } url } => [url],
        Viber.ViberBot { Webhook: { } url } => [url],
        Messenger.MessengerPage { Webhook: { } url } => [url],
        Vk.VkCommunity community => [.. community.Servers.Select(server => server.Url)],
        _ => [],
    };
}

internal sealed record CustomerView(string Id, string Name, string Language, bool Blocked, bool Started)
{
    public static CustomerView Of(Customer customer) => new(customer.Id, customer.Name, customer.Language, customer.Chat.Blocked, customer.Chat.Started);
}

/// <summary>A chat as its customer sees it.</summary>
internal sealed record ChatView(
    CustomerView Customer, IReadOnlyList<BubbleView> Bubbles, IReadOnlyList<IReadOnlyList<Button>> Keyboard, bool Typing, IReadOnlyList<string> Notices)
{
    public static ChatView Of(Customer customer)
    {
        var chat = customer.Chat;
        return new ChatView(CustomerView.Of(customer), [.. chat.Bubbles.Select(BubbleView.Of)], chat.Keyboard, chat.Typing, chat.Notices);
    }
}

internal sealed record FileView(MediaKind Kind, string Name, string Type, int Size, int Duration);

internal sealed record BubbleView(
    string Id, Author Author, DateTimeOffset At, string? Text, IReadOnlyList<FileView> Files, IReadOnlyList<IReadOnlyList<Button>> Buttons,
    Place? Place, Card? Card, string? ReplyTo, bool Edited, bool Deleted, bool Read)
{
    public static BubbleView Of(Bubble bubble) => new(
        bubble.Id, bubble.Author, bubble.At, bubble.Text,
        [.. bubble.Media.Select(media => new FileView(media.Kind, media.Name, media.MimeType, media.Bytes.Length, media.Duration))],
        bubble.Buttons, bubble.Place, bubble.Card, bubble.ReplyTo, bubble.Edited, bubble.Deleted, bubble.Read);
}
