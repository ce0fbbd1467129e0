using System.Security.Cryptography;
using Beseda.Server.Files;
using SkiaSharp;

namespace Beseda.Server.Tests.Files;

/// <summary>Files in a bucket instead of a folder: the same, from outside.</summary>
public sealed class S3_tests : IAsyncLifetime
{
    private readonly Bucket bucket = new();
    private Server server = null!;

    public async ValueTask InitializeAsync()
    {
        await bucket.StartAsync();
        server = await Server.StartAsync(["--limits", "off", "--Files:MaxMegabytes=30", .. bucket.Arguments]);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        bucket.Dispose();
    }

    [Fact]
    public async Task What_is_sent_is_had_to_the_byte_as_a_whole_and_in_part()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();
        var content = RandomNumberGenerator.GetBytes(20 * 1024 * 1024);

        var link = await guest.SentAsync(content, "video.bin", "application/octet-stream");

        var (_, whole) = await Parcel.FetchAsync(server.Address, link.Url);
        Assert.True(content.AsSpan().SequenceEqual(whole));
        var (part, some) = await Parcel.FetchAsync(server.Address, link.Url, range: "bytes=10000000-10000009");
        Assert.Equal(206, (int)part.StatusCode);
        Assert.Equal(content[10_000_000..10_000_010], some);
        var (head, _) = await Parcel.FetchAsync(server.Address, link.Url, HttpMethod.Head);
        Assert.Equal($"{content.Length}", head.Header("Content-Length"));
        Assert.False(Directory.Exists(Path.Combine(server.Folder, "files")));
    }

    [Fact]
    public async Task A_picture_has_its_small_form()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var link = await guest.SentAsync(Thumbnail_tests.Drawn(SKEncodedImageFormat.Jpeg, 3_000, 2_000), "a.jpg", "image/jpeg");

        for (var times = 0; times < 2; times++)
        {
            var (_, content) = await Parcel.FetchAsync(server.Address, link.ThumbnailUrl!);
            using var seen = SKBitmap.Decode(content);
            Assert.Equal((480, 320), (seen.Width, seen.Height));
        }
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_behind_and_what_is_gone_is_not_there()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var probe = bucket.Objects;
        (await guest.SendFileAsync(new byte[30 * 1024 * 1024 + 1])).Must(413, "too-large");
        (await guest.SendFileAsync([])).Must(422, "invalid");
        Assert.Equal(probe, bucket.Objects);

        var link = await guest.SentAsync(Parcel.Text);
        bucket.Empty();
        Assert.Equal(404, (int)(await Parcel.FetchAsync(server.Address, link.Url)).Answer.StatusCode);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_or_a_key_that_is_wrong_stops_the_start()
    {
        var missing = await RefusedAsync(bucket.Settings with { Bucket = "nowhere" });
        Assert.Contains("there is no bucket nowhere", missing.Message, StringComparison.Ordinal);
        var wrong = await RefusedAsync(bucket.Settings with { AccessKey = "not-the-key" });
        Assert.Contains("does not let us in", wrong.Message, StringComparison.Ordinal);
    }

    private static async Task<InvalidOperationException> RefusedAsync(BucketSettings settings)
    {
        using var store = new S3Bucket(settings);
        return await Assert.ThrowsAsync<InvalidOperationException>(store.CheckAsync);
    }
}
