using System.Buffers.Text;

namespace Beseda.Bench.Sockets;

/// <summary>Takes the chunked coding off a feed, whose chunks may end anywhere, in the middle of a word too.</summary>
internal sealed class Chunks
{
    private byte[] _text = new byte[64 * 1024];
    private int _filled;
    private int _left;

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _filled);

    /// <summary>How many of <paramref name="bytes"/> were understood; the rest is to come again with more behind it.</summary>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        while (_left > 0 || TryReadSize(ref rest))
        {
            var part = rest[..Math.Min(_left, rest.Length)];
            Append(part);
            _left -= part.Length;
            rest = rest[part.Length..];
            if (_left > 0)
                break;
        }
        return bytes.Length - rest.Length;
    }

    /// <summary>Whether what came ends a feed: its texts hold no carriage returns.</summary>
    public static bool IsLast(ReadOnlySpan<byte> bytes) => bytes.EndsWith("\r\n0\r\n\r\n"u8) || bytes.SequenceEqual("0\r\n\r\n"u8);

    public void Take(int bytes)
    {
        _text.AsSpan(bytes, _filled - bytes).CopyTo(_text);
        _filled -= bytes;
    }

    /// <summary>The line before a chunk; the line end after the chunk before it is still there.</summary>
    private bool TryReadSize(ref ReadOnlySpan<byte> rest)
    {
        var line = rest.StartsWith("\r\n"u8) ? rest[2..] : rest;
        var end = line.IndexOf("\r\n"u8);
        if (end <= 0 || !Utf8Parser.TryParse(line[..end], out _left, out _, 'x'))
            return false;
        rest = line[(end + 2)..];
        return _left > 0;
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        while (_filled + part.Length > _text.Length)
            Array.Resize(ref _text, _text.Length * 2);
        part.CopyTo(_text.AsSpan(_filled));
        _filled += part.Length;
    }
}
