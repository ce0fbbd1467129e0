using System.Text.Json.Nodes;
using Beseda.Platforms.Calls;

namespace Beseda.Platforms.Vk;

/// <summary>Methods of the API that are played.</summary>
internal static class VkMethods
{
    public static readonly Dictionary<string, Func<VkCommunity, Arguments, JsonNode>> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["messages.send"] = Messages.Send,
        ["messages.edit"] = Messages.Edit,
        ["messages.delete"] = Messages.Delete,
        ["messages.setActivity"] = Messages.Act,
        ["messages.markAsRead"] = Messages.MarkAsRead,
        ["messages.sendMessageEventAnswer"] = Messages.AnswerPress,
        ["messages.isMessagesFromGroupAllowed"] = Messages.IsAllowed,
        ["messages.getHistory"] = Messages.History,
        ["messages.getConversations"] = Messages.Conversations,
        ["messages.getById"] = Messages.Find("message_ids", "id"),
        ["messages.getByConversationMessageId"] = Messages.Find("conversation_message_ids", "conversation_message_id"),
        ["groups.getById"] = Groups.Describe,
        ["groups.getTokenPermissions"] = Groups.Permissions,
        ["groups.getCallbackConfirmationCode"] = Groups.Code,
        ["groups.addCallbackServer"] = Groups.AddServer,
        ["groups.editCallbackServer"] = Groups.EditServer,
        ["groups.deleteCallbackServer"] = Groups.DeleteServer,
        ["groups.getCallbackServers"] = Groups.Servers,
        ["groups.setCallbackSettings"] = Groups.SetServer,
        ["groups.getCallbackSettings"] = Groups.ServerSettings,
        ["groups.getLongPollServer"] = Groups.OpenLongPoll,
        ["groups.setLongPollSettings"] = Groups.SetLongPoll,
        ["groups.getLongPollSettings"] = Groups.LongPollSettings,
        ["photos.getMessagesUploadServer"] = (community, _) => Wire.Object(new { upload_url = community.Files.UploadServer("photo"), album_id = -64, group_id = community.Number }),
        ["photos.saveMessagesPhoto"] = (community, arguments) => community.Files.SavePhoto(arguments),
        ["docs.getMessagesUploadServer"] = (community, arguments) =>
            Wire.Object(new { upload_url = community.Files.UploadServer(arguments.Text("type") == "audio_message" ? "audio_message" : "doc") }),
        ["docs.save"] = (community, arguments) => community.Files.SaveDocument(arguments),
        ["users.get"] = Users,
    };

    /// <summary>Those who are not there are not in the list.</summary>
    private static JsonArray Users(VkCommunity community, Arguments arguments)
    {
        var fields = (arguments.Text("fields") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return Wire.Array(arguments.Numbers("user_ids").Select(community.Peer).OfType<VkCustomer>().Select(customer =>
        {
            var user = Wire.Object(new { id = customer.Person.Number, first_name = customer.Person.FirstName, last_name = customer.Person.LastName ?? "", can_access_closed = true, is_closed = false });
            foreach (var field in fields)
                user.With(field, field switch
                {
                    "screen_name" => $"id{customer.Id}",
                    "sex" => 0,
                    "city" => Wire.Object(new { id = 1, title = "Москва" }),
                    _ when field.StartsWith("photo_", StringComparison.Ordinal) => customer.Picture.AbsoluteUri,
                    _ => null,
                });
            return user;
        }));
    }
}
