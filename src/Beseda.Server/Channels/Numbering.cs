using System.Collections.Immutable;
using System.Globalization;
using Beseda.Domain.Channels;

namespace Beseda.Server.Channels;

/// <summary>Buttons in a channel that has none: lines with numbers, pressed by answering with one. Labels that are numbers already speak for themselves.</summary>
internal static class Numbering
{
    private const int LongestAnswer = 100;

    public static IEnumerable<string> Lines(ImmutableArray<Button> buttons)
    {
        var own = OwnNumbers(buttons);
        return buttons.Select((button, i) => string.Create(
            CultureInfo.InvariantCulture, $"{(own is null ? $"{i + 1}. " : "")}{button.Text}{(button.Url is null ? "" : $" {button.Url}")}"));
    }

    /// <summary>The button that an answer means; null: it is an answer like any other.</summary>
    public static Button? Pressed(ImmutableArray<Button> buttons, string answer)
    {
        var said = answer.Trim();
        if (said.Length is 0 or > LongestAnswer)
            return null;
        if (buttons.FirstOrDefault(button => button.Text.Equals(said, StringComparison.OrdinalIgnoreCase)) is { } named)
            return named;
        if (Leading(said) is not var (number, after) || after.Any(char.IsLetterOrDigit))
            return null;
        var at = OwnNumbers(buttons) is { } own ? own.IndexOf(number) : number - 1;
        return at >= 0 && at < buttons.Length ? buttons[at] : null;
    }

    /// <summary>What each label begins with, if that tells them all apart.</summary>
    private static List<int>? OwnNumbers(ImmutableArray<Button> buttons)
    {
        var numbers = buttons.Select(button => Leading(button.Text)).ToList();
        return numbers.All(one => one is var (_, after) && !after.Any(char.IsLetterOrDigit)) && numbers.DistinctBy(one => one!.Value.Number).Count() == numbers.Count
            ? numbers.ConvertAll(one => one!.Value.Number)
            : null;
    }

    private static (int Number, string After)? Leading(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 9 ? (int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture), text[digits..]) : null;
    }
}
