using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Telegram;

/// <summary>Methods of the Bot API that are played. Their names are compared without case.</summary>
internal static class TelegramMethods
{
    public static readonly Dictionary<string, Func<TelegramBot, Arguments, Task<JsonNode>>> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["getMe"] = Now(Me),
        ["getWebhookInfo"] = Now((bot, _) => bot.Updates.WebhookState()),
        ["sendMessage"] = Sending.TextAsync,
        ["sendPhoto"] = Sending.Media("photo", MediaKind.Photo),
        ["sendDocument"] = Sending.Media("document", MediaKind.Document),
        ["sendVideo"] = Sending.Media("video", MediaKind.Video),
        ["sendAudio"] = Sending.Media("audio", MediaKind.Audio),
        ["sendVoice"] = Sending.Media("voice", MediaKind.Voice),
        ["sendSticker"] = Sending.Media("sticker", MediaKind.Sticker),
        ["sendMediaGroup"] = Sending.AlbumAsync,
        ["sendLocation"] = Sending.PlaceAsync,
        ["sendContact"] = Sending.CardAsync,
        ["sendChatAction"] = Now(Act),
        ["answerCallbackQuery"] = Now(AnswerPress),
        ["editMessageText"] = Changing.TextAsync,
        ["editMessageCaption"] = Changing.CaptionAsync,
        ["editMessageReplyMarkup"] = Changing.KeyboardAsync,
        ["deleteMessage"] = Changing.DeleteAsync,
        ["deleteMessages"] = Changing.DeleteManyAsync,
        ["getFile"] = Now(File),
        ["getUserProfilePhotos"] = Now(Photos),
        ["getChat"] = Now(Chat),
        ["setMyCommands"] = Now((_, _) => true),
        ["deleteMyCommands"] = Now((_, _) => true),
        ["setMyDescription"] = Now((_, _) => true),
        ["setChatMenuButton"] = Now((_, _) => true),
        ["setMessageReaction"] = Now((bot, arguments) => bot.Chat(arguments).Message(arguments.Text("message_id")) is null ? throw TelegramRefusal.BadRequest("message to react not found") : true),
    };

    private static Func<TelegramBot, Arguments, Task<JsonNode>> Now(Func<TelegramBot, Arguments, JsonNode> method) =>
        (bot, arguments) => Task.FromResult(method(bot, arguments));

    private static JsonObject Me(TelegramBot bot, Arguments arguments)
    {
        var me = bot.AsUser();
        foreach (var can in (string[])["can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app"])
            me[can] = can == "can_join_groups";
        return me;
    }

    /// <summary>Shown for five seconds, or until a message comes.</summary>
    private static JsonNode Act(TelegramBot bot, Arguments arguments)
    {
        if (!arguments.Has("action"))
            throw TelegramRefusal.BadRequest("wrong parameter action in request");
        bot.Chat(arguments).Chat.Type(TimeSpan.FromSeconds(5));
        return true;
    }

    private static JsonNode AnswerPress(TelegramBot bot, Arguments arguments)
    {
        var pressed = bot.CloseQuery(arguments.Text("callback_query_id"))
            ?? throw TelegramRefusal.BadRequest("query is too old and response timeout expired or query ID is invalid");
        if (arguments.Text("text") is { Length: > 0 } text)
            pressed.Chat.Notice(text.Length <= 200 ? text : throw TelegramRefusal.BadRequest("MESSAGE_TOO_LONG"));
        return true;
    }

    private static JsonObject File(TelegramBot bot, Arguments arguments)
    {
        var file = bot.Files.Find(arguments.Text("file_id")) ?? throw TelegramRefusal.BadRequest("invalid file_id");
        if (file.Media.Bytes.Length > TelegramFiles.LargestDownload)
            throw TelegramRefusal.BadRequest("file is too big");
        return TelegramFiles.Described(file, new { file_path = file.Path });
    }

    /// <summary>Everybody has one picture, of their own shade.</summary>
    private static JsonObject Photos(TelegramBot bot, Arguments arguments)
    {
        var customer = bot.Customers.Cast<TelegramCustomer>().FirstOrDefault(c => c.Id == arguments.Text("user_id")) ?? throw TelegramRefusal.BadRequest("user not found");
        var holder = new JsonObject();
        bot.Files.Attach(holder, Media.Photo((byte)customer.Person.Number));
        return new JsonObject { ["total_count"] = 1, ["photos"] = new JsonArray(holder["photo"]!.DeepClone()) };
    }

    private static JsonObject Chat(TelegramBot bot, Arguments arguments)
    {
        var chat = bot.Chat(arguments, writing: false).AsChat();
        chat["accent_color_id"] = 0;
        chat["max_reaction_count"] = 11;
        chat["accepted_gift_types"] = Wire.Object(new { unlimited_gifts = false, limited_gifts = false, unique_gifts = false, premium_subscription = false, gifts_from_channels = false });
        return chat;
    }
}
