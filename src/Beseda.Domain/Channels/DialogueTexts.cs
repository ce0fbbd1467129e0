namespace Beseda.Domain.Channels;

/// <summary>
/// What a channel says by itself, in one language. Null: as <see cref="Dialogue.StandardOf"/> has it; empty: nothing is said.
/// <c>{operator}</c> and <c>{company}</c> stand for names.
/// </summary>
/// <param name="Greeting">To who presses Start.</param>
/// <param name="Wait">To who enters the queue.</param>
/// <param name="Away">Instead of <paramref name="Wait"/> while no operator is there.</param>
/// <param name="Joined">When an operator accepts.</param>
/// <param name="Closed">When the conversation ends.</param>
/// <param name="Rate">Asks for a rating from 1 to 5.</param>
/// <param name="Recommend">Asks for one from 0 to 10.</param>
/// <param name="Thanks">To who has rated.</param>
/// <param name="CloseButton">Its label.</param>
public sealed record DialogueTexts(
    string? Greeting = null, string? Wait = null, string? Away = null, string? Joined = null, string? Closed = null,
    string? Rate = null, string? Recommend = null, string? Thanks = null, string? CloseButton = null)
{
    /// <summary>These, and others where there are none.</summary>
    public DialogueTexts Or(DialogueTexts others) => new(
        Greeting ?? others.Greeting, Wait ?? others.Wait, Away ?? others.Away, Joined ?? others.Joined, Closed ?? others.Closed,
        Rate ?? others.Rate, Recommend ?? others.Recommend, Thanks ?? others.Thanks, CloseButton ?? others.CloseButton);
}
