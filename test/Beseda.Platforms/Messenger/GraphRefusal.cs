namespace Beseda.Platforms.Messenger;

/// <summary>A call the Graph API refuses.</summary>
internal sealed class GraphRefusal(int code, string message, int? subcode = null, string type = "OAuthException", int status = 400) : Exception(message)
{
    public int Code { get; } = code;

    public int? Subcode { get; } = subcode;

    public string Type { get; } = type;

    /// <summary>Of HTTP.</summary>
    public int Status { get; } = status;

    public static GraphRefusal Parameter(string what, int? subcode = null) => new(100, $"(#100) {what}", subcode);

    public static GraphRefusal Missing(string node) => new(
        100, $"Unsupported get request. Object with ID '{node}' does not exist, cannot be loaded due to missing permissions, or does not support this operation", 33, "GraphMethodException");
}
