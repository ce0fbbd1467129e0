using System.Text.Json;
using Beseda.Platforms;
using Beseda.Platforms.Mail;
using Beseda.Platforms.Messenger;

namespace Beseda.Chaos.Channels;

/// <summary>What the play has to know of a platform to put a channel on it.</summary>
/// <param name="Name">Of the channel in this play.</param>
/// <param name="Kind">As the server calls the platform.</param>
internal sealed record Cast(string Name, string Kind, Func<Town, Account> Open)
{
    /// <summary>It is asked; else it tells.</summary>
    public bool IsPolled { get; init; }

    /// <summary>Sending the same again does nothing, or is known to have been done.</summary>
    public bool SendsOnce { get; init; }

    /// <summary>What a customer writes is taken down in the order of writing; else as it comes.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Every platform, and each way in which it brings what happens.</summary>
    public static readonly IReadOnlyList<Cast> All =
    [
        new("telegram", "telegram", town => town.Telegram.Open("Telegram")) { IsOrdered = true },
        new("telegram-poll", "telegram", town => town.Telegram.Open("Telegram asked")) { IsPolled = true, IsOrdered = true },
        new("vk", "vk", town => town.Vk.Open("VK")) { SendsOnce = true, IsOrdered = true },
        new("vk-poll", "vk", town => town.Vk.Open("VK asked")) { IsPolled = true, SendsOnce = true, IsOrdered = true },
        new("viber", "viber", town => town.Viber.Open("Viber")),
        new("messenger", "messenger", town => town.Messenger.Open("Messenger")) { SendsOnce = true },
        new("mail", "mail", town => town.Mail.Open("Mail")) { IsOrdered = true },
    ];

    /// <summary>As the channel is connected.</summary>
    public object Settings(Account account)
    {
        var secrets = new Dictionary<string, string> { [account is MailAccount ? "password" : "token"] = account.Token };
        if (account is MessengerPage page)
            secrets["appSecret"] = page.AppSecret;
        var settings = account is MailAccount mailbox ? mailbox.Settings : [];
        if (IsPolled)
            settings["mode"] = "poll";
        return new { kind = Kind, name = Name, settings, secrets };
    }

    /// <summary>What a person does on the platform's own pages once the channel is there.</summary>
    public static async Task FinishAsync(Account account, JsonElement channel)
    {
        if (account is MessengerPage page
            && !await page.SubscribeAsync(new Uri(channel.GetProperty("door").GetString()!), channel.GetProperty("verifyToken").GetString()!))
            throw new InvalidOperationException("Messenger does not believe that the door is ours.");
    }
}
