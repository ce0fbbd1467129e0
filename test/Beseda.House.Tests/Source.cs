using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Beseda.House.Tests;

/// <summary>One C# file and what stands in it.</summary>
internal sealed record Source(string File, SyntaxNode Tree)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    public string Wing => File[..File.IndexOf('/')];

    public IEnumerable<TypeDeclarationSyntax> Types => Tree.DescendantNodes().OfType<TypeDeclarationSyntax>();

    /// <summary>Methods, constructors, operators, accessors and local functions, with their names.</summary>
    public IEnumerable<(string Name, int Lines)> Methods =>
        from node in Tree.DescendantNodes()
        let name = node switch
        {
            MethodDeclarationSyntax m => m.Identifier.Text,
            LocalFunctionStatementSyntax f => f.Identifier.Text,
            ConstructorDeclarationSyntax c => c.Identifier.Text,
            BaseMethodDeclarationSyntax => "operator",
            AccessorDeclarationSyntax { Body: not null } a => a.Keyword.Text,
            _ => null,
        }
        where name is not null
        select (name, Lines(node));

    /// <summary>What a class must be given to exist. Records are data and may have as many fields as the data has.</summary>
    public IEnumerable<(string Name, int Parameters)> Constructors =>
        from type in Types
        where type is ClassDeclarationSyntax or StructDeclarationSyntax
        from list in type.Members.OfType<ConstructorDeclarationSyntax>().Select(c => c.ParameterList).Append(type.ParameterList)
        where list is not null
        select (type.Identifier.Text, list.Parameters.Count);

    public static Source Read(string file) =>
        new(file, CSharpSyntaxTree.ParseText(House.Read(file), Options).GetRoot());

    /// <summary><c>file:line</c>, as editors and terminals understand it.</summary>
    public string Place(SyntaxNode node) => $"{File}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
