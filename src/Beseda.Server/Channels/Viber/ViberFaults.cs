namespace Beseda.Server.Channels.Viber;

/// <summary>What Viber's statuses mean. Lists of those from 16 on differ.</summary>
internal static class ViberFaults
{
    /// <param name="said">The platform's own word for it.</param>
    public static PlatformException Of(int status, string? said) => new(
        status switch
        {
            // Too many, and an error of theirs.
            12 or -1 => PlatformFault.Later,
            // Not registered, not subscribed, without a device that shows bots.
            5 or 6 or 11 => PlatformFault.Blocked,
            // A wrong address or token; blocked, not found, suspended; without a webhook, without rights.
            1 or 2 or 7 or 8 or 9 or 10 or 15 => PlatformFault.Account,
            _ => PlatformFault.Refused,
        },
        $"{status} {Short(said)}".TrimEnd());

    /// <summary>They say everything with 200: anything else comes from what stands before them.</summary>
    public static PlatformException OfHttp(int status) => new(
        status is 502 or 504 ? PlatformFault.Uncertain : status is 408 or 429 or >= 500 ? PlatformFault.Later : PlatformFault.Refused, $"HTTP {status}");

    public static string? Short(string? said) => said?.Length > 100 ? said[..100] : said;
}
