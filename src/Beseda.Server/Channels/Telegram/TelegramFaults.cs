using Telegram.Bot.Exceptions;

namespace Beseda.Server.Channels.Telegram;

/// <summary>What Telegram's refusals mean.</summary>
internal static class TelegramFaults
{
    private static readonly string[] Unreachable = ["blocked by the user", "user is deactivated", "can't initiate conversation", "bot was kicked", "chat not found"];

    public static PlatformException Of(ApiRequestException refusal)
    {
        var after = refusal.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var fault = refusal.ErrorCode switch
        {
            401 or 404 => PlatformFault.Account,
            403 => PlatformFault.Blocked,
            // Somebody else asks with the same token, or has it told elsewhere.
            409 => PlatformFault.Account,
            429 => PlatformFault.Later,
            >= 500 => PlatformFault.Later,
            _ when Unreachable.Any(refusal.Message.Contains) => PlatformFault.Blocked,
            _ => PlatformFault.Refused,
        };
        return new PlatformException(fault, $"{refusal.ErrorCode} {Short(refusal.Message)}", after, refusal);
    }

    /// <summary>Descriptions are the platform's own sentences; none quotes a message.</summary>
    private static string Short(string message) => message.Length <= 100 ? message : message[..100];
}
