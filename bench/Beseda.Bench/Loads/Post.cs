using System.Globalization;
using System.Net;
using System.Text;

namespace Beseda.Bench.Loads;

/// <summary>
/// One visitor's next message, rendered once: only the last twelve digits of its client id change from one to the next.
/// </summary>
internal sealed class Post
{
    private const string Text =
        "Здравствуйте! Какая максимальная скорость домашнего интернета вы предоставляете?";

    /// <summary>What every client id of this run begins with.</summary>
    public static readonly string Run = Guid.NewGuid().ToString("N")[..8];

    private readonly byte[] _request;
    private readonly int _digits;

    public Post(IPEndPoint server, string token)
    {
        var body = $$"""{"clientId":"{{Run}}-0000-0000-0000-000000000000","text":"{{Text}}"}""";
        var head = $"POST /api/visitor/messages HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {token}\r\n" +
            "Content-Type: application/json\r\n" +
            $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n";
        _request = Encoding.UTF8.GetBytes(head + body);
        _digits = _request.AsSpan().IndexOf("-000000000000\""u8) + 1;
    }

    public ReadOnlySpan<byte> Numbered(long number)
    {
        number.TryFormat(_request.AsSpan(_digits, 12), out _, "D12", CultureInfo.InvariantCulture);
        return _request;
    }
}
