namespace Beseda.Chaos.Checks;

/// <summary>A promise that was broken.</summary>
/// <param name="Law">Which one.</param>
public sealed record Finding(string Law, string What)
{
    public override string ToString() => $"{Law}: {What}";
}
