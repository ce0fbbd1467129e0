using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace Beseda.Server.Files;

/// <summary>Content as objects of a bucket. What is sent there lies in a temporary file until it is whole.</summary>
internal sealed class S3Bucket : IFileStore, IDisposable
{
    /// <summary>As long as the slowest reader may take to come from one end of a file to the other.</summary>
    private const int SignedForSeconds = 6 * 60 * 60;

    private readonly BucketSettings settings;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
    private readonly IMinioClient client;

    public S3Bucket(BucketSettings settings)
    {
        this.settings = settings;
        client = new MinioClient().WithEndpoint(settings.Endpoint).WithCredentials(settings.AccessKey, settings.SecretKey)
            .WithSSL(settings.Ssl).WithHttpClient(http).Build();
    }

    public async Task CheckAsync()
    {
        try
        {
            if (!await client.BucketExistsAsync(new BucketExistsArgs().WithBucket(settings.Bucket)))
                throw new InvalidOperationException($"Files:S3:Bucket: there is no bucket {settings.Bucket} at {settings.Endpoint}.");
            // To look is one right, to write another. The same object each time: to remove it would be a third.
            using var nothing = new MemoryStream([0]);
            await PutAsync("beseda.probe", nothing, CancellationToken.None);
        }
        catch (Exception wrong) when (wrong is MinioException or HttpRequestException)
        {
            throw new InvalidOperationException($"Files:S3: {settings.Endpoint} does not let us in: {wrong.Message}", wrong);
        }
    }

    public Draft Begin(string name) => new(name, Path.Combine(Path.GetTempPath(), $"beseda-{Guid.NewGuid():N}.new"));

    public async Task KeepAsync(Draft draft, CancellationToken stop)
    {
        await draft.Stream.FlushAsync(stop);
        draft.Stream.Position = 0;
        await PutAsync(KeyOf(draft.Name), draft.Stream, stop);
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken stop)
    {
        try
        {
            var known = await client.StatObjectAsync(new StatObjectArgs().WithBucket(settings.Bucket).WithObject(KeyOf(name)), stop);
            var address = await client.PresignedGetObjectAsync(
                new PresignedGetObjectArgs().WithBucket(settings.Bucket).WithObject(KeyOf(name)).WithExpiry(SignedForSeconds));
            return new S3Object(http, new Uri(address), known.Size);
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }

    private Task PutAsync(string key, Stream content, CancellationToken stop) => client.PutObjectAsync(
        new PutObjectArgs().WithBucket(settings.Bucket).WithObject(key).WithStreamData(content).WithObjectSize(content.Length), stop);

    /// <summary>As in a folder, so that either can be copied into the other.</summary>
    private static string KeyOf(string name) => $"{name[..2]}/{name[2..4]}/{name}";
}
