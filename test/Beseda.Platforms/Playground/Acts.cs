using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Playground;

/// <summary>What a customer is told to do. Which members matter depends on the act.</summary>
/// <param name="Id">Of the message that is edited, deleted, reacted to, or below which the button is.</param>
/// <param name="Label">On the button.</param>
internal sealed record Act(string? Text, string? Payload, string? ReplyTo, string? Id, string? Label, string? Phone, double? Latitude, double? Longitude, MediaKind? Kind);

/// <summary><c>POST /play/{platform}/{account}/do/{act}?customer=…</c></summary>
internal static class Acts
{
    /// <returns>Ids of the messages that came of it.</returns>
    public static IReadOnlyList<string> Perform(Customer customer, string name, Act act)
    {
        switch (name)
        {
            case "write":
                return [customer.Write(Needed(act.Text, "text"), act.ReplyTo)];
            case "card":
                return [customer.SendCard(new Card(Needed(act.Phone, "phone"), act.Text ?? customer.Name))];
            case "place":
                return [customer.SendPlace(new Place(act.Latitude ?? 55.7558, act.Longitude ?? 37.6173))];
            case "sample":
                return [customer.Send(Sample(act.Kind ?? MediaKind.Photo), act.Text, act.ReplyTo)];
            case "start":
                customer.Start(act.Payload);
                return [];
            case "edit":
                customer.Edit(Needed(act.Id, "id"), Needed(act.Text, "text"));
                return [];
            case "delete":
                customer.Delete(Needed(act.Id, "id"));
                return [];
            case "press":
                Press(customer, act);
                return [];
            default:
                return Gesture(customer, name);
        }
    }

    private static IReadOnlyList<string> Gesture(Customer customer, string name)
    {
        Action gesture = name switch
        {
            "block" => customer.Block,
            "unblock" => customer.Unblock,
            "read" => customer.Read,
            "type" => customer.Type,
            _ => throw new ArgumentException($"Nobody can {name}."),
        };
        gesture();
        return [];
    }

    private static void Press(Customer customer, Act act)
    {
        var label = Needed(act.Label, "label");
        if (act.Id is null)
        {
            customer.Press(label);
            return;
        }
        var bubble = customer.Chat.Find(act.Id) ?? throw new ArgumentException("There is no such message.");
        customer.Press(bubble, bubble.Buttons.SelectMany(row => row).FirstOrDefault(button => button.Label == label) ?? throw new ArgumentException("There is no such button."));
    }

    private static Media Sample(MediaKind kind) => kind switch
    {
        MediaKind.Photo => Media.Photo(90),
        MediaKind.Sticker => Media.Sticker(),
        MediaKind.Voice => Media.Voice(),
        MediaKind.Document => Media.Document("Договор"u8.ToArray(), "договор.txt", "text/plain"),
        MediaKind.Video or MediaKind.Audio => new Media(kind, new byte[64], kind == MediaKind.Video ? "film.mp4" : "song.mp3", kind == MediaKind.Video ? "video/mp4" : "audio/mpeg", 5),
    };

    private static string Needed(string? value, string name) => value is { Length: > 0 } ? value : throw new ArgumentException($"{name} is missing.");
}
