using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using TelegramUpdate = Telegram.Bot.Types.Update;

namespace Beseda.Server.Channels.Telegram;

/// <summary>Understands what a bot is told.</summary>
internal static class TelegramUpdates
{
    private const string Start = "/start";

    public static Item Read(byte[] told)
    {
        var raw = Mending.Of(told);
        try
        {
            return JsonSerializer.Deserialize<TelegramUpdate>(raw, JsonBotAPI.Options) is { } update
                ? Read(update, raw)
                : new Item("null", raw, new Update.Unknown("nothing"));
        }
        catch (Exception strange) when (strange is not OutOfMemoryException)
        {
            return new Item(Signature.Digest(raw), raw, new Update.Unknown("no JSON of this shape"));
        }
    }

    private static Item Read(TelegramUpdate update, byte[] raw) =>
        new(update.Id.ToString(CultureInfo.InvariantCulture), raw, Update.Understand(() => Of(update)));

    private static Update Of(TelegramUpdate update) => update switch
    {
        // Groups are not for talking to a company.
        { Message.Chat.Type: not ChatType.Private } or { EditedMessage.Chat.Type: not ChatType.Private }
            or { CallbackQuery.Message.Chat.Type: not ChatType.Private } or { MyChatMember.Chat.Type: not ChatType.Private } => new Update.Nothing(),
        { Message: { } message } => Written(message),
        { EditedMessage: { } message } => new Update.Edited(From(message.Chat), Id(message), message.Text ?? message.Caption ?? "") { Who = Who(message.From) },
        { CallbackQuery: { Data: { } data } press } => new Update.Pressed(Number(press.From.Id), press.Id, data, Label(press, data)) { Who = Who(press.From) },
        { MyChatMember: { NewChatMember.Status: var status } member } => new Update.Stopped(From(member.Chat), status == ChatMemberStatus.Kicked) { Who = Who(member.From) },
        _ => new Update.Unknown($"{update.Type}"),
    };

    private static Update Written(Message message)
    {
        var from = From(message.Chat);
        var text = message.Text ?? message.Caption ?? "";
        if (text == Start || text.StartsWith($"{Start} ", StringComparison.Ordinal))
            return new Update.Started(from, Id(message)) { Who = Who(message.From), Referral = text.Length > Start.Length ? text[(Start.Length + 1)..] : null };
        var files = Files(message);
        if (text.Length == 0)
            text = Told(message) ?? "";
        if (text.Length == 0 && files.IsEmpty)
            text = $"[{message.Type}]";
        return new Update.Wrote(from, Id(message), text)
        {
            Who = Who(message.From) is var who && message.Contact is { } contact && contact.UserId == message.From?.Id ? who with { Phone = contact.PhoneNumber } : who,
            Files = files,
            ReplyTo = message.ReplyToMessage is { } answered ? Id(answered) : null,
        };
    }

    /// <summary>What is neither text nor file, in words.</summary>
    private static string? Told(Message message) => message switch
    {
        { Contact: { } contact } => $"{contact.FirstName} {contact.LastName}".Trim() + $"\n{contact.PhoneNumber}",
        { Venue: { } venue } => $"{venue.Title}\n{venue.Address}\n{Places.Link(venue.Location.Latitude, venue.Location.Longitude)}",
        { Location: { } place } => Places.Link(place.Latitude, place.Longitude),
        _ => null,
    };

    private static ImmutableArray<Enclosed> Files(Message message) => message switch
    {
        // The largest comes last.
        { Photo: [.., var photo] } => [new Enclosed("photo.jpg", photo.FileId, "image/jpeg", photo.FileSize ?? 0, photo.Width, photo.Height)],
        { Sticker: { } sticker } => [new Enclosed(StickerName(sticker), sticker.FileId, StickerType(sticker), sticker.FileSize ?? 0, sticker.Width, sticker.Height)],
        { Voice: { } voice } => [new Enclosed("voice.ogg", voice.FileId, voice.MimeType ?? "audio/ogg", voice.FileSize ?? 0)],
        { Audio: { } audio } => [new Enclosed(audio.FileName ?? "audio.mp3", audio.FileId, audio.MimeType ?? "audio/mpeg", audio.FileSize ?? 0)],
        { Animation: { } animation } => [new Enclosed(animation.FileName ?? "animation.mp4", animation.FileId, animation.MimeType ?? "video/mp4", animation.FileSize ?? 0)],
        { Video: { } video } => [new Enclosed(video.FileName ?? "video.mp4", video.FileId, video.MimeType ?? "video/mp4", video.FileSize ?? 0)],
        { VideoNote: { } note } => [new Enclosed("video.mp4", note.FileId, "video/mp4", note.FileSize ?? 0)],
        { Document: { } document } => [new Enclosed(document.FileName ?? "file", document.FileId, document.MimeType ?? "application/octet-stream", document.FileSize ?? 0)],
        _ => [],
    };

    private static string StickerName(Sticker sticker) => sticker.IsVideo ? "sticker.webm" : sticker.IsAnimated ? "sticker.tgs" : "sticker.webp";

    private static string StickerType(Sticker sticker) =>
        sticker.IsVideo ? "video/webm" : sticker.IsAnimated ? "application/gzip" : "image/webp";

    private static string Label(CallbackQuery press, string data) =>
        press.Message?.ReplyMarkup?.InlineKeyboard.SelectMany(row => row).FirstOrDefault(button => button.CallbackData == data)?.Text ?? data;

    private static Person Who(User? user) => new(
        $"{user?.FirstName} {user?.LastName}".Trim() is { Length: > 0 } name ? name : null, user?.Username, user?.LanguageCode);

    private static string From(Chat chat) => Number(chat.Id);

    private static string Id(Message message) => message.Id.ToString(CultureInfo.InvariantCulture);

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
