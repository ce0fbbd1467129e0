using System.Buffers.Binary;
using System.IO.Hashing;
using Beseda.Server.Files;
using SkiaSharp;

namespace Beseda.Server.Tests.Files;

/// <summary>How large a picture is, and its small form.</summary>
public sealed class Thumbnail_tests(Server server)
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg", 1_920, 1_080, 480, 270)]
    [InlineData(SKEncodedImageFormat.Png, "image/png", 300, 1_200, 120, 480)]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp", 2_000, 10, 480, 2)]
    [InlineData(SKEncodedImageFormat.Png, "image/png", 40, 30, 40, 30)]
    public async Task A_picture_s_size_is_told_and_its_small_form_fits(SKEncodedImageFormat format, string type, int width, int height, int small, int low)
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var link = await guest.SentAsync(Drawn(format, width, height), "фото", "application/octet-stream");

        Assert.Equal((type, width, height), (link.ContentType, link.Width!.Value, link.Height!.Value));
        var (answer, content) = await Parcel.FetchAsync(server.Address, link.ThumbnailUrl!);
        Assert.Equal((200, "image/webp", "nosniff"), ((int)answer.StatusCode, answer.Header("Content-Type"), answer.Header("X-Content-Type-Options")));
        using var seen = SKBitmap.Decode(content);
        Assert.Equal((small, low), (seen.Width, seen.Height));
        Assert.Equal(content, (await Parcel.FetchAsync(server.Address, link.ThumbnailUrl!)).Content);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void A_picture_taken_on_its_side_stands_upright(int orientation, int right, int below)
    {
        // Its red corner is stored at the top left; where it is to be seen is told by EXIF.
        var content = Turned(Drawn(SKEncodedImageFormat.Jpeg, 800, 600), orientation);

        var expected = orientation >= 5 ? (600, 800) : (800, 600);
        Assert.Equal(expected, Picture.Measure(new MemoryStream(content)));
        using var seen = SKBitmap.Decode(Picture.Shrink(new MemoryStream(content)));
        Assert.Equal(orientation >= 5 ? (360, 480) : (480, 360), (seen.Width, seen.Height));
        for (var x = 0; x < 2; x++)
            for (var y = 0; y < 2; y++)
            {
                var corner = seen.GetPixel(x * (seen.Width - 20) + 10, y * (seen.Height - 20) + 10);
                Assert.True(corner.Red > 150 == ((x, y) == (right, below)), $"{x},{y} is {corner}");
            }
    }

    [Fact]
    public async Task What_would_fill_the_memory_is_measured_and_not_decoded()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var link = await guest.SentAsync(Bomb(30_000, 30_000), "bomb.png", "image/png");

        Assert.Equal((30_000, 30_000, null), (link.Width!.Value, link.Height!.Value, link.ThumbnailUrl));
        var address = $"/files/thumbnails/{link.Id}";
        Assert.Equal(404, (int)(await Parcel.FetchAsync(server.Address, address)).Answer.StatusCode);
        Assert.Null(Picture.Shrink(new MemoryStream(Bomb(30_000, 30_000))));
    }

    [Fact]
    public async Task What_only_begins_as_a_picture_is_served_and_has_no_small_form()
    {
        var guest = await (await Company.OpenAsync(server)).ReceiveAsync();

        var headless = await guest.SentAsync([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3], "a.jpg", "image/jpeg");
        var bodiless = await guest.SentAsync(Bomb(100, 100), "b.png", "image/png");

        Assert.Equal((null, null), (headless.Width, headless.ThumbnailUrl));
        Assert.Equal(100, bodiless.Width);
        Assert.True((int)(await Parcel.FetchAsync(server.Address, bodiless.ThumbnailUrl!)).Answer.StatusCode is 200 or 404);
        Assert.DoesNotContain(server.Errors, line => line.Contains("thumbnail", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task All_who_ask_first_get_the_one_that_is_made_once()
    {
        var folder = Directory.CreateTempSubdirectory("beseda-").FullName;
        try
        {
            var store = new FileFolder(folder);
            var id = FileId.New(new(1));
            await using (var draft = store.Begin(id))
            {
                await draft.Stream.WriteAsync(Parcel.Text, TestContext.Current.CancellationToken);
                await store.KeepAsync(draft, TestContext.Current.CancellationToken);
            }

            var made = 0;
            using var thumbnails = new Thumbnails(store, _ => [(byte)Interlocked.Increment(ref made)]);
            var file = new StoredFile(id, "a", "image/png", 1, 10, 10);

            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
            {
                await using var content = await thumbnails.OpenAsync(file, TestContext.Current.CancellationToken);
                return content!.ReadByte();
            })));

            Assert.All(answers, answer => Assert.Equal(1, answer));
            Assert.Equal(1, made);
            Assert.Equal(2, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Grey, with a red top left corner.</summary>
    internal static byte[] Drawn(SKEncodedImageFormat format, int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(new SKColor(60, 60, 60));
        using var red = new SKPaint { Color = SKColors.Red };
        surface.Canvas.DrawRect(0, 0, width / 4f, height / 4f, red);
        using var image = surface.Snapshot();
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>With an EXIF segment that has one tag, 274, right after the JPEG's beginning.</summary>
    private static byte[] Turned(byte[] jpeg, int orientation)
    {
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    /// <summary>A PNG that says it is so large, and has next to nothing in it.</summary>
    private static byte[] Bomb(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc32.HashToUInt32(named));
        return chunk;
    }
}
