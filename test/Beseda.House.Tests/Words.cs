using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Beseda.House.Tests;

/// <summary>House rules 1 and 5: folders and types are nouns of the trade.</summary>
public sealed class Words
{
    private static readonly string[] EmptyFolders =
        ["Common", "Shared", "Core", "Infrastructure", "Helpers", "Utils", "Models", "Services", "Interfaces"];

    private static readonly string[] EmptySuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Processor", "Wrapper", "Base", "Impl", "Dto", "Info", "Data"];

    private static readonly string[] Running = ["BackgroundService", "IHostedService", "IHostedLifecycleService"];

    [Fact]
    public void Folders_are_nouns_of_the_trade() => House.Upholds(
        from file in House.Files
        where House.InAWing(file)
        from folder in file.Split('/')[..^1]
        where EmptyFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)
        select file);

    [Fact]
    public void Types_say_what_they_are() => House.Upholds(
        from source in House.Sources
        from type in source.Types
        where EmptySuffixes.Any(s => type.Identifier.Text.EndsWith(s, StringComparison.Ordinal))
            || (type.Identifier.Text.EndsWith("Service", StringComparison.Ordinal) && !Runs(type))
        select $"{source.Place(type)} {type.Identifier.Text}");

    private static bool Runs(TypeDeclarationSyntax type) =>
        type.BaseList?.Types.Any(t => Running.Contains(t.Type.ToString())) == true;
}
