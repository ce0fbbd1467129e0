using Beseda.Domain.Conversations;

namespace Beseda.Domain.Visitors;

/// <summary>
/// The company's site vouches for a visitor. The anonymous visitor's open conversation moves to the customer, unless the
/// customer has one open, which then goes on while the other closes. The receipt names the customer's visitor.
/// </summary>
/// <param name="Customer">A digest of the customer's id.</param>
/// <param name="Otherwise">The visitor's id if this customer is new here.</param>
/// <param name="Anonymous">Who the browser was until now.</param>
public sealed record IdentifyVisitor(
    string Customer, string ProfileDigest, VisitorProfile Profile, VisitorId Otherwise, VisitorId? Anonymous) : Command
{
    /// <summary>Not the company's site vouches but this channel.</summary>
    public ChannelId? Channel { get; init; }
    public string? Language { get; init; }

    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (by is not Actor.System)
            return Refusal.NotAllowed;

        var id = decision.State.Customers.TryGetValue(Customer, out var known) ? known : Otherwise;
        var visitor = decision.State.VisitorOrNew(id);
        if (Channel is not null)
            Learn(decision, visitor);
        else if (visitor.ProfileDigest != ProfileDigest)
            decision.Add(new VisitorIdentified(id, Customer, ProfileDigest, Profile));
        if (Anonymous is { } anonymous && anonymous != id && decision.State.VisitorOrNew(anonymous).Open is { } open)
            Bring(decision, anonymous, open, id);
        decision.Answer(id);
        return null;
    }

    /// <summary>A channel tells a little each time: what it does not say now stays as it was.</summary>
    private void Learn(Decision decision, Visitor visitor)
    {
        var fields = visitor.Profile is { } known ? known.Fields.SetItems(Profile.Fields) : Profile.Fields;
        if (visitor.Profile is null || visitor.Channel != Channel || !fields.SequenceEqual(visitor.Profile.Fields))
            decision.Add(new VisitorIdentified(visitor.Id, Customer, ProfileDigest, Profile with { Fields = fields })
            {
                Channel = Channel,
                Language = Language ?? visitor.Language,
            });
    }

    private static void Bring(Decision decision, VisitorId anonymous, ConversationId open, VisitorId customer)
    {
        if (decision.State.VisitorOrNew(customer).Open is { } goesOn)
        {
            decision.Add(new ConversationMerged(open, anonymous, goesOn, customer));
            CloseConversation.Close(decision, decision.State.Conversations[open], Closer.System, CloseReason.Merged);
        }
        else
        {
            decision.Add(new ConversationMoved(open, customer, anonymous));
        }
    }
}
