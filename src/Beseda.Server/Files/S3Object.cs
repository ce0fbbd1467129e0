using System.Net.Http.Headers;

namespace Beseda.Server.Files;

/// <summary>An object of a bucket, read from wherever one is: asked for when reading begins there.</summary>
internal sealed class S3Object(HttpClient http, Uri address, long length) : Stream
{
    private HttpResponseMessage? answer;
    private Stream? body;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            if (value != position)
                Close(answer);
            position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.Length == 0)
            return 0;
        if (body is null)
        {
            answer = await http.SendAsync(Request(), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        }

        return Count(await body.ReadAsync(buffer, cancellationToken));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (position >= length || count == 0)
            return 0;
        if (body is null)
        {
            answer = http.Send(Request(), HttpCompletionOption.ResponseHeadersRead);
            body = answer.EnsureSuccessStatusCode().Content.ReadAsStream();
        }

        return Count(body.Read(buffer, offset, count));
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close(answer);
        base.Dispose(disposing);
    }

    private HttpRequestMessage Request() => new(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(position, length - 1) } };

    private int Count(int read)
    {
        if (read == 0)
            throw new IOException("The store ended an object before its end.");
        position += read;
        return read;
    }

    private void Close(HttpResponseMessage? open)
    {
        open?.Dispose();
        (answer, body) = (null, null);
    }
}
