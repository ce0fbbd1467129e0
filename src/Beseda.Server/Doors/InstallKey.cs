using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Beseda.Server.Doors;

/// <summary>
/// The one secret of an installation: signs tokens, encrypts the sign-in keys and all stored secrets. A file of lines
/// <c>id:base64</c>; the first signs and encrypts, all verify and decrypt, so it can be rotated by adding a line on top.
/// </summary>
public sealed class InstallKey
{
    private const int Length = 32;
    private const int ShortestMac = 16;
    private readonly Dictionary<byte, byte[]> keys;
    private readonly byte current;
    private readonly ConcurrentDictionary<(byte Id, string Purpose), byte[]> derived = new();

    private InstallKey(Dictionary<byte, byte[]> keys, byte current)
    {
        this.keys = keys;
        this.current = current;
    }

    /// <summary>Reads the file; makes it, for its owner alone, when there is none.</summary>
    public static InstallKey Open(string path)
    {
        if (!File.Exists(path))
            Make(path);
        return Of(File.ReadAllLines(path), path);
    }

    /// <param name="lines">As they stand in the file.</param>
    /// <param name="from">Where they come from, to be told when they are wrong.</param>
    public static InstallKey Of(IEnumerable<string> lines, string from)
    {
        var all = lines.Where(line => line.Contains(':', StringComparison.Ordinal)).Select(Parse).ToList();
        return all.Count > 0
            ? new InstallKey(all.ToDictionary(line => line.Id, line => line.Key), all[0].Id)
            : throw new InvalidOperationException($"The install key {from} holds no key: lines of id:base64 are expected.");
    }

    /// <summary>A new one, as a line.</summary>
    public static string NewLine() => $"1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length))}";

    /// <summary>Tells keys apart without telling them.</summary>
    public string Fingerprint() => FingerprintOf(current);

    /// <summary>It is this one, or has been before it was rotated.</summary>
    public bool Was(string fingerprint) => keys.Keys.Any(id => FingerprintOf(id) == fingerprint);

    /// <summary>The key id and a MAC (HMAC-SHA-256) of <paramref name="message"/> for one purpose.</summary>
    public byte Sign(string purpose, ReadOnlySpan<byte> message, Span<byte> mac)
    {
        HMACSHA256.HashData(Derive(current, purpose), message, mac);
        return current;
    }

    /// <param name="mac">Whole, or the first 16 bytes of it at least.</param>
    public bool Verify(string purpose, byte id, ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac)
    {
        if (!keys.ContainsKey(id))
            return false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Derive(id, purpose), message, expected);
        return CryptographicOperations.FixedTimeEquals(expected[..Math.Clamp(mac.Length, ShortestMac, expected.Length)], mac);
    }

    /// <summary>AES-256-GCM; base64 of key id, nonce, tag and cipher.</summary>
    public string Encrypt(string purpose, ReadOnlySpan<byte> secret)
    {
        var box = new byte[1 + 12 + 16 + secret.Length];
        box[0] = current;
        RandomNumberGenerator.Fill(box.AsSpan(1, 12));
        using var aes = new AesGcm(Derive(current, purpose), 16);
        aes.Encrypt(box.AsSpan(1, 12), secret, box.AsSpan(29), box.AsSpan(13, 16));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">Made with another installation's key, or tampered with.</exception>
    public byte[] Decrypt(string purpose, string encrypted)
    {
        var box = Convert.FromBase64String(encrypted);
        if (box.Length < 29 || !keys.ContainsKey(box[0]))
            throw new CryptographicException("This secret was not made with this installation's key.");
        var secret = new byte[box.Length - 29];
        using var aes = new AesGcm(Derive(box[0], purpose), 16);
        aes.Decrypt(box.AsSpan(1, 12), box.AsSpan(29), box.AsSpan(13, 16), secret);
        return secret;
    }

    private string FingerprintOf(byte id) => Convert.ToHexStringLower(Derive(id, "fingerprint"))[..16];

    private byte[] Derive(byte id, string purpose) => derived.GetOrAdd(
        (id, purpose),
        key => HKDF.DeriveKey(HashAlgorithmName.SHA256, keys[key.Id], Length, info: Encoding.UTF8.GetBytes($"beseda:{key.Purpose}")));

    private static (byte Id, byte[] Key) Parse(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return byte.TryParse(line[..colon], out var id) && Convert.FromBase64String(line[(colon + 1)..].Trim()) is { Length: >= Length } key
            ? (id, key)
            : throw new InvalidOperationException("A line of the install key is not id:base64 with an id of 0 to 255 and at least 32 bytes.");
    }

    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(NewLine());
    }
}
