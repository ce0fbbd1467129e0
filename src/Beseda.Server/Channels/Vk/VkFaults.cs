using System.Text.Json;

namespace Beseda.Server.Channels.Vk;

/// <summary>What the API's error codes mean: https://dev.vk.com/reference/errors.</summary>
internal static class VkFaults
{
    /// <param name="error">With <c>error_code</c>, or with <c>code</c> as for one of several receivers.</param>
    public static PlatformException Of(JsonElement error)
    {
        var code = (error.TryGetProperty("error_code", out var named) || error.TryGetProperty("code", out named)) && named.TryGetInt32(out var number) ? number : 0;
        var (fault, after) = code switch
        {
            6 => (PlatformFault.Later, TimeSpan.FromSeconds(1)),
            9 or 29 => (PlatformFault.Later, TimeSpan.FromSeconds(10)),
            1 or 10 or 14 => (PlatformFault.Later, (TimeSpan?)null),
            5 or 7 or 15 or 27 or 28 => (PlatformFault.Account, null),
            900 or 901 or 902 or 932 or 936 or 950 => (PlatformFault.Blocked, null),
            _ => (PlatformFault.Refused, null),
        };
        return new PlatformException(fault, $"error {code}", after);
    }
}
