using System.Collections.Immutable;
using Beseda.Domain.Channels;
using Beseda.Domain.Conversations;
using Beseda.Domain.Visitors;

namespace Beseda.Domain.Tests;

/// <summary>The channels of a company.</summary>
internal static class Messengers
{
    public static ChannelId Connects(this Company company, Func<Channel, Channel>? change = null)
    {
        var channel = new Channel(
            default, "telegram", "Bot", true, null, "ru", ImmutableSortedDictionary<string, DialogueTexts>.Empty,
            ImmutableSortedDictionary<string, string>.Empty, "secret");
        company.Do(new ChangeChannel(null, change is null ? channel : change(channel)));
        return new ChannelId(company.Receipt.Seq);
    }

    public static void Changes(this Company company, ChannelId id, Func<Channel, Channel> change) =>
        company.Do(new ChangeChannel(id, change(company.State.Channels[id])));

    /// <summary>A chat of this channel is this visitor's.</summary>
    public static void Meets(this Company company, VisitorId visitor, ChannelId channel, string? language = null) =>
        company.Do(new IdentifyVisitor($"{channel} {visitor}", $"{channel} {language}", Persons.Profile($"{visitor}"), visitor, null)
        {
            Channel = channel,
            Language = language,
        });

    /// <summary>Writes what its channel calls so; the answer is the message's seq.</summary>
    public static long Hears(this Company company, VisitorId visitor, string external, long? number = null)
    {
        company.Do(visitor, new PostMessage(external, "?") { Channel = "telegram", External = external, Number = number });
        return company.Receipt.Seq;
    }

    /// <summary>What Beseda said by itself.</summary>
    public static IReadOnlyList<MessagePosted> Lines(IEnumerable<Event> events) =>
        [.. events.OfType<MessagePosted>().Where(one => one.Author.Kind == AuthorKind.System)];

    public static IReadOnlyList<string> Said(IEnumerable<Event> events) => [.. Lines(events).Select(one => one.Words!.Text)];

    /// <summary>Of one message.</summary>
    public static MessageState Message(this Company company, long seq) => company.State.MessageStates[seq];
}
