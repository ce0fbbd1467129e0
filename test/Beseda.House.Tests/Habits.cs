using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Beseda.House.Tests;

/// <summary>House rules 10 to 14, as far as a machine can see them.</summary>
public sealed partial class Habits
{
    private static readonly string[] AtTheRoot =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "Beseda.slnx", "CHANGELOG.md", "Directory.Build.props",
        "Directory.Packages.props", "LICENSE", "README.md", "SECURITY.md", "bench", "bin", "docs", "global.json", "samples",
        "src", "test",
    ];

    private static readonly string[] PlainLogs =
        ["Log", "LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical"];

    [Fact]
    public void Nothing_else_lies_at_the_root() =>
        House.Upholds(House.Files.Select(f => f.Split('/')[0]).Distinct().Except(AtTheRoot));

    [Fact]
    public void The_readme_fits_on_a_page() => Assert.InRange(House.Read("README.md").Split('\n').Length, 1, 101);

    [Fact]
    public void A_message_s_journey_names_files_that_exist()
    {
        var named = Paths().Matches(House.Read("docs/journey.md")).Select(m => m.Value).Distinct().ToArray();
        Assert.NotEmpty(named);
        House.Upholds(named.Except(House.Files));
    }

    [Fact]
    public void Links_between_pages_lead_somewhere() => House.Upholds(
        from page in House.Files
        where page.EndsWith(".md", StringComparison.Ordinal)
        from Match link in Links().Matches(House.Read(page))
        let target = link.Groups[1].Value
        where !Path.Exists(Path.Combine(House.Root, Path.GetDirectoryName(page)!, target))
        select $"{page} → {target}");

    [Fact]
    public void Every_log_line_is_a_LoggerMessage() => House.Upholds(
        from source in House.Sources
        where source.Wing == "src"
        from call in source.Tree.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name } member
            && PlainLogs.Contains(name) && member.Expression.ToString() is not ("Math" or "MathF")
        select source.Place(call));

    [Fact]
    public void No_test_is_skipped() => House.Upholds(
        from source in House.Sources
        from attribute in source.Tree.DescendantNodes().OfType<AttributeSyntax>()
        from argument in attribute.ArgumentList?.Arguments ?? []
        where argument.NameEquals?.Name.Identifier.Text is "Skip" or "SkipWhen" or "SkipUnless" or "Explicit"
        select source.Place(attribute));

    [Fact]
    public void No_test_sleeps_for_luck() => House.Upholds(
        from source in House.Sources
        where source.Wing == "test"
        from call in source.Tree.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression.ToString() is "Thread.Sleep" or "System.Threading.Thread.Sleep"
        select source.Place(call));

    [Fact]
    public void Nothing_is_left_for_later() => House.Upholds(
        from source in House.Sources
        where source.Wing != "test"
        from comment in source.Tree.DescendantTrivia()
        where Later().IsMatch(comment.ToString())
        select $"{source.File}: {comment}");

    [GeneratedRegex(@"\b(?:src|test|bench|samples|docs|bin)/[\w./-]+\.\w+")]
    private static partial Regex Paths();

    /// <summary>A Markdown link to a file of ours; what follows a <c>#</c> is a place within it.</summary>
    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)")]
    private static partial Regex Links();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Later();
}
