namespace Beseda.Server.Channels;

/// <summary>What channels need of the server.</summary>
internal static class ChannelParts
{
    public static void AddChannels(this WebApplicationBuilder builder, CommandLine line)
    {
        foreach (var platform in Platforms.All)
            PlatformAddress.Of(builder.Configuration, platform.Kind);
        var services = builder.Services;
        services.AddSingleton(new PublicAddress(line.PublicUrl));
        services.AddSingleton<Connections>().AddSingleton<Acquaintances>().AddSingleton<Reception>().AddSingleton<ChannelHealth>();
        services.AddSingleton<Intake>().AddSingleton<ChannelTools>().AddSingleton<ChannelDesk>().AddSingleton<TypingNews>();
        services.AddSingleton<Consumers.IConsumerKind, ChannelSenders>().AddSingleton<Consumers.IConsumerKind, FileFetchers>();
        services.AddSingleton<Waiting>().AddSingleton<ChannelWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<Waiting>());
        services.AddHostedService(provider => provider.GetRequiredService<ChannelWatch>());
    }
}
