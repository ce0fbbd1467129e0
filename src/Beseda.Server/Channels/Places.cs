using System.Globalization;

namespace Beseda.Server.Channels;

/// <summary>Where somebody is, as a link that every operator can open.</summary>
internal static class Places
{
    public static string Link(double latitude, double longitude) => string.Create(
        CultureInfo.InvariantCulture, $"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}");
}
