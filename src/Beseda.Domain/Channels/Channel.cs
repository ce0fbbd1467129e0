using System.Collections.Immutable;

namespace Beseda.Domain.Channels;

/// <summary>A messenger's bot, a community, a page or a mailbox through which visitors write.</summary>
/// <param name="Kind">Which platform: <c>telegram</c>, <c>vk</c>, <c>viber</c>, <c>messenger</c>, <c>mail</c>.</param>
/// <param name="Enabled">False: nothing is taken from it and nothing sent.</param>
/// <param name="Department">Where its conversations go; null: the default.</param>
/// <param name="Language">Of the texts, for visitors whose own there are none in: <c>ru</c> or <c>en</c>.</param>
/// <param name="Texts">What it says by itself, where that differs from <see cref="Dialogue.StandardOf"/>; by language.</param>
/// <param name="Settings">Public, as its platform needs them: a bot's name, a community's number.</param>
/// <param name="Secrets">Encrypted by the install key: tokens and signing keys.</param>
public sealed record Channel(
    ChannelId Id, string Kind, string Name, bool Enabled, DepartmentId? Department, string Language,
    ImmutableSortedDictionary<string, DialogueTexts> Texts, ImmutableSortedDictionary<string, string> Settings, string Secrets)
{
    public bool Equals(Channel? other) => other is not null
        && (Id, Kind, Name, Enabled, Department, Language, Secrets) == (other.Id, other.Kind, other.Name, other.Enabled, other.Department, other.Language, other.Secrets)
        && Texts.SequenceEqual(other.Texts) && Settings.SequenceEqual(other.Settings);

    public override int GetHashCode() => Id.GetHashCode();
}

public sealed record ChannelChanged(Channel Channel) : Event;

public sealed record ChannelRemoved(ChannelId Channel) : Event;

/// <summary>Adds a channel (no id: it becomes the seq of the event, which the receipt names) or replaces one.</summary>
public sealed record ChangeChannel(ChannelId? Id, Channel Channel) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (!state.Administers(by))
            return Refusal.NotAllowed;
        if (Id is { } id && !state.Channels.ContainsKey(id))
            return Refusal.ChannelNotFound;
        if (Channel.Department is { } department && !state.Departments.ContainsKey(department))
            return Refusal.DepartmentNotFound;

        var changed = Channel with { Id = Id ?? new ChannelId(decision.NextSeq) };
        if (state.Channels.GetValueOrDefault(changed.Id) != changed)
            decision.Answer(decision.Add(new ChannelChanged(changed)));
        return null;
    }
}

/// <summary>Lets go of a channel. What was said in it stays; what is said to its visitors from now on reaches nobody.</summary>
public sealed record RemoveChannel(ChannelId Id) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        if (!decision.State.Administers(by))
            return Refusal.NotAllowed;
        if (decision.State.Channels.ContainsKey(Id))
            decision.Add(new ChannelRemoved(Id));
        return null;
    }
}
