namespace Beseda.Domain.Labels;

/// <summary>What conversations are sorted by when they are over.</summary>
/// <param name="Name">The company's own word for it.</param>
/// <param name="Enabled">Nothing new is sorted under it otherwise; what was, stays.</param>
public sealed record Label(LabelId Id, LabelKind Kind, string Name, bool Enabled)
{
    /// <summary>The category that this one is part of.</summary>
    public LabelId? Parent { get; init; }
}

public enum LabelKind
{
    /// <summary>What it was about: a conversation has one at most.</summary>
    Category,
    /// <summary>What else is to be known of it: as many as it takes.</summary>
    Tag,
}

public sealed record LabelChanged(Label Label) : Event;

/// <summary>Adds a label (no id: it becomes the seq of the event, which the receipt names) or replaces one. A label stays of its kind.</summary>
public sealed record ChangeLabel(LabelId? Id, Label Label) : Command
{
    internal Refusal? Decide(Decision decision, Actor by)
    {
        var state = decision.State;
        if (!state.Administers(by))
            return Refusal.NotAllowed;
        if (Id is { } id && state.Labels.GetValueOrDefault(id)?.Kind != Label.Kind)
            return Refusal.LabelNotFound;
        if (Label.Parent is { } parent && !MayBePartOf(state, parent))
            return Refusal.LabelNotFound;

        var changed = Label with { Id = Id ?? new LabelId(decision.NextSeq) };
        if (state.Labels.GetValueOrDefault(changed.Id) != changed)
            decision.Answer(decision.Add(new LabelChanged(changed)));
        return null;
    }

    /// <summary>Two levels, no more: a part has no parts.</summary>
    private bool MayBePartOf(AccountState state, LabelId parent) =>
        Label.Kind == LabelKind.Category && parent != Id
        && state.Labels.GetValueOrDefault(parent) is { Kind: LabelKind.Category, Parent: null }
        && !state.Labels.Values.Any(other => other.Parent is { } above && above == Id);
}
