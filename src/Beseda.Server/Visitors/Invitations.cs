using Beseda.Server.Channels;

namespace Beseda.Server.Visitors;

/// <summary><c>GET /api/visitor/channels</c>: links by which the visitor goes on in a messenger, and is known there.</summary>
internal static class Invitations
{
    public static async Task<IResult> Get(VisitorPrincipal visitor, ChatJournal journal, Connections connections, VisitorLinks links)
    {
        var (account, id) = (visitor.Token.Account, visitor.Token.Visitor);
        var state = await journal.StateAsync(account);
        var referral = links.Sign(account, id);
        IReadOnlyList<Wire.Invitation> all =
        [
            .. from channel in state.Channels.Values
               where channel.Enabled
               let found = channel.Settings.GetValueOrDefault(EditChannels.Link)
               let end = connections.Of(account, channel)?.Connection.Refer(referral)
               where found is not null && end is not null
               select new Wire.Invitation(channel.Kind, channel.Name, found + end),
        ];
        return TypedResults.Ok(all);
    }
}
