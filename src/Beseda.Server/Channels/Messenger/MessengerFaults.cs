using System.Text.Json;

namespace Beseda.Server.Channels.Messenger;

/// <summary>What the Graph API's errors mean: https://developers.facebook.com/docs/messenger-platform/error-codes.</summary>
internal static class MessengerFaults
{
    private const int OutsideWindow = 2018278;
    private const int NoSuchPerson = 2018001;

    public static PlatformException Of(int status, JsonElement error)
    {
        var code = GraphJson.Number(error, "code");
        var subcode = GraphJson.Number(error, "error_subcode");
        var fault = (code, subcode) switch
        {
            (10, OutsideWindow) => PlatformFault.TooLate,
            (551, _) or (100, NoSuchPerson) => PlatformFault.Blocked,
            // The secret that proves calls is another app's.
            (100, _) when GraphJson.Text(error, "message")?.Contains("appsecret_proof", StringComparison.Ordinal) is true => PlatformFault.Account,
            (190 or 10 or (>= 200 and <= 299), _) => PlatformFault.Account,
            (1 or 2 or 4 or 17 or 32 or 613 or 1200 or 80006, _) => PlatformFault.Later,
            _ => status >= 500 ? PlatformFault.Later : PlatformFault.Refused,
        };
        return new PlatformException(fault, subcode == 0 ? $"{code}" : $"{code}/{subcode}");
    }

    /// <summary>Something before the API answered in its place.</summary>
    public static PlatformException OfHttp(int status) =>
        new(status >= 500 ? PlatformFault.Uncertain : status is 408 or 429 ? PlatformFault.Later : PlatformFault.Refused, $"HTTP {status}");
}
