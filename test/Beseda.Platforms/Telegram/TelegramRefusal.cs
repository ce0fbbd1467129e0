namespace Beseda.Platforms.Telegram;

/// <summary>A call the Bot API refuses: the code is the HTTP status too.</summary>
internal sealed class TelegramRefusal(int code, string description) : Exception(description)
{
    public int Code { get; } = code;

    public static TelegramRefusal BadRequest(string what) => new(400, $"Bad Request: {what}");

    public static TelegramRefusal Conflict(string what) => new(409, $"Conflict: {what}");

    public static TelegramRefusal Forbidden(string what) => new(403, $"Forbidden: {what}");
}
