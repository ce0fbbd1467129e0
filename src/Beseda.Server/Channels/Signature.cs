using System.Security.Cryptography;
using System.Text;

namespace Beseda.Server.Channels;

/// <summary>HMAC-SHA256 in small hexadecimal letters, as several platforms sign what they say.</summary>
internal static class Signature
{
    public static string Of(string key, ReadOnlySpan<byte> body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));

    /// <summary>Takes as long whatever is wrong with it.</summary>
    public static bool IsOf(string signature, string key, ReadOnlySpan<byte> body) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Of(key, body)));

    /// <summary>Names what has no id of its own.</summary>
    public static string Digest(ReadOnlySpan<byte> raw) => Convert.ToHexStringLower(SHA256.HashData(raw).AsSpan(0, 16));
}
