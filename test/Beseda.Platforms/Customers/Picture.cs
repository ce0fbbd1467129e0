using System.Buffers.Binary;
using System.IO.Compression;

namespace Beseda.Platforms.Customers;

/// <summary>Pictures, as far as a messenger looks into them.</summary>
public static class Picture
{
    private static ReadOnlySpan<byte> PngStart => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>A PNG of one shade of grey that every browser shows.</summary>
    public static byte[] Png(int width, int height, byte shade)
    {
        var rows = new byte[(width + 1) * height];
        for (var y = 0; y < height; y++)
            rows.AsSpan(y * (width + 1) + 1, width).Fill(shade);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(rows);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        return [.. PngStart, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>Width and height of a PNG or a JPEG; null when it is neither.</summary>
    public static (int Width, int Height)? Measure(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 24 && file.StartsWith(PngStart))
            return (BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        if (file is not [0xff, 0xd8, ..])
            return null;
        // Segment by segment until the one that begins a frame.
        for (var at = 2; at + 9 < file.Length && file[at] == 0xff; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]))
            if (file[at + 1] is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
        return null;
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        byte[] chunk = [0, 0, 0, 0, .. name, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Checksum(chunk.AsSpan(4, chunk.Length - 8)));
        return chunk;
    }

    /// <summary>CRC-32 of the PNG standard.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xedb88320 : sum >> 1;
        }
        return ~sum;
    }
}
