namespace Beseda.Protocol;

/// <summary>RFC 9457 problem details. <c>Code</c> is stable; <c>Title</c> is a sentence for people.</summary>
/// <param name="Errors">Field → what is wrong with it (422).</param>
public sealed record Problem(int Status, string Code, string Title, IReadOnlyDictionary<string, string>? Errors = null);
