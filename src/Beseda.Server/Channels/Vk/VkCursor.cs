using System.Globalization;

namespace Beseda.Server.Channels.Vk;

/// <summary>How far a long poll has been read: <c>TS:SECONDS</c>.</summary>
/// <param name="Ts">As VK numbers events.</param>
/// <param name="At">When that was told: where to look from, should VK forget what came after it.</param>
internal readonly record struct VkCursor(string Ts, DateTimeOffset At)
{
    public static VkCursor? Read(string? cursor) =>
        cursor?.Split(':') is [var ts, var at] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new VkCursor(ts, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ts}:{At.ToUnixTimeSeconds()}");
}
