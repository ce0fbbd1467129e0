using System.Buffers.Binary;
using System.Buffers.Text;
using Beseda.Journal;
using Beseda.Server.Doors;

namespace Beseda.Server.Visitors;

/// <summary>
/// A visitor's name to be carried into another channel by a link: whoever comes by it in time is the same person. What it
/// opens is only that operators see both together, so that a link that fell into wrong hands tells them nothing.
/// </summary>
internal sealed class VisitorLinks(InstallKey key, TimeProvider clock)
{
    /// <summary>A messenger has to be installed first, perhaps.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private const string Purpose = "visitor-link";
    private const string Prefix = "beseda-";
    private const int Account = 8, Visitor = 8, Expires = 4, Mac = 24;

    /// <summary>Base64url of key id, visitor, expiry (unix seconds) and a MAC over them and the account, behind a prefix: 57 characters of the 64 that Telegram takes.</summary>
    public string Sign(AccountId account, VisitorId visitor)
    {
        Span<byte> signed = stackalloc byte[Account + Visitor + Expires];
        BinaryPrimitives.WriteInt64BigEndian(signed, account.Value);
        BinaryPrimitives.WriteInt64BigEndian(signed[Account..], visitor.Value);
        BinaryPrimitives.WriteUInt32BigEndian(signed[(Account + Visitor)..], (uint)(clock.GetUtcNow() + Lasts).ToUnixTimeSeconds());
        Span<byte> mac = stackalloc byte[32];
        var id = key.Sign(Purpose, signed, mac);
        return Prefix + Base64Url.EncodeToString([id, .. signed[Account..], .. mac[..Mac]]);
    }

    /// <summary>It looks like one, whatever became of it: nothing that people should read.</summary>
    public static bool IsOne(string referral) => referral.StartsWith(Prefix, StringComparison.Ordinal);

    /// <returns>Null: it says something else, is another account's, or has expired.</returns>
    public VisitorId? Read(AccountId account, string text)
    {
        Span<byte> link = stackalloc byte[1 + Visitor + Expires + Mac];
        if (!IsOne(text) || text.Length > 64 || !Base64Url.IsValid(text.AsSpan(Prefix.Length), out var length) || length != link.Length)
            return null;
        Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), link);
        Span<byte> signed = stackalloc byte[Account + Visitor + Expires];
        BinaryPrimitives.WriteInt64BigEndian(signed, account.Value);
        link[1..^Mac].CopyTo(signed[Account..]);
        return key.Verify(Purpose, link[0], signed, link[^Mac..])
            && BinaryPrimitives.ReadUInt32BigEndian(signed[(Account + Visitor)..]) >= clock.GetUtcNow().ToUnixTimeSeconds()
                ? new VisitorId(BinaryPrimitives.ReadInt64BigEndian(signed[Account..]))
                : null;
    }
}
