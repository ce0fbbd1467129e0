using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beseda.Protocol;

namespace Beseda.Server.Tests.Sessions;

/// <summary>Makes a customer's identity byte by byte, right or wrong (RFC 7515, RFC 7519).</summary>
internal static class Identity
{
    public static async Task<byte[]> KeyAsync(Company company) =>
        Convert.FromBase64String((await company.Admin.GetAsync("/api/admin/account")).Read<AccountSettings>().IdentityKey!);

    public static string Of(byte[] key, string customer, string name = "Ирина") =>
        Sign(key, new { sub = customer, exp = In(TimeSpan.FromHours(1)), name });

    public static string Sign(byte[] key, object claims, string header = """{"alg":"HS256","typ":"JWT"}""") =>
        SignText(key, JsonSerializer.Serialize(claims), header);

    public static string SignText(byte[] key, string claims, string header = """{"alg":"HS256","typ":"JWT"}""")
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}";
    }

    public static long In(TimeSpan time) => (DateTimeOffset.UtcNow + time).ToUnixTimeSeconds();
}
