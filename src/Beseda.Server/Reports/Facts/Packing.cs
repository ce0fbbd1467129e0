using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Beseda.Server.Reports.Facts;

/// <summary>
/// Columns as bytes: the count (4), the width of a value in bytes (1: 0, 1, 2, 4 or 8; 255: as the column before), the least of them (8), and
/// how far each lies above it. Little-endian, as all machines are that .NET runs on.
/// </summary>
internal sealed class Packing
{
    private const int Header = 4 + 1 + 8;
    private const byte AsBefore = 255;

    private readonly ArrayBufferWriter<byte> bytes = new();
    private long[] before = [];

    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    public void Write(long[] column)
    {
        var (least, most) = column.Length == 0 ? (0, 0) : (column.Min(), column.Max());
        var width = column.AsSpan().SequenceEqual(before) ? AsBefore : Width(most - least);
        before = column;
        Span<byte> header = stackalloc byte[Header];
        BinaryPrimitives.WriteInt32LittleEndian(header, column.Length);
        header[4] = width;
        BinaryPrimitives.WriteInt64LittleEndian(header[5..], least);
        bytes.Write(header);
        if (width is 0 or AsBefore)
            return;
        Span<byte> value = stackalloc byte[8];
        foreach (var one in column)
        {
            BinaryPrimitives.WriteInt64LittleEndian(value, one - least);
            bytes.Write(value[..width]);
        }
    }

    /// <param name="packed">Goes on behind the column.</param>
    public static long[] Read(ref ReadOnlySpan<byte> packed, long[] before)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(packed);
        var width = packed[4];
        var least = BinaryPrimitives.ReadInt64LittleEndian(packed[5..]);
        packed = packed[Header..];
        if (width == AsBefore)
            return before;
        var column = new long[count];
        switch (width)
        {
            case 1:
                for (var i = 0; i < column.Length; i++)
                    column[i] = least + packed[i];
                break;
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(packed[..(2 * count)]);
                for (var i = 0; i < column.Length; i++)
                    column[i] = least + shorts[i];
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(packed[..(4 * count)]);
                for (var i = 0; i < column.Length; i++)
                    column[i] = least + ints[i];
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(packed[..(8 * count)]);
                for (var i = 0; i < column.Length; i++)
                    column[i] = least + longs[i];
                break;
            default:
                Array.Fill(column, least);
                break;
        }

        packed = packed[(width * count)..];
        return column;
    }

    private static byte Width(long span) => span switch
    {
        0 => 0,
        <= byte.MaxValue => 1,
        <= ushort.MaxValue => 2,
        <= uint.MaxValue => 4,
        _ => 8,
    };
}
