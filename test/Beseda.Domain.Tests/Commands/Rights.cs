using Beseda.Domain.Conversations;

namespace Beseda.Domain.Tests.Commands;

/// <summary>
/// A table of who may do something at which stage: “+” it happens, “=” it holds already and is answered so, else the
/// refusal's name.
/// </summary>
internal static class Rights
{
    public static void Hold(Func<Scene, Command> command, string expected)
    {
        var table = Table(command);
        expected = expected.ReplaceLineEndings("\n");
        Assert.True(table == expected, $"It is:\n{table}\nIt should be:\n{expected}");
    }

    private static string Table(Func<Scene, Command> command)
    {
        var table = new List<string> { $"{"",-14}" + string.Concat(Scene.All.Select(scene => $"{Stage(scene),-21}")).TrimEnd() };
        foreach (var row in Scene.All[0].Actors.Select(actor => actor.Name))
        {
            var cells = Scene.All.Select(scene => Cell(scene, row, command(scene)).PadRight(21));
            table.Add($"{row,-14}" + string.Concat(cells).TrimEnd());
        }

        return string.Join('\n', table);
    }

    private static Stage Stage(Scene scene) => scene.Company[scene.Conversation].Stage;

    private static string Cell(Scene scene, string row, Command command) =>
        scene.Company.Ask(scene.Actors.Single(actor => actor.Name == row).Actor, command) switch
        {
            Outcome.Refused refused => $"{refused.Why}",
            Outcome.Accepted { Events.Count: 0 } => "=",
            _ => "+",
        };
}
