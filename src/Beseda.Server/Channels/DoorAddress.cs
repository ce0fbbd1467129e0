using System.Buffers.Binary;
using System.Buffers.Text;
using Beseda.Journal;
using Beseda.Server.Doors;

namespace Beseda.Server.Channels;

/// <summary>
/// The unguessable part of a channel's address: account, channel and a MAC of both under the install key. Nothing has to be
/// stored, and every node knows it.
/// </summary>
internal static class DoorAddress
{
    private const string Purpose = "channel door";
    private const int MacLength = 16;

    public static string Of(InstallKey key, AccountId account, ChannelId channel)
    {
        var bytes = new byte[1 + 16 + MacLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), account.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), channel.Value);
        Span<byte> mac = stackalloc byte[32];
        bytes[0] = key.Sign(Purpose, bytes.AsSpan(1, 16), mac);
        mac[..MacLength].CopyTo(bytes.AsSpan(17));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Something else that only this installation knows of the channel, and that its platform is told.</summary>
    public static string SaltOf(InstallKey key, AccountId account, ChannelId channel)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, account.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), channel.Value);
        Span<byte> mac = stackalloc byte[32];
        key.Sign("channel salt", bytes, mac);
        return Base64Url.EncodeToString(mac[..24]);
    }

    public static (AccountId Account, ChannelId Channel)? Read(InstallKey key, string address)
    {
        Span<byte> bytes = stackalloc byte[1 + 16 + MacLength];
        if (address.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.TryDecodeFromChars(address, bytes, out var length) || length != bytes.Length)
            return null;
        var (account, channel) = (BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[9..]));
        return key.Verify(Purpose, bytes[0], bytes.Slice(1, 16), bytes[17..]) ? (new AccountId(account), new ChannelId(channel)) : null;
    }
}
