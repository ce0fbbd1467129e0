namespace Beseda.Domain;

/// <summary>What an actor wants. Each kind stands beside its decision.</summary>
public abstract record Command;

/// <summary>A command and who gives it.</summary>
public sealed record Spoken(Actor By, Command Command);
