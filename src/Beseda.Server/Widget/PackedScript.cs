using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Beseda.Server.Widget;

/// <summary>A script held in memory, packed once and served as it lies: no work per request.</summary>
internal sealed class PackedScript
{
    private readonly byte[] plain;
    private readonly byte[] gzip;
    private readonly byte[] brotli;

    public PackedScript(string script)
    {
        plain = Encoding.UTF8.GetBytes(script);
        gzip = Pack(plain, stream => new GZipStream(stream, CompressionLevel.SmallestSize));
        brotli = Pack(plain, stream => new BrotliStream(stream, CompressionLevel.SmallestSize));
        Hash = Convert.ToHexStringLower(SHA256.HashData(plain))[..16];
    }

    /// <summary>Names the contents, in an ETag and in an address.</summary>
    public string Hash { get; }

    /// <summary>Any page of any site may load it; the browser keeps it as long as <paramref name="cacheControl"/> says.</summary>
    public async Task Answer(HttpContext context, string cacheControl)
    {
        var (encoding, bytes) = Choose(context.Request);
        var response = context.Response;
        var tag = new EntityTagHeaderValue($"\"{Hash}{(encoding.Length > 0 ? "-" + encoding : "")}\"");
        response.Headers.CacheControl = cacheControl;
        response.Headers.ETag = tag.ToString();
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "text/javascript; charset=utf-8";
        response.ContentLength = bytes.Length;
        if (encoding.Length > 0)
            response.Headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private (string Encoding, byte[] Bytes) Choose(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptEncoding;
        bool Takes(string encoding) => wanted.Any(value => value.Value == encoding && value.Quality is not 0);
        return Takes("br") ? ("br", brotli) : Takes("gzip") ? ("gzip", gzip) : ("", plain);
    }

    private static byte[] Pack(byte[] bytes, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (var stream = open(packed))
            stream.Write(bytes);
        return packed.ToArray();
    }
}
