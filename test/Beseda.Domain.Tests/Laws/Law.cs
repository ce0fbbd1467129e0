using FsCheck;
using FsCheck.Fluent;

namespace Beseda.Domain.Tests.Laws;

/// <summary>What must hold in every story that can be told.</summary>
internal static class Law
{
    public static void OfStories(Action<Story> holds, int stories = 150) =>
        Prop.ForAll(Script.Any, script => holds(script.Play())).Check(Config.QuickThrowOnFailure.WithMaxTest(stories).WithQuietOnSuccess(true));

    /// <summary>After every turn.</summary>
    public static void OfTurns(Action<Turn> holds, int stories = 150) => OfStories(
        story =>
        {
            foreach (var turn in story.Turns)
                holds(turn);
        },
        stories);

    /// <summary>At every event.</summary>
    public static void OfEvents(Action<AccountState, Recorded, AccountState> holds, int stories = 150) => OfTurns(
        turn =>
        {
            foreach (var (before, recorded, after) in turn.Unfolded())
                holds(before, recorded, after);
        },
        stories);
}
