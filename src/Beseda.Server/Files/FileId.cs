using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Beseda.Journal;

namespace Beseda.Server.Files;

/// <summary>
/// What names a file: 128 random bits as 22 characters of base64url, and whose it is: <c>-ACCOUNT</c>. Whoever has it may fetch
/// the file.
/// </summary>
internal static class FileId
{
    private const int Random = 22;
    private const int MaxLength = Random + 1 + 16;
    private const int Bytes = 16;

    public static string New(AccountId account) => string.Create(
        CultureInfo.InvariantCulture, $"{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}-{account.Value:x}");

    /// <summary>Null: it is no such id.</summary>
    public static AccountId? AccountOf(string? id) =>
        id?.Length is > Random + 1 and <= MaxLength && id![Random] == '-' && Base64Url.IsValid(id.AsSpan(0, Random))
        && long.TryParse(id.AsSpan(Random + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var account)
            ? new AccountId(account)
            : null;
}
