namespace Beseda.Platforms.Viber;

/// <summary>A call the API refuses, with HTTP status 200 as everything.</summary>
internal sealed class ViberRefusal(int status, string? detail = null) : Exception(detail ?? Name(status))
{
    public int Status { get; } = status;

    public static string Name(int status) => status switch
    {
        0 => "ok",
        1 => "invalidUrl",
        2 => "invalidAuthToken",
        3 => "badData",
        4 => "missingData",
        5 => "receiverNotRegistered",
        6 => "receiverNotSubscribed",
        7 => "publicAccountBlocked",
        8 => "publicAccountNotFound",
        9 => "publicAccountSuspended",
        10 => "webhookNotSet",
        11 => "receiverNoSuitableDevice",
        12 => "tooManyRequests",
        13 => "apiVersionNotSupported",
        14 => "incompatibleWithVersion",
        15 => "publicAccountNotAuthorized",
        _ => "general error",
    };
}
