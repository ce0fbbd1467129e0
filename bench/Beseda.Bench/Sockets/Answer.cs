using System.Buffers.Text;

namespace Beseda.Bench.Sockets;

/// <summary>As much of an HTTP/1.1 answer as a load needs: what it said, and where it ends.</summary>
/// <param name="RetryAfter">Seconds; less than 0: a refusal that does not say, or no refusal.</param>
internal readonly record struct Answer(int Status, int Length, int RetryAfter = -1)
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Answer answer)
    {
        if (!TryReadHead(bytes, out answer))
            return false;
        var head = bytes[..answer.Length];
        var body = bytes[answer.Length..];
        var length = answer.Status is 204 or 304 ? 0 : Number(head, "\r\nContent-Length: "u8);
        if (length < 0)
        {
            // Chunked. Our answers are small JSON: the last chunk's mark cannot stand inside one.
            var last = body.IndexOf("0\r\n\r\n"u8);
            length = last < 0 ? int.MaxValue : last + 5;
        }
        var retryAfter = answer.Status is 429 or 503 ? Number(head, "\r\nRetry-After: "u8) : -1;
        answer = answer with { Length = head.Length + length, RetryAfter = retryAfter };
        return body.Length >= length;
    }

    /// <summary>Only the head: what follows is a stream without end.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, out Answer answer)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        answer = end < 0 ? default : new Answer(Number(bytes, "HTTP/1.1 "u8), end + 4);
        return end >= 0;
    }

    private static int Number(ReadOnlySpan<byte> head, ReadOnlySpan<byte> after)
    {
        var at = head.IndexOf(after);
        return at >= 0 && Utf8Parser.TryParse(head[(at + after.Length)..], out int value, out _) ? value : -1;
    }
}
