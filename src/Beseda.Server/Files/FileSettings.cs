using System.Globalization;

namespace Beseda.Server.Files;

/// <summary>Where files lie and how large one may be: <c>--files</c>, <c>Files:MaxMegabytes</c>, <c>Files:S3:…</c>.</summary>
/// <param name="Folder">Used unless there is a bucket.</param>
internal sealed record FileSettings(string Folder, long MaxBytes, BucketSettings? Bucket)
{
    private const string Section = "Files";
    private const int MostMegabytes = 2_000;
    private const int DefaultMegabytes = 50;

    /// <summary>What a multipart body has beside the file.</summary>
    private const long Margin = 1024 * 1024;

    public long MaxBodyBytes => MaxBytes + Margin;

    /// <exception cref="InvalidOperationException">Says which is wrong.</exception>
    public static FileSettings Of(CommandLine line, IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var bucket = BucketSettings.Of(section.GetSection("S3"));
        if (bucket is not null && line.Options.ContainsKey("--files"))
            throw new InvalidOperationException("--files and Files:S3:Endpoint: files lie in a folder or in a bucket, not in both.");
        return new FileSettings(line.Files, Megabytes(section["MaxMegabytes"]) * 1024L * 1024L, bucket);
    }

    private static int Megabytes(string? text) =>
        text is null ? DefaultMegabytes
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostMegabytes ? number
        : throw new InvalidOperationException($"Files:MaxMegabytes: {text} is no whole number from 1 to {MostMegabytes}.");
}

/// <summary>A bucket of an S3-compatible store; it must be there already.</summary>
/// <param name="Endpoint"><c>host</c> or <c>host:port</c>.</param>
internal sealed record BucketSettings(string Endpoint, string Bucket, string AccessKey, string SecretKey, bool Ssl)
{
    /// <returns>Null: there is none.</returns>
    /// <exception cref="InvalidOperationException">Says which is wrong.</exception>
    public static BucketSettings? Of(IConfigurationSection section)
    {
        if (!section.Exists())
            return null;
        var endpoint = Needed(section, "Endpoint");
        if (endpoint.Contains('/', StringComparison.Ordinal) || !Uri.TryCreate($"http://{endpoint}/", UriKind.Absolute, out _))
            throw new InvalidOperationException($"{section.Path}:Endpoint: {endpoint} is no host such as s3.example.com or 10.0.0.5:9000.");
        var ssl = section["Ssl"] ?? "true";
        return new BucketSettings(
            endpoint, Needed(section, "Bucket"), Needed(section, "AccessKey"), Needed(section, "SecretKey"),
            bool.TryParse(ssl, out var secure) ? secure : throw new InvalidOperationException($"{section.Path}:Ssl: {ssl} is neither true nor false."));
    }

    private static string Needed(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"{section.Path}:{name} is missing.");
}
