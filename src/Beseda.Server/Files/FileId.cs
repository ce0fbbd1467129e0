using System.Buffers.Text;
using System.Security.Cryptography;

namespace Beseda.Server.Files;

/// <summary>What names a file: 128 random bits as 22 characters of base64url. Whoever has it may fetch the file.</summary>
internal static class FileId
{
    public const int Length = 22;

    private const int Bytes = 16;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool Is(string text) => text.Length == Length && Base64Url.IsValid(text);
}
