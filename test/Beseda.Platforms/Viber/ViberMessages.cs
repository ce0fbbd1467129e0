using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Viber;

/// <summary>What a bot sends.</summary>
internal static class ViberMessages
{
    private const int LongestText = 7000;
    private const int LongestSender = 28;
    private const int LongestTracking = 4000;

    /// <summary>What is wrong with the call whoever receives it.</summary>
    public static void Check(ViberBot bot, Arguments arguments)
    {
        if (bot.Webhook is null)
            throw new ViberRefusal(10);
        var sender = arguments.Json("sender")?["name"]?.ToString();
        if (string.IsNullOrEmpty(sender) || sender.Length > LongestSender)
            throw new ViberRefusal(string.IsNullOrEmpty(sender) ? 4 : 3, "sender.name is missing or too long");
        if (arguments.Number("min_api_version") > 10)
            throw new ViberRefusal(13);
        if (arguments.Text("tracking_data") is { Length: > LongestTracking })
            throw new ViberRefusal(3, "tracking_data is too long");
        CheckContent(arguments);
    }

    /// <returns>The message's token.</returns>
    public static Task<long> SendAsync(ViberBot bot, string receiver, Arguments arguments)
    {
        var customer = bot.Find(receiver) ?? throw new ViberRefusal(5);
        if (customer is not { Chat: { Started: true, Blocked: false } })
            throw new ViberRefusal(6);
        if (customer.Deviceless)
            throw new ViberRefusal(11);
        if (!customer.MayBeWritten())
            throw new ViberRefusal(12);
        return ShowAsync(bot, customer, arguments);
    }

    /// <summary>What cannot be shown is accepted all the same, and reported as failed later.</summary>
    public static async Task<long> ShowAsync(ViberBot bot, ViberCustomer customer, Arguments arguments)
    {
        var token = bot.NextToken();
        var rows = ViberButtons.Read(arguments.Json("keyboard"), "keyboard");
        var carousel = ViberButtons.Read(arguments.Json("rich_media"), "rich_media");
        var media = await MediaAsync(bot, arguments);
        if (rows is null || carousel is null || (media is null && arguments.Text("media") is not null && arguments.Text("type") is not "url"))
        {
            customer.Fail(token, rows is null || carousel is null ? "keyboard is not valid" : "failed to fetch media");
            return token;
        }
        var contact = arguments.Json("contact");
        var place = arguments.Json("location");
        var bubble = new Bubble($"{token}", Author.Account, bot.World.Now)
        {
            Text = arguments.Text("text") ?? (arguments.Text("type") == "url" ? arguments.Text("media") : null),
            Media = media is null ? [] : [media],
            Buttons = carousel,
            Card = contact is null ? null : new Card(contact["phone_number"]?.ToString() ?? "", contact["name"]?.ToString() ?? ""),
            Place = place is null ? null : new Place(place["lat"]!.GetValue<double>(), place["lon"]!.GetValue<double>()),
        };
        customer.Receive(token, bubble, rows, arguments.Text("tracking_data"));
        return token;
    }

    /// <summary>Fetched before the answer, unlike on the platform, so that what is seen is whole.</summary>
    private static async Task<Media?> MediaAsync(ViberBot bot, Arguments arguments)
    {
        if (arguments.Text("type") == "sticker")
            return Media.Sticker((byte)(arguments.Number("sticker_id") ?? 0));
        var kind = arguments.Text("type") switch { "picture" => MediaKind.Photo, "video" => MediaKind.Video, "file" => MediaKind.Document, _ => (MediaKind?)null };
        if (kind is null || !Uri.TryCreate(arguments.Text("media"), UriKind.Absolute, out var address))
            return null;
        var fetched = await bot.World.FetchAsync(address, kind.Value);
        return fetched is null ? null : fetched with { Name = arguments.Text("file_name") ?? fetched.Name, Duration = (int)(arguments.Number("duration") ?? 0) };
    }

    private static void CheckContent(Arguments arguments)
    {
        void Needs(params string[] names)
        {
            if (names.FirstOrDefault(name => !arguments.Has(name)) is { } missing)
                throw new ViberRefusal(4, $"{missing} is missing");
        }
        switch (arguments.Text("type"))
        {
            case "text":
                Needs("text");
                break;
            case "picture" or "url":
                Needs("media");
                break;
            case "video":
                Needs("media", "size");
                break;
            case "file":
                Needs("media", "size", "file_name");
                break;
            case "sticker":
                Needs("sticker_id");
                break;
            case "contact" or "location" or "rich_media":
                Needs(arguments.Text("type")!);
                break;
            // A keyboard alone may be sent.
            case null when arguments.Has("keyboard"):
                break;
            default:
                throw new ViberRefusal(3, "type is not supported");
        }
        if (arguments.Text("text") is { Length: > LongestText } || arguments is { } a && a.Text("type") == "picture" && a.Text("text") is { Length: > 768 })
            throw new ViberRefusal(3, "text is too long");
    }
}
