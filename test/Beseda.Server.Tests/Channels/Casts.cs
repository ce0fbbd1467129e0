namespace Beseda.Server.Tests.Channels;

/// <summary>Every channel there is: each passes the whole suite.</summary>
internal static class Casts
{
    public static readonly IReadOnlyList<Cast> All = [Cast.Telegram, Cast.Vk, Cast.Viber, Cast.Messenger, Cast.Mail];
}
