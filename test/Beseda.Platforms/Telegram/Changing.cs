using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;
using Beseda.Platforms.Customers;

namespace Beseda.Platforms.Telegram;

/// <summary>Methods by which a bot changes what it has written.</summary>
internal static class Changing
{
    private const string NotModified =
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

    public static Task<JsonNode> TextAsync(TelegramBot bot, Arguments arguments)
    {
        var (text, entities) = Markup.Read(arguments, "text", "entities");
        Sending.Check(text);
        return Change(bot, arguments, (message, keyboards) =>
        {
            if (message["text"] is null)
                throw TelegramRefusal.BadRequest("there is no text in the message to edit");
            return Rewritten(message, "text", text, "entities", entities, keyboards);
        }, bubble => bubble with { Text = text, Edited = true });
    }

    public static Task<JsonNode> CaptionAsync(TelegramBot bot, Arguments arguments)
    {
        var (caption, entities) = Markup.Read(arguments, "caption", "caption_entities");
        Sending.CheckCaption(caption);
        return Change(bot, arguments, (message, keyboards) => Rewritten(message, "caption", caption, "caption_entities", entities, keyboards),
            bubble => bubble with { Text = caption, Edited = true });
    }

    public static Task<JsonNode> KeyboardAsync(TelegramBot bot, Arguments arguments) => Change(bot, arguments, Buttoned, bubble => bubble);

    public static Task<JsonNode> DeleteAsync(TelegramBot bot, Arguments arguments)
    {
        var customer = bot.Chat(arguments, writing: false);
        var id = arguments.Text("message_id");
        if (customer.Message(id) is null)
            throw TelegramRefusal.BadRequest("message to delete not found");
        Remove(bot, customer, id!);
        return Task.FromResult<JsonNode>(true);
    }

    /// <summary>Those that are not there are passed over.</summary>
    public static Task<JsonNode> DeleteManyAsync(TelegramBot bot, Arguments arguments)
    {
        var customer = bot.Chat(arguments, writing: false);
        var ids = (arguments.Json("message_ids") as JsonArray ?? []).Select(id => id!.ToString()).ToArray();
        if (ids.Length is 0 or > 100)
            throw TelegramRefusal.BadRequest("message identifiers are not specified");
        foreach (var id in ids.Where(id => customer.Message(id) is not null))
            Remove(bot, customer, id);
        return Task.FromResult<JsonNode>(true);
    }

    private static void Remove(TelegramBot bot, TelegramCustomer customer, string id)
    {
        lock (bot.Gate)
            customer.Forget(id);
        customer.Chat.Change(id, bubble => bubble with { Deleted = true });
    }

    private static Task<JsonNode> Change(TelegramBot bot, Arguments arguments, Func<JsonObject, Keyboards, bool> rewrite, Func<Bubble, Bubble> show)
    {
        var customer = bot.Chat(arguments);
        var keyboards = Keyboards.Read(arguments);
        var id = arguments.Text("message_id");
        lock (bot.Gate)
        {
            var message = customer.Message(id) ?? throw TelegramRefusal.BadRequest("message to edit not found");
            if (customer.Chat.Find(id)?.Author == Author.Customer)
                throw TelegramRefusal.BadRequest("message can't be edited");
            if (!rewrite(message, keyboards))
                throw TelegramRefusal.BadRequest(NotModified);
            message["edit_date"] = bot.World.Now.Seconds();
            customer.Chat.Change(id!, bubble => show(bubble) with { Buttons = keyboards.InlineButtons });
            return Task.FromResult(message.DeepClone());
        }
    }

    private static bool Rewritten(JsonObject message, string field, string text, string entitiesField, JsonArray? entities, Keyboards keyboards)
    {
        var changed = message[field]?.ToString() != text || !JsonNode.DeepEquals(message[entitiesField], entities);
        message[field] = text;
        message.Remove(entitiesField);
        message.With(entitiesField, entities);
        return Buttoned(message, keyboards) || changed;
    }

    private static bool Buttoned(JsonObject message, Keyboards keyboards)
    {
        var same = JsonNode.DeepEquals(message["reply_markup"], keyboards.Inline);
        message.Remove("reply_markup");
        message.With("reply_markup", keyboards.Inline);
        return !same;
    }
}
