using System.Text.RegularExpressions;

namespace Beseda.Server.Tests.Durability;

/// <summary>A system call of a trace: the lines on which it began and ended.</summary>
internal sealed record Call(string Name, string Text, int Began, int Ended)
{
    /// <summary>On SQLite's write-ahead log.</summary>
    public bool IsOnLog => Text.Contains("journal.db-wal>", StringComparison.Ordinal);
}

internal static partial class Calls
{
    /// <summary>Reads what <c>strace -f -y</c> wrote; calls cut in two by another thread are put together. In order of their beginning.</summary>
    public static List<Call> Read(string path)
    {
        var calls = new List<Call>();
        var open = new Dictionary<string, (string Name, string Text, int Line)>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var (thread, rest) = (line[..space], line[space..].TrimStart());
            if (Resumed().Match(rest) is { Success: true } && open.Remove(thread, out var began))
                calls.Add(new Call(began.Name, began.Text + rest, began.Line, number));
            else if (rest.IndexOf('(', StringComparison.Ordinal) is > 0 and var paren && !rest.StartsWith('<'))
            {
                if (rest.EndsWith("<unfinished ...>", StringComparison.Ordinal))
                    open[thread] = (rest[..paren], rest, number);
                else
                    calls.Add(new Call(rest[..paren], rest, number, number));
            }
        }

        return [.. calls.OrderBy(call => call.Began)];
    }

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();
}
