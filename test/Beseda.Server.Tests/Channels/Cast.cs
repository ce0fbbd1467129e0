using Beseda.Platforms;
using Beseda.Platforms.Mail;
using Beseda.Platforms.Messenger;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Channels;

/// <summary>What the suite has to know of a platform to put a channel on it. All else every channel does alike.</summary>
/// <param name="Name">Its kind.</param>
public sealed record Cast(string Name)
{
    public required Func<Town, Account> Open { get; init; }

    public required Func<Account, Dictionary<string, string>> Secrets { get; init; }

    public Func<Account, Dictionary<string, string>> Public { get; init; } = _ => [];

    /// <summary>What a person does on the platform's own pages once the channel is there.</summary>
    public Func<Account, ChannelSettings, Task> FinishAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>It numbers messages, so that their order is known.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Sending the same again does nothing.</summary>
    public bool SendsOnce { get; init; }

    /// <summary>It can be asked, too.</summary>
    public bool IsPolled { get; init; }

    /// <summary>It tells when visitors change what they wrote.</summary>
    public bool TellsEdits { get; init; } = true;

    /// <summary>What is written below a file comes as a message of its own.</summary>
    public bool PartsCaptions { get; init; }

    /// <summary>It takes pictures only as photos of its own sort.</summary>
    public bool MakesPhotos { get; init; }

    /// <summary>By which messages are sent.</summary>
    public string? SendMethod { get; init; }

    /// <summary>What it is to say by itself, where that is not what the suite reads.</summary>
    public Dictionary<string, DialogueTexts>? Texts { get; init; }

    /// <summary>Whoever starts says something.</summary>
    public bool StartsInWords { get; init; }

    /// <summary>It can be written to only after the first word.</summary>
    public bool OpensSilently { get; init; }

    /// <summary>It says by which link visitors came.</summary>
    public bool IsReferred { get; init; } = true;

    public static readonly Cast Telegram = new("telegram")
    {
        Open = town => town.Telegram.Open("Свет и Сеть"),
        Secrets = account => new() { ["token"] = account.Token },
        IsPolled = true,
        SendMethod = "sendMessage",
    };

    public static readonly Cast Vk = new("vk")
    {
        Open = town => town.Vk.Open("Свет и Сеть"),
        Secrets = account => new() { ["token"] = account.Token },
        IsPolled = true,
        IsOrdered = true,
        SendMethod = "messages.send",
        SendsOnce = true,
    };

    public static readonly Cast Viber = new("viber")
    {
        Open = town => town.Viber.Open("Свет и Сеть"),
        Secrets = account => new() { ["token"] = account.Token },
        SendMethod = "send_message",
        TellsEdits = false,
        OpensSilently = true,
        MakesPhotos = true,
    };

    public static readonly Cast Messenger = new("messenger")
    {
        Open = town => town.Messenger.Open("Свет и Сеть"),
        Secrets = account => new() { ["token"] = account.Token, ["appSecret"] = ((MessengerPage)account).AppSecret },
        FinishAsync = async (account, channel) => Assert.True(await ((MessengerPage)account).SubscribeAsync(new Uri(channel.Door!), channel.VerifyToken!)),
        SendMethod = "messages",
        SendsOnce = true,
        PartsCaptions = true,
    };

    /// <summary>Mailboxes say little by themselves; here they say what messengers do.</summary>
    public static readonly Cast Mail = new("mail")
    {
        IsReferred = false,
        Open = town => town.Mail.Open("Свет и Сеть"),
        Secrets = account => new() { ["password"] = account.Token },
        Public = account => ((MailAccount)account).Settings,
        Texts = new() { ["ru"] = Standard(Domain.Channels.Dialogue.Standard["ru"]) },
        IsPolled = true,
        SendMethod = "send",
        TellsEdits = false,
        StartsInWords = true,
    };

    private static DialogueTexts Standard(Domain.Channels.DialogueTexts texts) => new(
        texts.Greeting, texts.Wait, texts.Away, texts.Joined, texts.Closed, texts.Rate, texts.Recommend, texts.Thanks, texts.CloseButton);

    public ChannelSettings Settings(Account account, Dictionary<string, string>? more = null)
    {
        var settings = Public(account);
        foreach (var (name, value) in more ?? [])
            settings[name] = value;
        return new ChannelSettings(Name, "", Texts: Texts, Settings: settings, Secrets: Secrets(account));
    }

    public override string ToString() => Name;
}
