namespace Beseda.Workplace.Browsing;

/// <summary>What the server made of a request: an answer, or why not.</summary>
/// <param name="Refusal">A sentence; null: it was done.</param>
/// <param name="Errors">Field → what is wrong with it.</param>
public sealed record Reply<T>(T? Answer, string? Refusal = null, IReadOnlyDictionary<string, string>? Errors = null)
{
    /// <summary>What is wrong with a field, wherever in the request it stands.</summary>
    public string? Error(string field) =>
        Errors?.FirstOrDefault(one => one.Key[(one.Key.LastIndexOf('.') + 1)..].Equals(field, StringComparison.OrdinalIgnoreCase)).Value;
}
