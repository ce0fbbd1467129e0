using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Beseda.Journal;
using Beseda.Server.Doors;

namespace Beseda.Server.Visitors;

/// <summary>What a browser proves with its token.</summary>
/// <param name="Nonce">Makes each token different: feeds end when theirs is replaced.</param>
/// <param name="Identified">Came with an identity, and is good for another session only with an identity again.</param>
public sealed record VisitorToken(AccountId Account, VisitorId Visitor, long Nonce, bool Identified)
{
    private const int Fields = 1 + 8 + 8 + 8 + 1;
    private const int Mac = 32;
    private const string Purpose = "visitor-token";
    private const string Bearer = "Bearer ";

    public static VisitorToken New(AccountId account, VisitorId visitor, bool identified) => new(account, visitor, RandomId(), identified);

    /// <summary>63 random bits, never 0.</summary>
    public static long RandomId() => (BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) & long.MaxValue) | 1;

    /// <summary>Base64url of key id, account, visitor, nonce, flags, and a MAC over them.</summary>
    public string Sign(InstallKey key)
    {
        Span<byte> token = stackalloc byte[Fields + Mac];
        BinaryPrimitives.WriteInt64BigEndian(token[1..], Account.Value);
        BinaryPrimitives.WriteInt64BigEndian(token[9..], Visitor.Value);
        BinaryPrimitives.WriteInt64BigEndian(token[17..], Nonce);
        token[25] = Identified ? (byte)1 : (byte)0;
        token[0] = key.Sign(Purpose, token[1..Fields], token[Fields..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>From <c>Authorization: Bearer</c>; null when there is none that was signed here.</summary>
    public static VisitorToken? OfRequest(HttpRequest request, InstallKey key)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? Read(header.AsSpan(Bearer.Length), key) : null;
    }

    /// <summary>Null when it was not signed here.</summary>
    public static VisitorToken? Read(ReadOnlySpan<char> text, InstallKey key)
    {
        Span<byte> token = stackalloc byte[Fields + Mac];
        if (text.Length > 100 || !Base64Url.IsValid(text, out var length) || length != token.Length)
            return null;
        Base64Url.DecodeFromChars(text, token);
        return key.Verify(Purpose, token[0], token[1..Fields], token[Fields..])
            ? new VisitorToken(
                new AccountId(BinaryPrimitives.ReadInt64BigEndian(token[1..])),
                new VisitorId(BinaryPrimitives.ReadInt64BigEndian(token[9..])),
                BinaryPrimitives.ReadInt64BigEndian(token[17..]),
                token[25] == 1)
            : null;
    }
}
