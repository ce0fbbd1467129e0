using System.Text.Json.Nodes;
using Beseda.Domain.Channels;

namespace Beseda.Server.Channels.Messenger;

/// <summary>
/// Quick replies, which vanish with the next message, so that what can always be pressed stands below each; a template where
/// buttons lead to pages.
/// </summary>
internal static class MessengerButtons
{
    public const int MostReplies = 13;
    private const int MostInTemplate = 3;
    private const int TemplateText = 640;
    private const int TextLength = 2_000;
    private const int MaxTitle = 20;

    /// <summary>A text with its buttons.</summary>
    public static JsonObject Of(Part part)
    {
        var links = part.Buttons.Where(button => button.Url is not null).ToList();
        if (links.Count == 0)
            return With(new JsonObject { ["text"] = part.Text }, part);
        if (part.Buttons.Length <= MostInTemplate && part.Text.Length is > 0 and <= TemplateText)
            return new JsonObject
            {
                ["attachment"] = new JsonObject
                {
                    ["type"] = "template",
                    ["payload"] = new JsonObject
                    {
                        ["template_type"] = "button",
                        ["text"] = part.Text,
                        ["buttons"] = new JsonArray([.. part.Buttons.Select(InTemplate)]),
                    },
                },
            };

        var text = string.Join('\n', links.Select(link => $"{link.Text}: {link.Url}").Prepend(part.Text));
        return text.Length <= TextLength
            ? With(new JsonObject { ["text"] = text }, part)
            : throw new PlatformException(PlatformFault.Refused, "the text is too long for its buttons");
    }

    /// <summary>Puts below a message what can be pressed.</summary>
    public static JsonObject With(JsonObject message, Part part)
    {
        var replies = part.Buttons.Concat(part.Standing).Where(button => button.Url is null).DistinctBy(Payload).Take(MostReplies)
            .Select(button => (JsonNode)new JsonObject { ["content_type"] = "text", ["title"] = Title(button), ["payload"] = Payload(button) }).ToArray();
        if (replies.Length > 0)
            message["quick_replies"] = new JsonArray(replies);
        return message;
    }

    private static JsonNode InTemplate(Button button) => button.Url is { } url
        ? new JsonObject { ["type"] = "web_url", ["title"] = Title(button), ["url"] = url }
        : new JsonObject { ["type"] = "postback", ["title"] = Title(button), ["payload"] = Payload(button) };

    private static string Payload(Button button) => button.Payload ?? button.Text;

    private static string Title(Button button) => button.Text.Length <= MaxTitle ? button.Text : button.Text[..(MaxTitle - 1)] + "…";
}
