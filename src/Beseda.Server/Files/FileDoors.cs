namespace Beseda.Server.Files;

/// <summary>What files need of the server.</summary>
internal static class FileDoors
{
    /// <exception cref="InvalidOperationException">A setting is wrong; says which.</exception>
    public static void AddFiles(this WebApplicationBuilder builder, CommandLine line)
    {
        var settings = FileSettings.Of(line, builder.Configuration);
        builder.Services.AddSingleton(settings).AddSingleton<StoredFiles>().AddSingleton<Thumbnails>().AddSingleton<Photos>();
        builder.Services.AddSingleton<IFileStore>(_ => settings.Bucket is { } bucket ? new S3Bucket(bucket) : new FileFolder(settings.Folder));
    }
}
